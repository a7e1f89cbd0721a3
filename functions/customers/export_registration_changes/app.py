"""POST /api/v1/registration_changes/files: the report of changes as CSV or XLSX, at a private address."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.changes.requests import ExportChanges
from lastro.customers.portal.changes.views import ChangeFileAnswer
from lastro.customers.portal.wiring import open_change_export
from lastro.kernel.callers.caller import Boundary, Caller

export = open_change_export()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.PANEL,))
def handler(request: ExportChanges, caller: Caller) -> ChangeFileAnswer:
    return export.export(request, caller)
