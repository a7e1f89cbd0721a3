"""What leads and simulations keep of people, and for how long."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from lastro.kernel.calendar import local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import parse_document
from lastro.kernel.retention import ERASING, Exported, Kind, Record, Standing
from lastro.simulations.leads.model import lead_attributes
from lastro.simulations.leads.store import read_record
from lastro.simulations.records import LEAD_RECORD, SIMULATION_RECORD
from lastro.simulations.results.rendering import render_simulation

if TYPE_CHECKING:
    from lastro.simulations.leads.store import LeadStore
    from lastro.simulations.store import SimulationStore

_OVER = "LGPD (Lei 13.709/2018) arts. 15, I e 16: terminada a finalidade, os dados são eliminados"
LEAD = Kind("lead", "Cadastro de lead", least=0, most=24, basis=_OVER)
SIMULATION = Kind(
    "simulation",
    "Simulação nos bancos, com os dados do lead como estavam",
    least=0,
    most=24,
    basis=_OVER,
)


@dataclass(frozen=True)
class SimulationData:
    """Leads and simulations of a person (``PersonalData``)."""

    leads: LeadStore
    simulations: SimulationStore
    records: Sequence[str] = (LEAD_RECORD, SIMULATION_RECORD)
    kinds: Sequence[Kind] = field(default=(LEAD, SIMULATION))

    def look(self, record: Record) -> Standing | None:
        """A lead counts from its last change, a simulation from its posting; one that is not final is in use."""
        lead, simulation = self.kinds
        if record.kind == LEAD_RECORD:
            store_id, panel = read_record(record.id)
            found = self.leads.find(store_id, parse_document(record.document), panel)
            return Standing(lead, local_date(found.updated_at)) if found else None
        stored = self.simulations.find_header(record.id)
        if stored is None:
            # An erasure that broke off goes on.
            return Standing(simulation, date.min) if self.simulations.has_remains(record.id) else None
        began = local_date(stored.created_at) if stored.finished_at else None
        return Standing(simulation, began)

    def export(self, record: Record) -> Exported | None:
        """The lead as it is kept, the simulation as it is read."""
        if record.kind == LEAD_RECORD:
            store_id, panel = read_record(record.id)
            lead = self.leads.find(store_id, parse_document(record.document), panel)
            return Exported({"store_id": store_id, **lead_attributes(lead)}) if lead else None
        found = self.simulations.find_simulation(record.id)
        if found is None:
            return ERASING if self.simulations.has_remains(record.id) else None
        statuses = {bank: pre_approval.status for bank, pre_approval in found.pre_approvals.items()}
        data = json.loads(render_simulation(found.simulation, found.conditions, statuses))["data"]
        return Exported({"store_id": found.simulation.store_id, **data})

    def trim(self, record: Record) -> None:
        """Nothing of these has to stay, so nothing is left to trim."""

    def end(self, record: Record) -> bool:
        """Remove the lead; remove the simulation with its conditions once it is final."""
        if record.kind == LEAD_RECORD:
            store_id, panel = read_record(record.id)
            self.leads.remove(record.partner_id, store_id, parse_document(record.document), panel)
            return True
        stored = self.simulations.find_header(record.id)
        if stored is not None and stored.finished_at is None:
            return False
        self.simulations.erase(record.id)
        return True
