"""GET /api/v1/registration_changes: what people changed of their registration, before and after.

Newest first. Brokers and agencies read it masked.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.changes.requests import ReportChanges
from lastro.customers.portal.changes.views import ChangeReport
from lastro.customers.portal.wiring import open_change_reports
from lastro.kernel.callers.caller import Boundary, Caller

reports = open_change_reports()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ReportChanges, caller: Caller) -> ChangeReport:
    return reports.read(request, caller)
