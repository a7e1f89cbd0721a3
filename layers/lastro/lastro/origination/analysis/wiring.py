"""Joins the analysis to the table, the queues, the products and the bureaus, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK
from lastro.origination.wiring import open_dispatch, open_store

if TYPE_CHECKING:
    from lastro.origination.analysis.decision import ManualDecision
    from lastro.origination.analysis.worker import AnalysisWorker


@cache
def open_analysis() -> AnalysisWorker:
    """The consumer."""
    from lastro.bureaus import wiring as bureaus
    from lastro.origination.analysis.bureau_data import BureauData
    from lastro.origination.analysis.proposal import ProposalAnalysis
    from lastro.origination.analysis.signup import SignupAnalysis
    from lastro.origination.analysis.worker import AnalysisWorker
    from lastro.origination.products.wiring import open_catalogue
    from lastro.origination.wiring import open_limits

    clock = CLOCK
    proposals = ProposalAnalysis(open_store(), open_catalogue(), BureauData(bureaus.open_analysis), clock)
    return AnalysisWorker(open_store(), SignupAnalysis(open_limits(), clock), proposals, open_dispatch())


@cache
def open_decision() -> ManualDecision:
    """A person's decision."""
    from lastro.origination.analysis.decision import ManualDecision

    return ManualDecision(open_store(), open_dispatch(), CLOCK)
