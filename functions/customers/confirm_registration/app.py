"""POST /api/v1/portal/registration_update: fill the form of one's registration.

A field of it that is left out is empty. From this day on, the days are counted anew.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.registration.requests import ConfirmRegistration
from lastro.customers.portal.registration.views import UpdateAnswer
from lastro.customers.portal.wiring import open_own_data
from lastro.kernel.callers.caller import Caller

own_data = open_own_data()


@endpoint(people=True)
def handler(request: ConfirmRegistration, caller: Caller) -> UpdateAnswer:
    return own_data.confirm(request, caller)
