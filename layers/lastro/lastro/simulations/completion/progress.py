"""Towards the end of a simulation: which conditions ended, and closing it once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lastro.kernel.observing.figures import Unit, note
from lastro.simulations.completion.announcing import Announcer
from lastro.simulations.model import Condition, Simulation, close_simulation

if TYPE_CHECKING:
    from lastro.simulations.store import SimulationStore


class Progress:
    """Registers ended conditions with the simulation's progress and closes it when none is left.

    Ended offsets and the generated ones they announce are added in one write, as sets: registering again changes
    nothing and the count can only reach zero when every generated condition is counted too.
    """

    def __init__(self, store: SimulationStore, announcer: Announcer) -> None:
        self._store = store
        self._announcer = announcer

    def register(self, simulation: Simulation, ended: Sequence[Condition]) -> bool:
        """Register ended conditions; true when this closed the simulation."""
        offsets = frozenset(condition.offset for condition in ended)
        generated = frozenset(offset for condition in ended for offset in condition.generated)
        if simulation.finished_at:
            return False
        return self._store.register_ended(simulation, offsets, generated).open_count == 0 and self.close(simulation.id)

    def close(self, simulation_id: str) -> bool:
        """Close a simulation whose conditions all ended; true for the one caller that did.

        The notice of it is stored in the same transaction, so a process that dies right after leaves it to the sweep.
        """
        found = self._store.find_simulation(simulation_id)
        closing = close_simulation(found.conditions) if found else None
        if found is None or closing is None:
            return False
        finished_at, success = closing
        notice = self._announcer.compose(found, finished_at)
        if not self._store.close(simulation_id, finished_at, success, notice):
            return False
        self._store.end_flight(found.simulation)
        took = finished_at - found.simulation.created_at
        note("SimulationsFinal", 1, outcome="success" if success else "failure")
        note("SimulationTime", round(took.total_seconds(), 3), Unit.SECONDS)
        if notice:
            self._announcer.send(notice)
        return True


class Roll:
    """The conditions of one simulation that are worked together: the last to sign off registers those that ended."""

    def __init__(self, progress: Progress, simulation: Simulation, size: int) -> None:
        self._progress = progress
        self._simulation = simulation
        self._working = size
        self._ended: list[Condition] = []
        self._complete = asyncio.Event()
        self._registering: asyncio.Task[bool] | None = None

    def sign_off(self, ended: Condition | None) -> None:
        """One of them is through, with a condition that ended or without."""
        self._working -= 1
        if ended:
            self._ended.append(ended)
        if self._working == 0:
            self._complete.set()

    async def registered(self) -> None:
        """Wait until what ended is registered. Raises what registering raised, to everybody."""
        await self._complete.wait()
        if self._registering is None:
            register = asyncio.to_thread(self._progress.register, self._simulation, self._ended)
            self._registering = asyncio.create_task(register)
        await asyncio.shield(self._registering)
