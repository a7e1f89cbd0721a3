"""PATCH /api/v1/banks_api/leads/{cpf_cnpj}: change what is sent of a lead."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.leads.requests import UpdateLead
from lastro.simulations.leads.views import LeadAnswer
from lastro.simulations.wiring import open_leads

leads = open_leads()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: UpdateLead, caller: Caller) -> LeadAnswer:
    return leads.update(request, caller)
