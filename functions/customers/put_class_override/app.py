"""PUT /api/v1/customers/{customer_id}/class_override: set a customer's class, whatever the data say."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.classes.requests import PutClassOverride
from lastro.customers.classes.views import ClassificationAnswer
from lastro.customers.wiring import open_overrides
from lastro.kernel.callers.caller import Caller

overrides = open_overrides()


@endpoint()
def handler(request: PutClassOverride, caller: Caller) -> ClassificationAnswer:
    return overrides.put(request, caller)
