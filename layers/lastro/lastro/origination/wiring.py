"""Joins origination's use cases to their adapters, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache

from lastro.aws.queue import Queue
from lastro.aws.settings import read_setting
from lastro.aws.table import Table
from lastro.origination.limits import CallLimits
from lastro.origination.model import StepName
from lastro.origination.steps import StepDispatch
from lastro.origination.store import OriginationStore

_QUEUES = {
    StepName.ANALYZE: "LASTRO_ANALYSIS_QUEUE_URL",
    StepName.GENERATE_CONTRACT: "LASTRO_CONTRACTS_QUEUE_URL",
    StepName.DISBURSE: "LASTRO_DISBURSEMENTS_QUEUE_URL",
    StepName.NOTIFY: "LASTRO_NOTICES_QUEUE_URL",
}


@cache
def open_book() -> OriginationStore:
    """The book of processes and credits; it counts calls as well."""
    return OriginationStore(Table())


@cache
def open_limits() -> CallLimits:
    """The published limits of calls about one CPF."""
    return CallLimits(open_book())


@cache
def _queue(name: StepName) -> Queue:
    return Queue(read_setting(_QUEUES[name]))


@cache
def open_dispatch() -> StepDispatch:
    """Sends steps to their queues; a function needs the variables of the steps it sends only."""
    return StepDispatch(_queue)
