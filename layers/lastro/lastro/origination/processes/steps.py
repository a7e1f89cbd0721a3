"""Steps owed by a change, the messages that carry them, and sending those after the commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from lastro.kernel.calendar import format_moment
from lastro.kernel.errors import Retryable
from lastro.kernel.observing.tracing import current_request, request_after
from lastro.kernel.queues.queue import MessageQueue
from lastro.origination.processes.model import Aggregate, Credit, Owner, Process, Step, StepName
from lastro.wire.messages import QueueMessage

GRACE = timedelta(seconds=30)
"""How long a step is left to its queue before its sweep sends it again."""


class StepQueued(QueueMessage):
    """The message of one step: whose it is, and which. A step that is gone is done."""

    owner: Aggregate
    id: str
    step: StepName
    step_id: str

    @property
    def subject(self) -> str:
        return f"{self.step}/{self.id}/{self.step_id}"

    @property
    def owed_by(self) -> Owner:
        return Owner(self.owner, self.id)


def owe(whose: Process | Credit, name: StepName, now: datetime, payload: Mapping[str, Any] | None = None) -> Step:
    """A new step of a process or credit, to be stored with the change that calls for it."""
    owed = dict(payload or {})
    return Step(whose.owner, whose.partner_id, name, uuid4().hex, now + GRACE, owed, current_request())


def owe_notice(whose: Process | Credit, now: datetime) -> Step:
    """Tell the partner what the process looks like after this change. Every change of a process or of its credits owes
    one; the step keeps the moment, for by the time it is worked more may have changed.
    """
    step = owe(whose, StepName.NOTIFY, now, {"at": format_moment(now)})
    process_id = whose.process_id if isinstance(whose, Credit) else whose.id
    return replace(step, owner=Owner(Aggregate.PROCESS, process_id))


def step_message(step: Step) -> StepQueued:
    """The message of a step."""
    return StepQueued(
        partner_id=step.partner_id,
        request_id=request_after(step.request_id),
        owner=step.owner.kind,
        id=step.owner.id,
        step=step.name,
        step_id=step.id,
    )


class StepDispatch:
    """Sends steps to the queues of their names."""

    def __init__(self, queue_of: Callable[[StepName], MessageQueue]) -> None:
        self._queue_of = queue_of

    def send(self, steps: Sequence[Step]) -> None:
        """Send the messages of committed steps. What a queue does not take now, the sweep sends later."""
        for name in dict.fromkeys(step.name for step in steps):
            with suppress(Retryable):
                self._queue_of(name).send([step_message(step) for step in steps if step.name is name])
