"""Vehicles and models for other contexts: what a store has for sale, and what a partner's catalogue says of a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lastro.kernel.dataclass import dataclass
from lastro.vehicles.catalogue.model import VehicleModel
from lastro.vehicles.stock.model import Description

if TYPE_CHECKING:
    from lastro.vehicles.catalogue.store import CatalogueStore
    from lastro.vehicles.stock.store import StockStore


@dataclass(frozen=True)
class VehicleForSale:
    """A vehicle of a store's stock with its model. Amounts in cents, kilometres."""

    id: int
    described: Description
    molicar_code: str | None
    model: Mapping[str, Any] | None


@dataclass(frozen=True)
class Showroom:
    """What stores sell."""

    stock: StockStore
    catalogue: CatalogueStore

    def find_vehicle(self, partner_id: str, store_id: int, vehicle_id: int) -> VehicleForSale | None:
        """One that is for sale in the store; ``None`` for another's, and for what left the stock."""
        found = self.stock.find(store_id, vehicle_id)
        if found is None or found.removed_at is not None:
            return None
        models = self.catalogue.find(partner_id).catalogue.models
        number = found.described.vehicle_model_id
        model = models[number - 1] if number <= len(models) else None
        molicar = model.listed.molicar_code if model else None
        return VehicleForSale(found.id, found.described, molicar, tell_model(model) if model else None)

    def find_model(self, partner_id: str, molicar_code: str | None, model_id: str | None) -> Mapping[str, Any] | None:
        """What the partner's catalogue says of a model, by its Molicar code, else by its number there."""
        for model in self.catalogue.find(partner_id).catalogue.models:
            if molicar_code == model.listed.molicar_code or (molicar_code is None and model_id == str(model.id)):
                return tell_model(model)
        return None


def tell_model(model: VehicleModel) -> Mapping[str, Any]:
    """A model as another context keeps and shows it: plain values."""
    listed = model.listed
    return {
        "id": model.id,
        "brand": listed.brand,
        "name": listed.name,
        "version": listed.version,
        "molicar_code": listed.molicar_code,
        "fipe_code": listed.fipe_code,
        "year_start": listed.year_start,
        "year_end": listed.year_end,
        "active": model.active,
        "fuel": {"id": listed.fuel.id, "code": listed.fuel.code, "name": listed.fuel.label},
        "vehicle_type": {
            "id": listed.vehicle_type.id,
            "code": listed.vehicle_type.code,
            "name": listed.vehicle_type.label,
        },
    }
