"""GET /api/v1/customers/{customer_id}: one customer."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.people.requests import FindCustomer
from lastro.customers.people.views import CustomerAnswer
from lastro.customers.wiring import open_reading
from lastro.kernel.callers.caller import Caller

customers = open_reading()


@endpoint()
def handler(request: FindCustomer, caller: Caller) -> CustomerAnswer:
    return customers.show(request, caller)
