"""PUT /api/v1/bureau_integrations/{integration_id}/secrets/{field}: replace one secret, the others untouched."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.integrations.secret_requests import ReplaceSecret
from lastro.bureaus.setup.views import IntegrationAnswer
from lastro.bureaus.setup.wiring import open_secret_changes
from lastro.kernel.callers.caller import Caller

secret_changes = open_secret_changes()


@endpoint()
def handler(request: ReplaceSecret, caller: Caller) -> IntegrationAnswer:
    return secret_changes.replace(request, caller)
