"""GET /api/v1/proposals/{proposal_id}/activity_log: everything that was done to a proposal, oldest first."""

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import FindProposal
from lastro.financing.records.views import ActivityList
from lastro.financing.wiring import open_reading
from lastro.kernel.callers.caller import Boundary, Caller

reading = open_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindProposal, caller: Caller) -> ActivityList:
    return reading.list_activities(request, caller)
