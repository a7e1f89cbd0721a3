"""GET /api/v1/surveys/{survey_id}: one survey."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.surveys.requests import FindSurvey
from lastro.surveys.views import SurveyAnswer
from lastro.surveys.wiring import open_surveys

surveys = open_surveys()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: FindSurvey, caller: Caller) -> SurveyAnswer:
    return surveys.show(request, caller)
