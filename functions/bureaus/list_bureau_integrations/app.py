"""GET /api/v1/bureau_integrations: every integration of the partner, without secrets."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.views import IntegrationList
from lastro.bureaus.setup.wiring import open_integration_reading
from lastro.kernel.callers.caller import Boundary, Caller

integration_reading = open_integration_reading()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(caller: Caller) -> IntegrationList:
    return integration_reading.list(caller)
