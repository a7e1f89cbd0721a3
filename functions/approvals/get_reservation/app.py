"""GET /api/v1/reservations/{reservation_id}: one reservation with its evaluation and every decision."""

from lastro.approvals.reservations.requests import FindReservation
from lastro.approvals.reservations.views import ReservationAnswer
from lastro.approvals.wiring import open_reservation_reading
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_reservation_reading()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: FindReservation, caller: Caller) -> ReservationAnswer:
    return reading.show(request, caller)
