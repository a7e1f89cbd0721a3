"""PUT /api/v1/portal/person: put all of one's own data anew.

What is left out is not known any more. It is logged as the form is, and does not count as having filled it.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.people.views import PersonAnswer
from lastro.customers.portal.registration.requests import PutOwnRegistration
from lastro.customers.portal.wiring import open_own_data
from lastro.kernel.callers.caller import Caller

own_data = open_own_data()


@endpoint(people=True)
def handler(request: PutOwnRegistration, caller: Caller) -> PersonAnswer:
    return own_data.replace(request, caller)
