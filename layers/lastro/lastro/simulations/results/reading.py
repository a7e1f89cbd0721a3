"""Reading simulations: one whole, or a page of a store's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.calendar import start_of_day
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.simulations.errors import SIMULATION_NOT_FOUND
from lastro.simulations.results.rendering import render_list, render_simulation
from lastro.simulations.results.requests import GetSimulation, ListSimulations
from lastro.simulations.results.views import SimulationList

if TYPE_CHECKING:
    from lastro.simulations.store import SimulationStore


@dataclass(frozen=True)
class SimulationReading:
    """Reads a partner's simulations from the store."""

    store: SimulationStore

    def read(self, request: GetSimulation, caller: Caller) -> str:
        """The simulation as far as it got. Raises ``NotFound`` when absent, another store's or not this panel's."""
        store_id = caller.store_id
        found = self.store.find_simulation(request.uuid)
        if found is None or found.simulation.store_id != store_id or not found.simulation.is_shown_to(caller):
            raise SIMULATION_NOT_FOUND()
        statuses = {bank: pre_approval.status for bank, pre_approval in found.pre_approvals.items()}
        return render_simulation(found.simulation, found.conditions, statuses)

    def list_page(self, request: ListSimulations, caller: Caller) -> SimulationList:
        """A page of the store's simulations, without their conditions."""
        found = self.store.list_simulations(
            caller.store_id,
            panel=caller.selling_panel,
            after=start_of_day(request.after) if request.after else None,
            newest_first=request.sort == "created_at_desc",
            skip=(request.page - 1) * request.per_page,
            limit=request.per_page,
        )
        return render_list(found)
