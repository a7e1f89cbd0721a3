"""Reading reservations: one whole, and pages of all, of a customer's, and of those that wait for an authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.approvals.authorities.model import find_ranks_shown
from lastro.approvals.errors import AUTHORITY_NOT_FOUND, RESERVATION_NOT_FOUND
from lastro.approvals.reservations.model import Reservation
from lastro.approvals.reservations.requests import FindReservation, ListReservations
from lastro.approvals.reservations.views import ReservationAnswer, ReservationList, show_reservation, show_row
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.reservations.store import ReservationStore


@dataclass(frozen=True)
class ReservationReading:
    """A partner's reservations, as they are."""

    store: ReservationStore
    authorities: AuthorityStore

    def show(self, request: FindReservation, caller: Caller) -> ReservationAnswer:
        """Raises ``NotFound``."""
        reservation = self.store.find(caller.partner_id, request.reservation_id)
        if reservation is None or not reservation.is_shown_to(caller):
            raise RESERVATION_NOT_FOUND()
        return show_reservation(reservation, scored=reservation.scores_are_shown_to(caller))

    def list_page(self, request: ListReservations, caller: Caller) -> ReservationList:
        """One page; it holds fewer where some are not shown to who asks. Raises ``NotFound`` for an authority there is
        not, and for every one to who sells: it would read from the difference who decides.
        """
        partner_id, after, per_page = caller.partner_id, request.cursor or 0, request.per_page
        if request.customer_id is not None:
            rows, following = self.store.list_of_customer(partner_id, request.customer_id, after, per_page)
        elif request.authority is not None:
            authority = self.authorities.find(partner_id, request.authority)
            if authority is None or not Reservation.waiting_is_shown_to(caller):
                raise AUTHORITY_NOT_FOUND()
            ranks = find_ranks_shown(authority, self.authorities.list(partner_id))
            rows, following = self.store.list_waiting(partner_id, ranks, after, per_page)
        else:
            rows, following = self.store.list_after(partner_id, after, per_page)
        cursor = None if following is None else str(following)
        return ReservationList(
            reservations=[
                show_row(row, scored=row.scores_are_shown_to(caller)) for row in rows if row.is_shown_to(caller)
            ],
            next_cursor=cursor,
        )
