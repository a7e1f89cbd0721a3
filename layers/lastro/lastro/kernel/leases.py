"""One of many does it and the others wait for what it gives: an act that processes share through a lease.

The lease is a record's: who finds it free claims it by a conditional write and acts, who finds it taken looks again
until there is an answer, the lease is free or patience is over. The lease must outlive the act; who holds one that ran
out may be acting still, so that the act must bear being done twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Generic, TypeVar

from lastro.kernel.dataclass import dataclass

Seen = TypeVar("Seen")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Free(Generic[Seen]):
    """Nobody acts: the record as it was seen, ``None`` where there is none, for the claim to hold it against."""

    seen: Seen


@dataclass(frozen=True)
class Taken:
    """Somebody acts; ``pause`` is how many seconds pass before another look is worth it, where that is known."""

    pause: float | None = None


TAKEN = Taken()


class Lost(Enum):
    """The claim came too late: somebody else was first."""

    LOST = "lost"


LOST = Lost.LOST


@dataclass(frozen=True)
class Patience:
    """How long who waits looks again, and how soon each time where nothing is known; seconds."""

    seconds: float
    poll: float


async def share(
    look: Callable[[float], Awaitable[Answer | Free[Seen] | Taken]],
    act: Callable[[Seen], Awaitable[Answer | Lost]],
    patience: Patience,
) -> Answer | None:
    """The answer that ``look`` finds, or that ``act`` gives to the one whose claim holds; ``None``: patience is over.

    ``look`` is told how many seconds its caller has waited. What either raises is raised.
    """
    waited = 0.0
    while True:
        found = await look(waited)
        if isinstance(found, Free):
            done = await act(found.seen)
            if not isinstance(done, Lost):
                return done
            continue
        if not isinstance(found, Taken):
            return found
        if waited >= patience.seconds:
            return None
        pause = patience.poll if found.pause is None else found.pause
        await asyncio.sleep(pause)
        waited += pause
