"""A store's prices of the catalogue's models: putting them, reading them, and what they were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.vehicles.catalogue.codes import check_price_month
from lastro.vehicles.catalogue.model import VehicleModel
from lastro.vehicles.errors import (
    ABOVE_DEFAULT_PRICE,
    PRICE_BUSY,
    PRICE_NOT_FOUND,
    TWO_MODELS,
    TWO_STORES,
    UNKNOWN_MODEL,
)
from lastro.vehicles.prices.model import Asked, ModelPrice
from lastro.vehicles.prices.requests import FindPrice, ListPrices, PutPrice, SentPrice
from lastro.vehicles.prices.views import (
    PriceHistory,
    VehiclePriceAnswer,
    VehiclePriceList,
    show_price,
    show_price_change,
)

if TYPE_CHECKING:
    from lastro.vehicles.catalogue.store import CatalogueStore
    from lastro.vehicles.prices.store import PriceStore

MOST_CHANGES = 1_000
"""Prices of a model that its history shows, the last ones."""


@dataclass(frozen=True)
class Prices:
    """Prices of the caller's store."""

    prices: PriceStore
    catalogue: CatalogueStore
    clock: Clock

    def put(self, request: PutPrice, caller: Caller) -> VehiclePriceAnswer:
        """The prices as they were sent; the same again makes no version.

        Raises ``NotFound`` for a model that the catalogue does not have, and ``InvalidInput`` for a least price above
        what is asked, for a month that no price is of, and for a model that the path does not name.
        """
        sent = request.vehicle_price
        store_id = _store_of(sent, caller)
        if sent.vehicle_model_id not in (None, request.vehicle_model_id):
            raise InvalidInput([TWO_MODELS.at("vehicle_price.vehicle_model_id")])
        model = self._model(request.vehicle_model_id, caller)
        faults = check_price_month(sent.price_month, local_date(self.clock.now()), "vehicle_price.price_month")
        if sent.min_price_cents > sent.default_price_cents:
            faults.append(ABOVE_DEFAULT_PRICE.at("vehicle_price.min_price_cents"))
        if faults:
            raise InvalidInput(faults)
        asked = Asked(sent.min_price_cents, sent.default_price_cents, sent.price_month, sent.active)

        def put_once() -> ModelPrice | None:
            now = self.clock.now()
            before = self.prices.find(store_id, model.id)
            if before is not None and before.asked == asked:
                return before
            if before is None:
                after = ModelPrice(self.prices.reserve_id(), model.id, asked, 1, now, now)
            else:
                after = replace(before, asked=asked, version=before.version + 1, updated_at=now)
            return after if self.prices.replace(store_id, after, caller.principal) else None

        price = until_committed(put_once, PRICE_BUSY)
        return VehiclePriceAnswer(vehicle_price=show_price(store_id, self.prices.find_store(store_id), price, model))

    def list(self, request: ListPrices, caller: Caller) -> VehiclePriceList:
        """A page of the store's, in order of the models' numbers."""
        store_id = caller.store_id
        found = self.prices.list_after(store_id, request.after or 0, request.per_page)
        if not found:
            return VehiclePriceList(vehicle_prices=[])
        store = self.prices.find_store(store_id)
        models = self.catalogue.find(caller.partner_id).catalogue.models
        return VehiclePriceList(
            vehicle_prices=[show_price(store_id, store, each, models[each.vehicle_model_id - 1]) for each in found]
        )

    def tell_history(self, request: FindPrice, caller: Caller) -> PriceHistory:
        """What the prices of a model were, month by month. Raises ``NotFound`` where the store never had any."""
        found = self.prices.list_changes(caller.store_id, request.vehicle_model_id, MOST_CHANGES)
        if not found:
            raise PRICE_NOT_FOUND()
        return PriceHistory(history=[show_price_change(change) for change in found])

    def _model(self, number: int, caller: Caller) -> VehicleModel:
        models = self.catalogue.find(caller.partner_id).catalogue.models
        if number > len(models):
            raise UNKNOWN_MODEL()
        return models[number - 1]


def _store_of(sent: SentPrice, caller: Caller) -> int:
    """Raises ``InvalidInput`` where body and header name two stores."""
    if sent.store_id is None:
        return caller.store_id
    if caller.chosen_store not in (None, sent.store_id):
        raise InvalidInput([TWO_STORES.at("vehicle_price.store_id")])
    return caller.own_store(sent.store_id)
