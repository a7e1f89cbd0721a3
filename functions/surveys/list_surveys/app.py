"""GET /api/v1/surveys: a partner's surveys, page by page."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.surveys.requests import ListSurveys
from lastro.surveys.views import SurveyList
from lastro.surveys.wiring import open_surveys

surveys = open_surveys()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ListSurveys, caller: Caller) -> SurveyList:
    return surveys.list_page(request, caller)
