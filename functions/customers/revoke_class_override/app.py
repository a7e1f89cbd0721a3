"""POST /api/v1/customers/{customer_id}/class_override/revocation: let the criteria count again."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.classes.requests import RevokeClassOverride
from lastro.customers.classes.views import ClassificationAnswer
from lastro.customers.wiring import open_overrides
from lastro.kernel.callers.caller import Caller

overrides = open_overrides()


@endpoint()
def handler(request: RevokeClassOverride, caller: Caller) -> ClassificationAnswer:
    return overrides.revoke(request, caller)
