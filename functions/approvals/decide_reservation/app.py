"""POST /api/v1/reservations/{reservation_id}/decision: approve a reservation, refuse it, or ask the next authority."""

from lastro.approvals.reservations.requests import DecideReservation
from lastro.approvals.reservations.views import ReservationAnswer
from lastro.approvals.wiring import open_decisions
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

decisions = open_decisions()


@endpoint()
def handler(request: DecideReservation, caller: Caller) -> ReservationAnswer:
    return decisions.decide(request, caller)
