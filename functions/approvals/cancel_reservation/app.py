"""POST /api/v1/reservations/{reservation_id}/cancellation: give a reservation up; its unit is free."""

from lastro.approvals.reservations.requests import CancelReservation
from lastro.approvals.reservations.views import ReservationAnswer
from lastro.approvals.wiring import open_cancelling
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

cancelling = open_cancelling()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: CancelReservation, caller: Caller) -> ReservationAnswer:
    return cancelling.cancel(request, caller)
