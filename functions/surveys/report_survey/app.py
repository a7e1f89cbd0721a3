"""GET /api/v1/surveys/{survey_id}/result: what a survey came to, in all and by trigger."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.surveys.requests import FindSurvey
from lastro.surveys.views import SurveyResultAnswer
from lastro.surveys.wiring import open_reports

reports = open_reports()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: FindSurvey, caller: Caller) -> SurveyResultAnswer:
    return reports.result(request, caller)
