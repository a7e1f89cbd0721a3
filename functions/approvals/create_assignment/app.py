"""POST /api/v1/assignments: ask for a sale to pass from one customer to another."""

from http import HTTPStatus

from lastro.approvals.assignments.requests import CreateAssignment
from lastro.approvals.assignments.views import AssignmentAnswer
from lastro.approvals.wiring import open_assigning
from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller

assigning = open_assigning()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateAssignment, caller: Caller) -> AssignmentAnswer:
    return assigning.create(request, caller)
