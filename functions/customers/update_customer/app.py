"""PATCH /api/v1/customers/{customer_id}: change what is sent of a customer."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.people.requests import UpdateCustomer
from lastro.customers.people.views import CustomerAnswer
from lastro.customers.wiring import open_customers
from lastro.kernel.callers.caller import Caller

customers = open_customers()


@endpoint()
def handler(request: UpdateCustomer, caller: Caller) -> CustomerAnswer:
    return customers.update(request, caller)
