"""PATCH /api/v1/bureau_integrations/{integration_id}: change what is sent of an integration."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.integrations.requests import UpdateIntegration
from lastro.bureaus.setup.views import IntegrationAnswer
from lastro.bureaus.setup.wiring import open_integrations
from lastro.kernel.callers.caller import Caller

integrations = open_integrations()


@endpoint()
def handler(request: UpdateIntegration, caller: Caller) -> IntegrationAnswer:
    return integrations.update(request, caller)
