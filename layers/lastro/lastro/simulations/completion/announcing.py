"""Telling the partner that a simulation is final: one ``processed_simulation`` notice."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.queues.queue import MessageQueue
from lastro.simulations.records import StoredSimulation
from lastro.webhooks.service import Notice, make_notice, queue_notices

if TYPE_CHECKING:
    from lastro.simulations.store import SimulationStore

EVENT = "processed_simulation"


@dataclass(frozen=True)
class Announcer:
    """Composes the notice of a simulation that closes, and queues it once the closing is stored."""

    store: SimulationStore
    queue: MessageQueue

    def compose(self, found: StoredSimulation, finished_at: datetime) -> Notice | None:
        """The notice to store with the closing, ``None`` when the partner gave no address.

        Its body is the simulation as it is read when final, with store and seller added.
        """
        simulation = found.simulation
        if simulation.webhook_url is None:
            return None
        # Only the batch that closes such a simulation needs the views: every other start is spared them.
        from lastro.simulations.results.rendering import render_simulation

        statuses = {bank: pre_approval.status for bank, pre_approval in found.pre_approvals.items()}
        rendered = json.loads(render_simulation(simulation, found.conditions, statuses))
        seller = simulation.seller_cpf
        told = {
            **rendered["data"],
            "store": self.store.find_store(simulation.store_id),
            "seller": {"id": None, "name": None, "cpf": parse_document(seller).formatted} if seller else None,
        }
        body = {"event": EVENT, "simulation": told}
        return make_notice(
            simulation.partner_id,
            EVENT,
            simulation.id,
            EVENT,
            body,
            finished_at,
            simulation.webhook_url,
            store_id=simulation.store_id,
            panel=simulation.panel,
        )

    def send(self, notice: Notice) -> None:
        """Queue a stored notice; should that fail, ``sync_deliveries`` does it."""
        queue_notices(self.queue, [notice])
