"""What other contexts ask of simulations: offers that stand on the table, banks to lend, what is kept of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic

from lastro.kernel.dataclass import dataclass
from lastro.simulations.conditions.bank_directory import BankT_co, StoreBanks

if TYPE_CHECKING:
    from lastro.kernel.callers.caller import Caller
    from lastro.kernel.retention import PersonalData
    from lastro.simulations.leads.store import LeadStore
    from lastro.simulations.model import Pricing
    from lastro.simulations.store import SimulationStore


class LentBanks(Generic[BankT_co]):
    """Banks with their stores' credentials, for other contexts."""

    def __init__(self, banks: StoreBanks[BankT_co]) -> None:
        self._banks = banks

    def open(self, code: str, store_id: int, version: str | None) -> BankT_co:
        """The bank with the store's credential of that version. Raises ``Permanent`` when there is none."""
        return self._banks.open(code, store_id, version)

    def forget(self, code: str, store_id: int) -> None:
        """Read the credential afresh next time: the bank no longer accepts this one."""
        self._banks.forget(code, store_id)


@dataclass(frozen=True)
class OfferOnTable:
    """A condition that a bank offered, with what its simulation says of the good. Amounts in cents.

    ``stands`` tells whether the offer may still be taken; of one that never was an offer there is no ``pricing``.
    """

    bank: str
    document: str
    asset_value: int
    down_payment: int
    vehicle: Mapping[str, Any]
    commercial: bool
    pricing: Pricing
    token: str
    table_code: str | None
    table_description: str | None
    dealer_return: str | None
    pre_approval_status: int
    expires_at: datetime

    def stands(self, now: datetime) -> bool:
        return now < self.expires_at


@dataclass(frozen=True)
class Offers:
    """Offers of stores' simulations, for other contexts."""

    store: SimulationStore

    def find(self, store_id: int, simulation_id: str, condition_id: int, caller: Caller) -> OfferOnTable | None:
        """An offer of one of the store's simulations that the caller sees; ``None`` for what is not there, or is no
        offer of a bank.
        """
        found = self.store.find_simulation(simulation_id)
        if found is None or found.simulation.store_id != store_id or not found.simulation.is_shown_to(caller):
            return None
        simulation = found.simulation
        for condition in found.conditions:
            if condition.id == condition_id and condition.available and condition.pricing and condition.expires_at:
                return OfferOnTable(
                    bank=condition.bank,
                    document=simulation.lead["cpf_cnpj"],
                    asset_value=simulation.assets_value,
                    down_payment=condition.down_payment,
                    vehicle=simulation.vehicle,
                    commercial=simulation.commercial,
                    pricing=condition.pricing,
                    token=str(condition.payload.get("simulation_token") or ""),
                    table_code=condition.credit_condition_code,
                    table_description=condition.credit_condition_description,
                    dealer_return=condition.credit_condition_return,
                    pre_approval_status=int(condition.pre_approval_status),
                    expires_at=condition.expires_at,
                )
        return None


def keep_personal_data(leads: LeadStore, simulations: SimulationStore) -> PersonalData:
    """What leads and simulations keep of people, as ``lastro/retention`` works it."""
    from lastro.simulations.retention import SimulationData

    return SimulationData(leads, simulations)
