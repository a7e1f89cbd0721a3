"""Cancelling reservations: what waits or was approved is given up, and its unit is free, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.approvals.errors import RESERVATION_BUSY, RESERVATION_NOT_FOUND, RESERVATION_NOT_HELD
from lastro.approvals.reservations.model import cancel
from lastro.approvals.reservations.requests import CancelReservation
from lastro.approvals.reservations.states import STATE_TEXTS, TRANSITIONS, Event
from lastro.approvals.reservations.views import ReservationAnswer, show_reservation
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.approvals.reservations.store import ReservationStore


@dataclass(frozen=True)
class Cancelling:
    """Gives reservations up."""

    store: ReservationStore
    clock: Clock

    def cancel(self, request: CancelReservation, caller: Caller) -> ReservationAnswer:
        """Free the unit of a reservation. Raises ``NotFound``; ``Conflict`` for one that holds none or was sold."""
        asked = request.cancellation

        def cancel_once() -> ReservationAnswer | None:
            before = self.store.find(caller.partner_id, request.reservation_id)
            if before is None or not before.is_shown_to(caller):
                raise RESERVATION_NOT_FOUND()
            if (before.state, Event.CANCEL) not in TRANSITIONS:
                raise RESERVATION_NOT_HELD(state=STATE_TEXTS[before.state])
            after = cancel(before, self.clock.now(), asked.cancelled_by, asked.reason)
            kept = self.store.replace(caller.partner_id, after)
            return show_reservation(after, scored=after.scores_are_shown_to(caller)) if kept else None

        return until_committed(cancel_once, RESERVATION_BUSY)
