"""Lapses: unsigned proposals whose validity has passed expire (``lapse_proposals``)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.queues.sweeping import within_time
from lastro.origination.processes.lapses.expiry import ProposalExpiry

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


@dataclass(frozen=True)
class LapseSweep:
    """Expires unsigned credits past their validity. What others are writing at this moment is left to the next run."""

    store: OriginationStore
    expiry: ProposalExpiry
    clock: Clock

    def run(self, business_date: date) -> dict[str, int]:  # noqa: ARG002 - moments decide, not days
        """Sweep once, the longest past first; returns what was done, counted."""
        expired = 0
        for csn in within_time(self.store.list_lapsed(self.clock.now()), self.clock):
            with suppress(Retryable):
                expired += self.expiry.lapse(csn)
        return {"credits_expired": expired}
