"""PUT /api/v1/bureau_integrations/{integration_id}/restriction_codes: pull the provider's codes and reports.

A default code that disappeared is named, and blocks automatic runs.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.integrations.path_requests import RefreshCodes
from lastro.bureaus.setup.views import CodesAnswer
from lastro.bureaus.setup.wiring import open_code_refresh
from lastro.kernel.callers.caller import Caller

code_refresh = open_code_refresh()


@endpoint()
def handler(request: RefreshCodes, caller: Caller) -> CodesAnswer:
    return code_refresh.refresh(request, caller)
