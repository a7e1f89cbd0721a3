"""A decision on one credit, committed together with what it means for its process."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lastro.origination.analysis.outcome import follow
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import Credit
from lastro.origination.processes.steps import owe_notice

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


def with_process(store: OriginationStore, decided: Credit, change: Change, now: datetime, who: str) -> Change | None:
    """A decision on a credit together with what it means for its process; ``None`` when the process is gone."""
    stored = store.find_process(decided.process_id)
    if stored is None:
        return None
    followed = follow(stored.process, store.find_credits(stored.process.credits), decided, now, who)
    steps = [*change.steps, owe_notice(decided, now)]
    return Change(processes=[followed], credits=change.credits, rows=change.rows, steps=steps, done=change.done)
