"""GET /api/v1/negativations/deadlines: what has to be down, until when, and what is late."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.deadlines.requests import ListDeadlines
from lastro.negativations.deadlines.views import DeadlineList
from lastro.negativations.deadlines.wiring import open_deadlines

deadlines = open_deadlines()


@endpoint()
def handler(request: ListDeadlines, caller: Caller) -> DeadlineList:
    return deadlines.list_due(request, caller)
