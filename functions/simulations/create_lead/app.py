"""POST /api/v1/banks_api/leads: keep a prospective client.

The vendor publishes no status for this call; Lastro answers 201.
"""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.simulations.leads.requests import CreateLead
from lastro.simulations.leads.views import LeadAnswer
from lastro.simulations.wiring import open_leads

leads = open_leads()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CreateLead, caller: Caller) -> LeadAnswer:
    return leads.create(request, caller)
