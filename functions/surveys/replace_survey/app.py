"""PUT /api/v1/surveys/{survey_id}: change all of a survey but its scale.

One that is enabled again follows what occurs from then on.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.surveys.requests import ReplaceSurvey
from lastro.surveys.views import SurveyAnswer
from lastro.surveys.wiring import open_surveys

surveys = open_surveys()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ReplaceSurvey, caller: Caller) -> SurveyAnswer:
    return surveys.replace(request, caller)
