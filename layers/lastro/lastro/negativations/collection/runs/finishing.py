"""The end of a run: told by whoever writes its last result, else by the sweep."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.negativations.collection.model import Run, RunStatus

if TYPE_CHECKING:
    from lastro.negativations.collection.runs.store import RunStore


def finish_if_done(runs: RunStore, run: Run) -> bool:
    """Keep that a running run is finished, at the moment of its last result; false where something is left of it, or
    another told it first.
    """
    figures = runs.add_up(run.key)
    if not figures.is_finished:
        return False
    return runs.put(replace(run, status=RunStatus.FINISHED, ended_at=figures.ended_at(run), version=run.version + 1))
