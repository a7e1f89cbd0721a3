"""POST /api/v1/survey_events: tell an event of a feature that this system does not have.

The surveys that follow the feature are sent within minutes, once on the same event.
"""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.surveys.requests import CreateSurveyEvent
from lastro.surveys.views import SurveyEventAnswer
from lastro.surveys.wiring import open_events

events = open_events()


@endpoint(status=HTTPStatus.ACCEPTED, keeps=(Boundary.PANEL,))
def handler(request: CreateSurveyEvent, caller: Caller) -> SurveyEventAnswer:
    return events.create(request, caller)
