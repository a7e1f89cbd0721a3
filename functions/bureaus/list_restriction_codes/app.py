"""GET /api/v1/bureau_integrations/{integration_id}/restriction_codes: the provider's codes and reports.

As last pulled; empty before the first time.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.integrations.path_requests import FindIntegration
from lastro.bureaus.setup.views import CodesAnswer
from lastro.bureaus.setup.wiring import open_code_lists
from lastro.kernel.callers.caller import Boundary, Caller

code_lists = open_code_lists()


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: FindIntegration, caller: Caller) -> CodesAnswer:
    return code_lists.show(request, caller)
