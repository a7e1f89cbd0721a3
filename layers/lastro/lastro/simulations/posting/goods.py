"""The good of a simulation: as it was sent, or as the store's stock has the vehicle that is named. Pure.

What is sent beside a vehicle of the stock must agree with it; what the stock does not say may be sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.simulations.errors import (
    ABOVE_ASSET_VALUE,
    DIFFERS_FROM_STOCK,
    FINANCED_MISMATCH,
    NOT_IN_STOCK,
    NOT_TOLD_BY_STOCK,
)
from lastro.simulations.requests import RequestedSimulation, check_years
from lastro.wire.things.vehicles import mercosur_plate

if TYPE_CHECKING:
    from lastro.vehicles.service import VehicleForSale

_OF_THE_CAR = ("manufacture_year", "model_year", "zero_km", "licensing_uf")
_NAMES = ("chassi_code", "license_plate_code", "renavam_code")
_OF_THE_STOCK = ("color", "km_mileage")


@dataclass(frozen=True)
class Good:
    """What is bought: its value in cents, and the vehicle as a simulation keeps it."""

    value: int
    vehicle: Mapping[str, Any]


def good_sent(asked: RequestedSimulation) -> Good:
    """The good as it was sent."""
    vehicle = asked.vehicle.model_dump(mode="json", exclude={"asset_value", "stock_vehicle_id"})
    return Good(asked.asset_cents, vehicle)


def good_in_stock(asked: RequestedSimulation, found: VehicleForSale | None, this_year: int) -> Good:
    """The good as the stock has it.

    Raises ``InvalidInput`` for a vehicle that is not for sale in this store, and naming all that was sent otherwise
    than the stock has it or is neither sent nor there, down payments above its price and years that cannot be
    together included.
    """
    if found is None:
        raise InvalidInput([NOT_IN_STOCK.at("simulation.vehicle.stock_vehicle_id")])
    sent, errors = asked.vehicle, []
    described = found.described
    vehicle: dict[str, Any] = {"licensing_city": sent.licensing_city}
    for name in _OF_THE_CAR:
        said, known = getattr(sent, name), getattr(described, name)
        if said is None and known is None:
            errors.append(NOT_TOLD_BY_STOCK.at(f"simulation.vehicle.{name}"))
        vehicle[name] = _agreed(f"simulation.vehicle.{name}", said, known, errors)
    number = str(described.vehicle_model_id)
    for name, said, known in (
        ("vehicle_molicar_code", sent.vehicle_molicar_code, found.molicar_code),
        ("credere_vehicle_model_id", sent.credere_vehicle_model_id, number),
    ):
        vehicle[name] = _agreed(f"simulation.vehicle.{name}", said, known, errors)
    for name in _NAMES:
        said, known = getattr(sent, name), getattr(described, name)
        vehicle[name] = _agreed(f"simulation.vehicle.{name}", _as_known(name, said, known), known, errors)
    for field, value in (("vehicle.asset_value", sent.asset_value), ("assets_value", asked.assets_value)):
        _agreed(f"simulation.{field}", value, described.price_cents, errors)
    errors += check_years(vehicle["manufacture_year"], vehicle["model_year"], this_year)
    errors += _check_conditions(asked, described.price_cents)
    if errors:
        raise InvalidInput(errors)
    told = {name: getattr(described, name) for name in _OF_THE_STOCK}
    return Good(described.price_cents, {**vehicle, **told, "stock_vehicle_id": found.id, "model": found.model})


def _as_known(name: str, said: str | None, known: str | None) -> str | None:
    """What was said, in the words of the stock: a plate of the old form is the Mercosur one that replaced it."""
    if name == "license_plate_code" and said and known and mercosur_plate(said) == mercosur_plate(known):
        return known
    return said


def _agreed(field: str, said: Any, known: Any, errors: list[FieldError]) -> Any:
    if said is not None and known is not None and said != known:
        errors.append(DIFFERS_FROM_STOCK.at(field))
    return said if known is None else known


def _check_conditions(asked: RequestedSimulation, price: int) -> list[FieldError]:
    errors = []
    for position, condition in enumerate(asked.conditions):
        field = f"simulation.conditions.{position}"
        if condition.down_payment > price:
            errors.append(ABOVE_ASSET_VALUE.at(f"{field}.down_payment"))
        elif condition.financed_amount not in (None, price - condition.down_payment):
            errors.append(FINANCED_MISMATCH.at(f"{field}.financed_amount"))
    return errors
