"""PATCH /api/v1/bureau_integrations/{integration_id}: change what is sent of an integration."""

from lastro.aws.http import endpoint
from lastro.bureaus.requests.setup import UpdateIntegration
from lastro.bureaus.views.setup import IntegrationAnswer
from lastro.bureaus.wiring import open_integrations
from lastro.caller import Caller


@endpoint()
def handler(request: UpdateIntegration, caller: Caller) -> IntegrationAnswer:
    return open_integrations().update(request, caller)
