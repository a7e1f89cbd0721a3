"""GET /api/v1/registration_schedule: how often customers confirm their registration, and what they are asked."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.registration.views import ScheduleAnswer
from lastro.customers.portal.wiring import open_scheduling
from lastro.kernel.callers.caller import Boundary, Caller

scheduling = open_scheduling()


@endpoint(keeps=(Boundary.PANEL,))
def handler(caller: Caller) -> ScheduleAnswer:
    return scheduling.show(caller)
