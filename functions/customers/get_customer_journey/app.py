"""GET /api/v1/customers/{customer_id}/journey: a customer at a glance, with its class and its lists."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.journeys.requests import GetCustomerJourney
from lastro.customers.journeys.views import JourneyAnswer
from lastro.customers.wiring import open_journeys
from lastro.kernel.callers.caller import Caller

journeys = open_journeys()


@endpoint()
def handler(request: GetCustomerJourney, caller: Caller) -> JourneyAnswer:
    return journeys.show(request, caller)
