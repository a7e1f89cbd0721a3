"""POST /api/v1/assignments/{assignment_id}/decision: approve or refuse an assignment."""

from lastro.approvals.assignments.requests import DecideAssignment
from lastro.approvals.assignments.views import AssignmentAnswer
from lastro.approvals.wiring import open_assigning
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

assigning = open_assigning()


@endpoint()
def handler(request: DecideAssignment, caller: Caller) -> AssignmentAnswer:
    return assigning.decide(request, caller)
