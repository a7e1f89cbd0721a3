"""GET /api/v1/portal/person: one's own data."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.people.views import PersonAnswer
from lastro.customers.portal.wiring import open_own_data
from lastro.kernel.callers.caller import Caller

own_data = open_own_data()


@endpoint(people=True)
def handler(caller: Caller) -> PersonAnswer:
    return own_data.show(caller)
