"""GET /api/v1/banks_api/leads/{cpf_cnpj}: one lead."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.leads.requests import FindLead
from lastro.simulations.leads.views import LeadAnswer
from lastro.simulations.wiring import open_leads

leads = open_leads()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindLead, caller: Caller) -> LeadAnswer:
    return leads.show(request, caller)
