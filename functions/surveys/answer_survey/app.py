"""POST /api/v1/portal/surveys/{sent_survey_id}/answer: answer a survey, once.

The same answer again is the same; another is refused.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.surveys.requests import AnswerSurvey
from lastro.surveys.views import OwnSurveyAnswer
from lastro.surveys.wiring import open_own_surveys

surveys = open_own_surveys()


@endpoint(people=True)
def handler(request: AnswerSurvey, caller: Caller) -> OwnSurveyAnswer:
    return surveys.answer(request, caller)
