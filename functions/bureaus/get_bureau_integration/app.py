"""GET /api/v1/bureau_integrations/{integration_id}: one integration, without its secrets."""

from lastro.aws.http import endpoint
from lastro.bureaus.requests.setup import FindIntegration
from lastro.bureaus.views.setup import IntegrationAnswer
from lastro.bureaus.wiring import open_integration_reading
from lastro.caller import Caller


@endpoint()
def handler(request: FindIntegration, caller: Caller) -> IntegrationAnswer:
    return open_integration_reading().show(request, caller)
