"""POST /api/v1/portal_people: give somebody access to the customers' portal.

Codes are sent to ``login_email`` and ``login_mobile``, which the person itself cannot change.
"""

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.people.requests import CreatePerson
from lastro.customers.portal.people.views import PersonAnswer
from lastro.customers.portal.wiring import open_admitting
from lastro.kernel.callers.caller import Boundary, Caller

admitting = open_admitting()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.PANEL,))
def handler(request: CreatePerson, caller: Caller) -> PersonAnswer:
    return admitting.create(request, caller)
