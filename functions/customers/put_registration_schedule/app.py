"""PUT /api/v1/registration_schedule: have customers confirm their registration every so many calendar days."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.portal.registration.requests import PutSchedule
from lastro.customers.portal.registration.views import ScheduleAnswer
from lastro.customers.portal.wiring import open_scheduling
from lastro.kernel.callers.caller import Boundary, Caller

scheduling = open_scheduling()


@endpoint(keeps=(Boundary.PANEL,))
def handler(request: PutSchedule, caller: Caller) -> ScheduleAnswer:
    return scheduling.put(request, caller)
