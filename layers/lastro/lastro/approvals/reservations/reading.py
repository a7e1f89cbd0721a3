"""Reading reservations: one whole, and pages of all, of a customer's, and of those that wait for an authority."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
    from lastro.approvals.reservations.store import Page, ReservationStore

MOST_READS = 10
"""For one page of who sells, who is shown its own among all: some thousand reservations."""
_READ = 100


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
        """One page. Raises ``NotFound`` for an authority there is not, and for every one to who sells: it would read
        from the difference who decides.
        """
        partner_id = caller.partner_id
        read: Callable[[int, int], Page]
        if request.customer_id is not None:
            read = partial(self.store.list_of_customer, partner_id, request.customer_id)
        elif request.authority is not None:
            authority = self.authorities.find(partner_id, request.authority)
            if authority is None or not Reservation.waiting_is_shown_to(caller):
                raise AUTHORITY_NOT_FOUND()
            ranks = find_ranks_shown(authority, self.authorities.list(partner_id))
            read = partial(self.store.list_waiting, partner_id, ranks)
        else:
            read = partial(self.store.list_after, partner_id)
        rows, following = _fill(read, request.cursor or 0, request.per_page, caller)
        return ReservationList(
            reservations=[show_row(row, scored=row.scores_are_shown_to(caller)) for row in rows],
            next_cursor=None if following is None else str(following),
        )


def _fill(read: Callable[[int, int], Page], after: int, per_page: int, caller: Caller) -> Page:
    """A page of what is shown to who asks, of as many reads as it takes, up to ``MOST_READS``."""
    shown: list[Reservation] = []
    following: int | None = after
    for reads in range(MOST_READS):
        rows, following = read(following or 0, max(per_page, _READ) if reads else per_page)
        shown += (row for row in rows if row.is_shown_to(caller))
        if following is None or len(shown) >= per_page:
            break
    page = shown[:per_page]
    return page, page[-1].id if len(shown) > per_page else following
