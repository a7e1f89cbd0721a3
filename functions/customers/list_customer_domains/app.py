"""GET /api/v1/domains: the closed lists a customer's fields choose from."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.people.reading import list_domains
from lastro.customers.people.requests import ListCustomerDomains
from lastro.customers.people.views import CustomerDomainLists
from lastro.kernel.callers.caller import Boundary, Caller


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListCustomerDomains, _caller: Caller) -> CustomerDomainLists:
    return list_domains(request)
