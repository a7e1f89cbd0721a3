"""Deciding on reservations: within the limits of who decides, never one's own, and each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.approvals.authorities.model import Authority, Score, find_exceeded, next_rank
from lastro.approvals.errors import (
    BELOW_AUTHORITY,
    BEYOND_LIMITS,
    NO_AUTHORITY,
    NO_NEXT_AUTHORITY,
    OWN_RESERVATION,
    RESERVATION_BUSY,
    RESERVATION_DECIDED,
    RESERVATION_ESCALATED,
    RESERVATION_NOT_FOUND,
)
from lastro.approvals.reservations.model import Reservation, Step, decide
from lastro.approvals.reservations.reserving import find_score
from lastro.approvals.reservations.states import STATE_TEXTS, Event, State
from lastro.approvals.reservations.views import ReservationAnswer, show_reservation
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.texts.names import same_person

if TYPE_CHECKING:
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.reservations.requests import DecideReservation
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.bureaus.service import SubjectScores
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller


@dataclass(frozen=True)
class Decisions:
    """What authorities say of reservations."""

    store: ReservationStore
    authorities: AuthorityStore
    scores: SubjectScores
    clock: Clock

    def decide(self, request: DecideReservation, caller: Caller) -> ReservationAnswer:
        """Approve, refuse, or ask the next authority.

        Raises ``NotFound``; ``Forbidden`` to who asked for it, is no authority, stands below the one that is asked or
        would go beyond their limits; ``BusinessRefusal`` where nobody stands above; ``Conflict`` for what was decided
        or handed up before, by another or by the same, whatever their rank has become.
        """
        asked = request.decision
        partner_id = caller.partner_id

        def decide_once() -> ReservationAnswer | None:
            before = self.store.find(partner_id, request.reservation_id)
            if before is None:
                raise RESERVATION_NOT_FOUND()
            if before.state is not State.AWAITING_DECISION or before.rank is None:
                raise RESERVATION_DECIDED(state=STATE_TEXTS[before.state])
            if same_person(asked.decided_by, before.order.requested_by):
                raise OWN_RESERVATION()
            authority = self.authorities.find(partner_id, asked.decided_by)
            if authority is None or not authority.enabled:
                raise NO_AUTHORITY()
            if any(same_person(authority.name, name) for name in before.escalated_by()):
                raise RESERVATION_ESCALATED(rank=before.rank)
            if authority.rank < before.rank:
                passed = before.was_at_or_below(authority.rank)
                raise RESERVATION_ESCALATED(rank=before.rank) if passed else BELOW_AUTHORITY(rank=before.rank)
            now = self.clock.now()
            score = find_score(self.scores, partner_id, before.order.customer_id, now)
            event, rank = Event(asked.verdict), None
            if event is Event.APPROVE:
                _check_limits(authority, before, score)
            elif event is Event.ESCALATE:
                rank = self._next(partner_id, authority, before, score)
            step = Step(now, authority.name, event, before.rank, asked.justification)
            after = decide(before, step, score, rank=rank)
            return show_reservation(after) if self.store.replace(partner_id, after, authority) else None

        return until_committed(decide_once, RESERVATION_BUSY)

    def _next(self, partner_id: str, authority: Authority, reservation: Reservation, score: Score | None) -> int:
        found = next_rank(
            self.authorities.list(partner_id),
            reservation.stakes(score),
            [reservation.order.requested_by, *reservation.escalated_by()],
            authority.rank + 1,
        )
        if found is None:
            raise NO_NEXT_AUTHORITY()
        return found


def _check_limits(authority: Authority, reservation: Reservation, score: Score | None) -> None:
    exceeded = find_exceeded(authority.limits, reservation.stakes(score))
    if exceeded:
        raise BEYOND_LIMITS(limits=", ".join(exceeded))
