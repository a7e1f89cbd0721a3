"""POST /api/v1/portal/registration_update/postpone: put the form of one's registration off until the next login.

Every login asks until it is done.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.registration.views import UpdateAnswer
from lastro.customers.portal.wiring import open_own_data
from lastro.kernel.callers.caller import Caller

own_data = open_own_data()


@endpoint(people=True)
def handler(caller: Caller) -> UpdateAnswer:
    return own_data.postpone(caller)
