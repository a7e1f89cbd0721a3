"""The step ``notify``: the partner is told what a process looked like after a change, if it wants to be told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, read_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.queues.delivery import Delivery, Done, Retries
from lastro.origination.notices.moments import credit_at, process_at
from lastro.origination.processes.changes import Change, StoredProcess
from lastro.origination.processes.steps import StepQueued
from lastro.origination.processes.views import ProcessView, show_process
from lastro.webhooks.service import Notices, make_notice

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

EVENT = "process_changed"
RETRIES = Retries((1, 2, 4, 8, 15, 30))


@dataclass(frozen=True)
class Telling:
    """Turns ``notify`` steps into notices."""

    store: OriginationStore
    notices: Notices
    clock: Clock

    def process(self, delivery: Delivery[StepQueued]) -> Done:
        """Keep the notice, then complete the step: a crash in between keeps the same notice once more, which is none.

        The notice's id follows from the step's, so its body is that of the first time. Raises ``Retryable``.
        """
        stored = self.store.find_process(delivery.message.id)
        step = stored.step(delivery.message.step_id) if stored else None
        if stored is None or step is None:
            return Done()
        process = stored.process
        if self.notices.is_wanted(process.partner_id):
            now = self.clock.now()
            asked = step.payload.get("at")
            body = self._show(stored, read_moment(asked) if asked else now).model_dump(mode="json", by_alias=True)
            notice = make_notice(process.partner_id, EVENT, process.id, step.id, body, now, store_id=process.store_id)
            self.notices.keep(notice)
        self.store.commit(Change(done=[step]))
        return Done()

    def _show(self, stored: StoredProcess, moment: datetime) -> ProcessView:
        """The process with its proposals as they were when the change to tell was made."""
        found = [credit for csn in stored.process.credits if (credit := self.store.find_credit(csn))]
        then = [credit_at(each.credit, each.history, each.rows, moment) for each in found]
        process = process_at(stored.process, stored.history, moment)
        return show_process(process, [credit for credit in then if credit], process.status_spelling)
