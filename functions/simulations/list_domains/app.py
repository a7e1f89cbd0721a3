"""GET /api/v1/banks_api/domains: the closed lists a lead's fields choose from."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.leads.requests import ListDomains
from lastro.simulations.leads.usecases import list_domains
from lastro.simulations.leads.views import DomainLists


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListDomains, _caller: Caller) -> DomainLists:
    return list_domains(request)
