"""The sweep of proposals: what was accepted and never sent is sent, what a silent bank works on is asked about."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from lastro.financing.bank_work.due import due_of
from lastro.financing.bank_work.messages import ProposalQueued
from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.sweeping import RESENT, within_time

if TYPE_CHECKING:
    from lastro.financing.bank_work.dispatch import ProposalDispatch
    from lastro.financing.records.store import ProposalStore


@dataclass(frozen=True)
class ProposalSweep:
    """Queues the attempts that somebody has to look at, oldest first."""

    store: ProposalStore
    dispatch: ProposalDispatch
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - a sweep is due at any date
        """Sweep what is due; returns what was done, counted.

        Raises ``Retryable`` at the end when a queue was out of reach: what was not sent is due again in two minutes.
        """
        counts = Counter(proposals=0, queued=0)
        failure: Retryable | None = None
        for due in within_time(self.store.list_due(self.clock.now()), self.clock):
            now = self.clock.now()
            # Moved on first: the next run, or another at this moment, leaves it alone.
            if not self.store.postpone(due, now + RESENT):
                continue
            counts["proposals"] += 1
            found = self.store.find(due.partner_id, due.id)
            if found is None:
                continue
            messages = [
                ProposalQueued(partner_id=due.partner_id, proposal_id=due.id, position=attempt.position)
                for attempt in found.attempts
                if (at := due_of(found, attempt)) is not None and at <= now
            ]
            try:
                self.dispatch.send(found, messages)
                counts["queued"] += len(messages)
            except Retryable as error:
                failure = error
        if failure is not None:
            raise failure
        return dict(counts)
