"""GET /api/v1/portal_people: who may enter the customers' portal, page by page."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.people.requests import ListPeople
from lastro.customers.portal.people.views import PersonList
from lastro.customers.portal.wiring import open_admitting
from lastro.kernel.callers.caller import Boundary, Caller

admitting = open_admitting()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: ListPeople, caller: Caller) -> PersonList:
    return admitting.list(request, caller)
