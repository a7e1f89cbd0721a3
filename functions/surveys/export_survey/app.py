"""POST /api/v1/surveys/{survey_id}/files: all that a survey sent as CSV or XLSX, at a private address."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.surveys.requests import ExportSurvey
from lastro.surveys.views import SurveyFileAnswer
from lastro.surveys.wiring import open_export

export = open_export()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.PANEL,))
def handler(request: ExportSurvey, caller: Caller) -> SurveyFileAnswer:
    return export.export(request, caller)
