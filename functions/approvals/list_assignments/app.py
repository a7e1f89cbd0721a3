"""GET /api/v1/assignments: assignments page by page: all, or those of one customer."""

from lastro.approvals.assignments.requests import ListAssignments
from lastro.approvals.assignments.views import AssignmentList
from lastro.approvals.wiring import open_assignment_reading
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

reading = open_assignment_reading()


@endpoint()
def handler(request: ListAssignments, caller: Caller) -> AssignmentList:
    return reading.list_page(request, caller)
