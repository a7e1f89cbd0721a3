"""GET /api/v1/customers: the partner's customers, by creation or by name."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.people.requests import ListCustomers
from lastro.customers.people.views import CustomerList
from lastro.customers.wiring import open_reading
from lastro.kernel.callers.caller import Caller

customers = open_reading()


@endpoint()
def handler(request: ListCustomers, caller: Caller) -> CustomerList:
    return customers.list_page(request, caller)
