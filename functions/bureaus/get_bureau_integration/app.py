"""GET /api/v1/bureau_integrations/{integration_id}: one integration, without its secrets."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.integrations.path_requests import FindIntegration
from lastro.bureaus.setup.views import IntegrationAnswer
from lastro.bureaus.setup.wiring import open_integration_reading
from lastro.kernel.callers.caller import Boundary, Caller

integration_reading = open_integration_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindIntegration, caller: Caller) -> IntegrationAnswer:
    return integration_reading.show(request, caller)
