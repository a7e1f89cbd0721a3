"""Setting how often people confirm their registration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.customers.portal.errors import MANAGERS_ONLY, SCHEDULE_BUSY
from lastro.customers.portal.fields import manages
from lastro.customers.portal.registration.views import ScheduleAnswer, show_schedule
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.customers.portal.registration.requests import PutSchedule
    from lastro.customers.portal.store import PortalStore
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller


@dataclass(frozen=True)
class Scheduling:
    """A partner's schedule."""

    store: PortalStore
    clock: Clock

    def show(self, caller: Caller) -> ScheduleAnswer:
        return show_schedule(self.store.find_schedule(caller.partner_id))

    def put(self, request: PutSchedule, caller: Caller) -> ScheduleAnswer:
        """The next version; what changes nothing makes none. Raises ``Forbidden`` to who is no manager."""
        if not manages(caller):
            raise MANAGERS_ONLY()
        sent = request.registration_schedule

        def put_once() -> ScheduleAnswer | None:
            before = self.store.find_schedule(caller.partner_id)
            after = replace(before, enabled=sent.enabled, every_days=sent.every_days, fields=sent.fields.to_fields())
            if after == before:
                return show_schedule(before)
            after = replace(after, version=before.version + 1, updated_at=self.clock.now())
            answer = show_schedule(after)
            return answer if self.store.put_schedule(caller.partner_id, after) else None

        return until_committed(put_once, SCHEDULE_BUSY)
