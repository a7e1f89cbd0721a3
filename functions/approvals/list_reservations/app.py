"""GET /api/v1/reservations: reservations page by page: all, a customer's, or those that wait for an authority."""

from lastro.approvals.reservations.requests import ListReservations
from lastro.approvals.reservations.views import ReservationList
from lastro.approvals.wiring import open_reservation_reading
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_reservation_reading()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ListReservations, caller: Caller) -> ReservationList:
    return reading.list_page(request, caller)
