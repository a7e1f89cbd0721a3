"""GET /api/v1/portal/surveys: the surveys that one was sent, newest first."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.surveys.requests import ListOwnSurveys
from lastro.surveys.views import OwnSurveyList
from lastro.surveys.wiring import open_own_surveys

surveys = open_own_surveys()


@endpoint(people=True)
def handler(request: ListOwnSurveys, caller: Caller) -> OwnSurveyList:
    return surveys.list_page(request, caller)
