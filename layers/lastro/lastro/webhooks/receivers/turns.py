"""Turns of tries at a receiver: taking one, and saying how it went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.webhooks.deliveries.model import Outcome
from lastro.webhooks.receivers.model import AT_ONCE, Receiver

if TYPE_CHECKING:
    from lastro.webhooks.receivers.store import ReceiverStore

_ATTEMPTS = 3
"""Places that are asked for before a notice looks again later: others may take the one that was free."""


@dataclass(frozen=True)
class Turn:
    """A try that may be made now."""

    receiver: Receiver
    number: int
    until: datetime


@dataclass(frozen=True)
class NoTurn:
    """No try may be made for so long; ``given_up``: the receiver has failed for so long that waiting is no use."""

    wait: timedelta
    given_up: bool = False


@dataclass(frozen=True)
class Turns:
    """Hands out the places of receivers."""

    store: ReceiverStore
    clock: Clock

    def take(self, partner_id: str, name: str, notice_id: str) -> Turn | NoTurn:
        """A turn at a receiver: one write where it is well and has a place free."""
        now = self.clock.now()
        receiver = Receiver(partner_id, name)
        places: tuple[int, ...] = (crc32(notice_id.encode()) % AT_ONCE,)
        for _ in range(_ATTEMPTS):
            if places and (until := self.store.take_place(receiver, places[0], now)):
                return Turn(receiver, places[0], until)
            receiver = self.store.find(partner_id, name)
            places = receiver.free_places(now)
            if not places:
                break
        return NoTurn(receiver.wait(notice_id, now), given_up=receiver.is_given_up(now))

    def end(self, turn: Turn, outcome: Outcome) -> Receiver | None:
        """Say how a try went; the receiver after it where it failed."""
        if outcome.delivered:
            self.store.note_success(turn.receiver, turn.number, turn.until)
            return None
        return self.store.note_failure(turn.receiver, turn.number, turn.until, self.clock.now())

    def give_back(self, turn: Turn) -> None:
        """No try was made after all."""
        self.store.give_back(turn.receiver, turn.number, turn.until)
