"""GET /api/v1/surveys/{survey_id}/sent: what a survey sent, with its protocol and answers, newest first.

Brokers and agencies read what people wrote masked.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.surveys.requests import ListSentSurveys
from lastro.surveys.views import SentSurveyList
from lastro.surveys.wiring import open_reports

reports = open_reports()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ListSentSurveys, caller: Caller) -> SentSurveyList:
    return reports.list_sent(request, caller)
