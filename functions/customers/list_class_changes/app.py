"""GET /api/v1/customers/{customer_id}/class_changes: the history of a customer's class, newest first."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.classes.requests import ListClassChanges
from lastro.customers.classes.views import ClassChangeList
from lastro.customers.wiring import open_overrides
from lastro.kernel.callers.caller import Caller

overrides = open_overrides()


@endpoint()
def handler(request: ListClassChanges, caller: Caller) -> ClassChangeList:
    return overrides.list_changes(request, caller)
