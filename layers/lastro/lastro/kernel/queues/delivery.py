"""One message of a queue as a consumer gets it, what the consumer says of it, and the loop that works a batch.

Every delivery of a batch is worked at the same time and on its own: none waits for another's failure or slowness, not
even what is to come again, of which the queue is told at once.

===================================  =================================================================================
a consumer                           its message
===================================  =================================================================================
returns ``Done``                     is over
returns ``Again``                    is delivered again after the seconds named, or those of its attempt (``Retries``)
raises ``Retryable``, ``Unknown``    likewise, and is logged
raises ``Permanent``                 is left to the queue, whose dead letters an alarm watches
raises anything else, takes too long  is delivered again, and is logged as a fault of ours
===================================  =================================================================================
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Generic, Protocol, TypeVar

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from lastro.kernel.observing.tracing import trace

_log = logging.getLogger(__name__)


class Message(Protocol):
    """A message of identifiers: all of it may be logged."""

    @property
    def subject(self) -> str:
        """What the message is about: of two messages about the same in one batch, one is worked."""
        ...


MessageT = TypeVar("MessageT", bound=Message)


@dataclass(frozen=True)
class Delivery(Generic[MessageT]):
    """One message as delivered.

    ``attempt`` counts its deliveries from 1, ``is_last`` says that the consumer wants no more of them, and ``copies``
    counts the messages about the same that came with it and are over with it.
    """

    id: str
    message: MessageT
    attempt: int = 1
    is_last: bool = False
    copies: int = 0

    @property
    def repeated(self) -> bool:
        """Whether somebody may have worked it before."""
        return self.attempt > 1 or self.copies > 0


@dataclass(frozen=True)
class Done:
    """Nothing is left to do for this message."""


@dataclass(frozen=True)
class Again:
    """Deliver it again after so many seconds; ``None``: as long as its attempt says."""

    seconds: int | None = None


@dataclass(frozen=True)
class Stuck:
    """No delivery will help: the queue's dead letters are to take it."""


Outcome = Done | Again
Consume = Callable[[Delivery[MessageT]], Awaitable[Outcome] | Outcome]
Postpone = Callable[[tuple[str, int]], Awaitable[None]]
"""Tells a queue after how many seconds to hand a delivery out again, by its id."""


@dataclass(frozen=True)
class Retries:
    """Seconds to wait after the first, second, … delivery; the last of them ever after.

    ``attempts``: the delivery that a consumer wants to be told is the last; none where the queue's own limit will do.
    """

    seconds: tuple[int, ...]
    attempts: int = sys.maxsize

    def wait(self, attempt: int) -> int:
        """Seconds between delivery ``attempt`` and the next."""
        return self.seconds[min(attempt, len(self.seconds)) - 1]

    def is_last(self, attempt: int) -> bool:
        return attempt >= self.attempts


def gather_deliveries(received: Iterable[tuple[str, MessageT, int]], retries: Retries) -> list[Delivery[MessageT]]:
    """One delivery for each subject among messages received together, as id, message and count of its deliveries.

    Of several about the same the last is worked, and the others are over: it alone may have to come again.
    """
    of_subject: dict[str, list[tuple[str, MessageT, int]]] = {}
    for each in received:
        of_subject.setdefault(each[1].subject, []).append(each)
    found = []
    for copies in of_subject.values():
        name, message, _ = copies[-1]
        attempt = max(attempt for _, _, attempt in copies)
        found.append(Delivery(name, message, attempt, retries.is_last(attempt), len(copies) - 1))
    return found


async def work_all(
    consume: Consume[MessageT],
    deliveries: Sequence[Delivery[MessageT]],
    retries: Retries,
    *,
    at_once: int | None = None,
    seconds: float | None = None,
    postpone: Postpone | None = None,
) -> Mapping[str, Done | Again | Stuck]:
    """What became of each delivery, by its id; every ``Again`` has its seconds.

    ``postpone`` is told of each that is to come again as soon as that is known, while others are still worked.

    A plain function works in a thread. At most ``at_once`` are worked at the same time. Who is not through after
    ``seconds`` is cancelled; a thread cannot be, so that its work may still take effect, as after any other crash. What
    ends the process (anything but an ``Exception``) is raised when all have come back.
    """
    turn = asyncio.Semaphore(at_once) if at_once else nullcontext()
    outcomes = await asyncio.gather(
        *(_work_one(consume, delivery, retries, turn, seconds, postpone) for delivery in deliveries),
        return_exceptions=True,
    )
    found: dict[str, Done | Again | Stuck] = {}
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        if isinstance(outcome, BaseException):
            raise outcome
        found[delivery.id] = outcome
    return found


async def _work_one(
    consume: Consume[MessageT],
    delivery: Delivery[MessageT],
    retries: Retries,
    turn: AbstractAsyncContextManager[object],
    seconds: float | None,
    postpone: Postpone | None,
) -> Done | Again | Stuck:
    # A message of before has none. Each delivery is a task of its own, so that one's request is not another's.
    trace(getattr(delivery.message, "request_id", None))
    outcome = await _work(consume, delivery, retries, turn, seconds)
    if postpone and isinstance(outcome, Again) and outcome.seconds is not None:
        await postpone((delivery.id, outcome.seconds))
    return outcome


async def _work(
    consume: Consume[MessageT],
    delivery: Delivery[MessageT],
    retries: Retries,
    turn: AbstractAsyncContextManager[object],
    seconds: float | None,
) -> Done | Again | Stuck:
    again = Again(retries.wait(delivery.attempt))
    limit = asyncio.timeout(seconds)
    try:
        async with limit, turn:
            outcome = await _call(consume, delivery)
    except (Retryable, Unknown) as error:
        _log.warning("message retried", extra=_told(delivery, error))
        return again
    except Permanent as error:
        _log.error("message stuck", extra=_told(delivery, error))
        return Stuck()
    except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - the boundary
        # Cancelled may be what a consumer waited for, too; that ends its own delivery and no other.
        _log.error("message out of time" if limit.expired() else "message crashed", extra=_told(delivery, error))
        return again
    return again if outcome == Again() else outcome


async def _call(consume: Consume[MessageT], delivery: Delivery[MessageT]) -> Outcome:
    if inspect.iscoroutinefunction(consume):
        outcome = await consume(delivery)
    else:
        outcome = await asyncio.to_thread(consume, delivery)
    match outcome:
        case Done() | Again():
            return outcome
    raise TypeError("a consumer says Done or Again")


def _told(delivery: Delivery[MessageT], error: BaseException) -> dict[str, object]:
    """What an operator should see. The text of a fault may hold anything, so its kind and its place have to do."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return {
        "message_id": delivery.id,
        "attempt": delivery.attempt,
        "subject": delivery.message.subject,
        "fault": type(error).__name__,
        "code": error.code if isinstance(error, LastroError) else None,
        "place": f"{place.name}:{place.lineno}",
    }
