"""GET /api/external/v2.1/callbacks/deliveries: notices and how telling them went, newest first.

Kept for thirty days. Simulations' notices are listed beside those of processes.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.webhooks.requests import ListDeliveries
from lastro.webhooks.views import DeliveryList
from lastro.webhooks.wiring import open_reading

reading = open_reading()


@endpoint(invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,), keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListDeliveries, caller: Caller) -> DeliveryList:
    return reading.list_page(request, caller)
