"""Joins the use cases of approvals to their stores, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache

from lastro.approvals.evaluation.usecases import Evaluation
from lastro.approvals.rules.store import RuleStore
from lastro.approvals.rules.usecases import Rules
from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import CLOCK


@cache
def open_rules() -> Rules:
    """Use cases of rules."""
    return Rules(RuleStore(Table()), CLOCK)


@cache
def open_evaluation() -> Evaluation:
    """Flows against rules."""
    return Evaluation(RuleStore(Table()))
