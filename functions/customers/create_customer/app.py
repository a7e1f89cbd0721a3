"""POST /api/v1/customers: register a customer; a CPF or CNPJ is one customer of the partner."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.people.requests import CreateCustomer
from lastro.customers.people.views import CustomerAnswer
from lastro.customers.wiring import open_customers
from lastro.kernel.callers.caller import Caller

customers = open_customers()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateCustomer, caller: Caller) -> CustomerAnswer:
    return customers.create(request, caller)
