"""Posting a simulation."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, STORE_INACTIVE, FieldError, InvalidInput, Retryable
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.observing import figures
from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.messages import condition_messages
from lastro.simulations.flights.counting import too_many
from lastro.simulations.model import OFFSETS_PER_ORIGINAL
from lastro.simulations.posting.building import bind_returns, build_simulation, cross_with_banks
from lastro.simulations.posting.goods import Good, good_in_stock, good_sent
from lastro.simulations.requests import CreateSimulation, RequestedSimulation
from lastro.simulations.results.rendering import render_simulation
from lastro.webhooks.service import AddressRefused, AddressRule

if TYPE_CHECKING:
    from lastro.simulations.store import SimulationStore
    from lastro.vehicles.service import VehicleForSale


FindVehicle = Callable[[str, int, int], "VehicleForSale | None"]
"""A vehicle for sale by its partner, store and number."""


@dataclass(frozen=True)
class SimulationService:
    """Creates simulations over the store, the queues of conditions, the clock and stores' stocks."""

    store: SimulationStore
    dispatch: ConditionDispatch
    clock: Clock
    addresses: AddressRule
    most_in_flight: Callable[[], int]
    find_vehicle: FindVehicle

    def create(self, request: CreateSimulation, caller: Caller) -> str:
        """Persist a simulation with every original condition, queue them and answer it, all pending.

        The answer is rendered once and kept with the request's ``Idempotency-Key``. Raises ``InvalidInput``,
        ``Conflict`` for a key used with another request and for a store that was deactivated, and ``TooManyRequests``
        to who has as many unfinished ones as it may, by the operator's word or else ``most_in_flight``. A crash after
        the commit is made good by ``sync_status``.
        """
        store_id = caller.store_id
        asked = request.simulation
        self._check_address(asked.webhook_url)
        keyed = KeyedRequest.of(
            f"simulations#{caller.holder_in(store_id)}", request.idempotency_key, asked.model_dump_json()
        )
        return until_committed(lambda: self._create_once(asked, keyed, caller), IN_PROGRESS)

    def _create_once(self, asked: RequestedSimulation, keyed: KeyedRequest | None, caller: Caller) -> str | None:
        now = self.clock.now()
        document = asked.retrieve_lead.cpf_cnpj
        purchase = self.store.read_purchase(
            keyed, caller.partner_id, caller.store_id, document, now, caller.selling_panel
        )
        if purchase.first_answer is not None:
            return purchase.first_answer
        if not purchase.store_active:
            raise STORE_INACTIVE()
        limit = caller.limits.simulations_in_flight or self.most_in_flight()
        if purchase.in_flight >= limit:
            raise too_many(limit)
        pairs = cross_with_banks(asked, purchase.lead, purchase.banks)
        good = self._find_good(asked, caller, local_date(now).year)
        originals = bind_returns(asked, good.value, pairs, purchase.rules)
        first_id = self.store.reserve_ids(OFFSETS_PER_ORIGINAL * len(pairs))
        simulation, conditions = build_simulation(
            str(uuid4()), first_id, caller, asked, good, originals, purchase.lead or {}, now
        )
        answer = render_simulation(simulation, conditions, {})
        begun = self.store.begin_flight(simulation)
        stored = self.store.put_simulation(simulation, conditions, Answered.to(keyed, answer, now))
        begun.result()
        if not stored:
            self.store.end_flight(simulation)
            return None
        figures.note("SimulationsOpened", 1)
        figures.note("ConditionsAsked", len(conditions))
        # Committed is accepted: what could not be queued now, sync_status queues.
        with suppress(Retryable):
            self.dispatch.send(condition_messages(simulation, conditions))
        return answer

    def _find_good(self, asked: RequestedSimulation, caller: Caller, this_year: int) -> Good:
        number = asked.vehicle.stock_vehicle_id
        if number is None:
            return good_sent(asked)
        found = self.find_vehicle(caller.partner_id, caller.store_id, number)
        return good_in_stock(asked, found, this_year)

    def _check_address(self, url: str | None) -> None:
        try:
            if url is not None:
                self.addresses.parse(url)
        except AddressRefused as refusal:
            raise InvalidInput([FieldError("simulation.webhook_url", refusal.code, refusal.detail)]) from refusal
