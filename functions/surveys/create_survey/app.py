"""POST /api/v1/surveys: ask customers something on the events of features."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.surveys.requests import CreateSurvey
from lastro.surveys.views import SurveyAnswer
from lastro.surveys.wiring import open_surveys

surveys = open_surveys()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.PANEL,))
def handler(request: CreateSurvey, caller: Caller) -> SurveyAnswer:
    return surveys.create(request, caller)
