"""POST /api/external/v2.1/callbacks/deliveries/{id}/resend: send a notice again, whatever became of it.

The body is the same as ever; a new round of tries begins now, to the address configured now.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.webhooks.requests import ResendDelivery
from lastro.webhooks.views import DeliveryView
from lastro.webhooks.wiring import open_resending

resending = open_resending()


@endpoint(
    status=HTTPStatus.ACCEPTED,
    invalid=HTTPStatus.BAD_REQUEST,
    scopes=(Scope.API_EXTERNAL,),
    keeps=(Boundary.STORES, Boundary.PANEL),
)
def handler(request: ResendDelivery, caller: Caller) -> DeliveryView:
    return resending.resend(request, caller)
