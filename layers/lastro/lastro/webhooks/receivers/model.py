"""A receiver as far as it answers: how many tries it is given at once, when it is left alone, when given up. Pure.

A receiver is where a partner's notices go: its callback as it was put last, or the place that simulations name (all
addresses of one host and port, since they hang together). Its own notices wait for it; nobody else's do.

================  =================================================================================================
a receiver        its tries
================  =================================================================================================
answers well      ``AT_ONCE`` at the same time
failed last       one at a time
failed five in a  one after each pause; the pauses grow to half an hour
row and more
fails for five    none: a callback is switched off (Standard Webhooks asks for it), what waits for another place fails
days
================  =================================================================================================
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zlib import crc32

from lastro.kernel.calendar import format_moment
from lastro.kernel.dataclass import dataclass
from lastro.webhooks.callbacks.model import Callback

AT_ONCE = 10
"""Tries of one receiver at the same time: one that hangs holds up to so many of the consumer's batches, once."""

LEASE = timedelta(seconds=60)
"""How long a place among them is held by a process that died: longer than the function may live."""

PAUSES = (
    *(timedelta(seconds=seconds) for seconds in (30, 60, 120)),
    *(timedelta(minutes=minutes) for minutes in (5, 10, 20, 30)),
)
"""How long a receiver is left alone after the fifth, sixth, … failure in a row; the last of them ever after."""

FAILURES = 5
"""Failures in a row that begin a pause. A single notice has longer waits of its own by then."""

GIVEN_UP = timedelta(days=5)
"""For how long a receiver may fail without a good answer in between."""

LONGEST_TURN = timedelta(seconds=20)
"""A wait for others to be through: about what one try may take."""

KEPT = timedelta(days=30)
"""How long nothing may be tried before a receiver is forgotten."""


@dataclass(frozen=True)
class Receiver:
    """What is known of one. ``places``: until when each try under way has its place, by its number; moments are aware.

    ``failures`` counts tries in a row that failed, ``failing_since`` is the moment of the first of them.
    """

    partner_id: str
    name: str
    failures: int = 0
    failing_since: datetime | None = None
    paused_until: datetime | None = None
    places: Mapping[int, datetime] = field(default_factory=dict)

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and self.paused_until > now

    def is_given_up(self, now: datetime) -> bool:
        """Whether it has failed for so long that nothing should be sent any more."""
        return self.failing_since is not None and self.failing_since + GIVEN_UP <= now

    def free_places(self, now: datetime) -> tuple[int, ...]:
        """Numbers of the places that a try may take now."""
        if self.is_paused(now):
            return ()
        return tuple(
            number
            for number in range(1 if self.failures else AT_ONCE)
            if number not in self.places or self.places[number] <= now
        )

    def wait(self, notice_id: str, now: datetime) -> timedelta:
        """When a notice that found no place should look again; notices spread over some seconds.

        The pause, else the longer the longer others have been at it: who answers at once is soon free.
        """
        if self.is_paused(now) and self.paused_until:
            return self.paused_until - now + _spread(notice_id, 10)
        began = min((until for until in self.places.values() if until > now), default=now + LEASE) - LEASE
        turn = LONGEST_TURN if self.failures else min(LONGEST_TURN, 2 * max(timedelta(), now - began))
        return turn + _spread(notice_id, 4)


def pause_after(failures: int) -> timedelta | None:
    """How long a receiver is left alone after so many failures in a row, ``None``: it is not."""
    return PAUSES[min(failures - FAILURES, len(PAUSES) - 1)] if failures >= FAILURES else None


def name_callback(callback: Callback) -> str:
    """The receiver behind a callback: one that is put again starts anew."""
    return f"callback#{callback.secret_version or format_moment(callback.updated_at)}"


def name_place(url: str) -> str:
    """The receiver behind an address that a simulation names: its host and port. The address itself may be a secret."""
    parts = urlsplit(url)
    return hashlib.sha256(f"{parts.scheme}://{parts.netloc}".lower().encode()).hexdigest()[:32]


def _spread(notice_id: str, seconds: int) -> timedelta:
    return timedelta(seconds=1 + crc32(notice_id.encode()) % seconds)
