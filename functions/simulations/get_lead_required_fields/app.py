"""GET /api/v1/banks_api/leads/{cpf_cnpj}/required_fields: what the store's banks want to know."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.leads.requests import FindRequiredFields
from lastro.simulations.leads.views import RequirementsAnswer
from lastro.simulations.wiring import open_leads

leads = open_leads()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindRequiredFields, caller: Caller) -> RequirementsAnswer:
    return leads.find_required_fields(request, caller)
