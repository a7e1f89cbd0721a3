"""DELETE /api/v1/banks_api/leads/{cpf_cnpj}: forget a lead."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.leads.requests import FindLead
from lastro.simulations.wiring import open_leads

leads = open_leads()


@endpoint(status=HTTPStatus.NO_CONTENT, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindLead, caller: Caller) -> None:
    leads.delete(request, caller)
