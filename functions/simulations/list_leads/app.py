"""GET /api/v1/banks_api/leads: the store's leads, page by page."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.leads.requests import ListLeads
from lastro.simulations.leads.views import LeadList
from lastro.simulations.wiring import open_leads

leads = open_leads()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ListLeads, caller: Caller) -> LeadList:
    return leads.list(request, caller)
