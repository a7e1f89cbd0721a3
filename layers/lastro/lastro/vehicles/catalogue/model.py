"""The models of vehicles that a partner may sell, as its licensed table has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum

from lastro.kernel.dataclass import dataclass


class _Listed(Enum):
    """One of a closed list: its number, its word in tables and its name in Portuguese."""

    @property
    def id(self) -> int:
        return int(self.value[0])

    @property
    def code(self) -> str:
        return str(self.value[1])

    @property
    def label(self) -> str:
        return str(self.value[2])


class Fuel(_Listed):
    """What a vehicle runs on; numbers never change."""

    GASOLINE = (1, "gasolina", "Gasolina")
    ETHANOL = (2, "etanol", "Etanol")
    FLEX = (3, "flex", "Flex")
    DIESEL = (4, "diesel", "Diesel")
    ELECTRIC = (5, "eletrico", "Elétrico")
    HYBRID = (6, "hibrido", "Híbrido")
    GAS = (7, "gnv", "GNV")


class VehicleType(_Listed):
    """Kinds of vehicles; numbers never change."""

    CAR = (1, "carro", "Carro")
    MOTORCYCLE = (2, "moto", "Moto")
    TRUCK = (3, "caminhao", "Caminhão")


@dataclass(frozen=True)
class ListedModel:
    """A line of the table; amounts in cents, ``price_month`` is the first of the month that the price is of."""

    molicar_code: str
    fipe_code: str | None
    brand: str
    name: str
    version: str
    year_start: int
    year_end: int
    fuel: Fuel
    vehicle_type: VehicleType
    price_cents: int | None
    price_month: str | None


@dataclass(frozen=True)
class VehicleModel:
    """A line with its number; what left the table stays known and is no longer ``active``."""

    id: int
    brand_id: int
    listed: ListedModel
    active: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Catalogue:
    """A partner's models in order of number; version 0 has none."""

    version: int
    models: tuple[VehicleModel, ...]
    brands: tuple[str, ...]
    """The brand numbered n is the n-th, counted from 1."""


EMPTY = Catalogue(0, (), ())


def merge_table(before: Catalogue, table: Sequence[ListedModel], now: datetime) -> Catalogue:
    """The catalogue after a table: a Molicar code keeps its number for ever, and a brand its own.

    The same table again changes nothing but the version.
    """
    listed = {line.molicar_code: line for line in table}
    brands = dict.fromkeys((*before.brands, *(line.brand for line in table)))
    number_of = {brand: number for number, brand in enumerate(brands, 1)}
    models = []
    for model in before.models:
        line = listed.pop(model.listed.molicar_code, None)
        changed = replace(
            model,
            listed=line or model.listed,
            brand_id=number_of[(line or model.listed).brand],
            active=line is not None,
        )
        models.append(model if changed == model else replace(changed, updated_at=now))
    first = before.models[-1].id + 1 if before.models else 1
    models += [
        VehicleModel(number, number_of[line.brand], line, True, now, now)
        for number, line in enumerate(listed.values(), first)
    ]
    return Catalogue(before.version + 1, tuple(models), tuple(brands))
