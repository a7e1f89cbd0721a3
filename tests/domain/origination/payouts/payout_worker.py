"""The disbursement worker as tests run it: a clock that stands, queues that take everything, a process that may die."""

from __future__ import annotations

from typing import Any

from lastro.origination.disbursements.worker import DisbursementWorker
from lastro.origination.processes.model import Step
from lastro.origination.processes.steps import StepDispatch, StepQueued
from tests.clock import MovableClock
from tests.memory_queue import MemoryQueue


class ProcessKilled(BaseException):
    """The process dies here."""


def quiet_dispatch() -> StepDispatch:
    return StepDispatch(lambda name: MemoryQueue())


def open_worker(store: Any, payer: Any, clock: MovableClock) -> DisbursementWorker:
    return DisbursementWorker(store, payer, quiet_dispatch(), clock)


def message_of(step: Step) -> StepQueued:
    """A step as its queue carries it."""
    return StepQueued(
        partner_id=step.partner_id, owner=step.owner.kind, id=step.owner.id, step=step.name, step_id=step.id
    )
