"""DELETE /api/v1/portal_people/{person_id}: end somebody's access to the customers' portal."""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.logins.wiring import open_ending
from lastro.customers.portal.people.requests import NamePerson
from lastro.kernel.callers.caller import Boundary, Caller

ending = open_ending()


@endpoint(status=HTTPStatus.NO_CONTENT, keeps=(Boundary.PANEL,))
def handler(request: NamePerson, caller: Caller) -> None:
    ending.end(request, caller)
