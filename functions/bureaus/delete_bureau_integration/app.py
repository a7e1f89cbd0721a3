"""DELETE /api/v1/bureau_integrations/{integration_id}: forget an integration, its links and its secrets."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.integrations.path_requests import FindIntegration
from lastro.bureaus.setup.wiring import open_integrations
from lastro.kernel.callers.caller import Caller

integrations = open_integrations()


@endpoint(status=HTTPStatus.NO_CONTENT)
def handler(request: FindIntegration, caller: Caller) -> None:
    integrations.delete(request, caller)
