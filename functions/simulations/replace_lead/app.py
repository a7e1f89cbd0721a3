"""PUT /api/v1/banks_api/leads/{cpf_cnpj}: put all of a lead's data anew."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.leads.requests import ReplaceLead
from lastro.simulations.leads.views import LeadAnswer
from lastro.simulations.wiring import open_leads

leads = open_leads()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: ReplaceLead, caller: Caller) -> LeadAnswer:
    return leads.replace(request, caller)
