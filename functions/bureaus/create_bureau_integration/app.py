"""POST /api/v1/bureau_integrations: add a contract with a bureau and link its unit."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.integrations.requests import CreateIntegration
from lastro.bureaus.setup.views import IntegrationAnswer
from lastro.bureaus.setup.wiring import open_integrations
from lastro.kernel.callers.caller import Caller

integrations = open_integrations()


@endpoint(status=HTTPStatus.CREATED)
def handler(request: CreateIntegration, caller: Caller) -> IntegrationAnswer:
    return integrations.create(request, caller)
