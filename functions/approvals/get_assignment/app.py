"""GET /api/v1/assignments/{assignment_id}: one assignment with its history."""

from lastro.approvals.assignments.requests import FindAssignment
from lastro.approvals.assignments.views import AssignmentAnswer
from lastro.approvals.wiring import open_assignment_reading
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

reading = open_assignment_reading()


@endpoint()
def handler(request: FindAssignment, caller: Caller) -> AssignmentAnswer:
    return reading.show(request, caller)
