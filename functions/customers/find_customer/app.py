"""GET /api/v1/customers/find: the customer with a document."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.people.requests import SearchCustomer
from lastro.customers.people.views import CustomerAnswer
from lastro.customers.wiring import open_reading
from lastro.kernel.callers.caller import Caller

customers = open_reading()


@endpoint()
def handler(request: SearchCustomer, caller: Caller) -> CustomerAnswer:
    return customers.search(request, caller)
