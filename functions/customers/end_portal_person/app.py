"""DELETE /api/v1/portal_people/{person_id}: end somebody's access to the customers' portal."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.people.requests import NamePerson
from lastro.customers.portal.wiring import open_admitting
from lastro.kernel.callers.caller import Boundary, Caller

admitting = open_admitting()


@endpoint(status=HTTPStatus.NO_CONTENT, keeps=(Boundary.PANEL,))
def handler(request: NamePerson, caller: Caller) -> None:
    admitting.end(request, caller)
