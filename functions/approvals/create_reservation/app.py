"""POST /api/v1/reservations: reserve a unit by a payment flow, which is evaluated at once.

What meets its rule within the limits of who asks is approved; all else waits for the next authority.
"""

from http import HTTPStatus

from lastro.approvals.reservations.requests import CreateReservation
from lastro.approvals.reservations.views import ReservationAnswer
from lastro.approvals.wiring import open_reservations
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller

reservations = open_reservations()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.PANEL,))
def handler(request: CreateReservation, caller: Caller) -> ReservationAnswer:
    return reservations.create(request, caller)
