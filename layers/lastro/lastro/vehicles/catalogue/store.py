"""A partner's catalogue in the table: a head that names the load in force, and that load in packed parts.

A process keeps the load it read last, so that a search reads the head and nothing else until a table is loaded.
"""

from __future__ import annotations

import json
import zlib
from datetime import datetime
from typing import Any

from lastro.aws.dynamodb.keys import vehicles as keys
from lastro.aws.dynamodb.table import AbsentOr, Item, Put, Table
from lastro.kernel.calendar import format_moment
from lastro.kernel.errors import Retryable
from lastro.vehicles.catalogue.model import EMPTY, Catalogue, Fuel, ListedModel, VehicleModel, VehicleType
from lastro.vehicles.catalogue.search import SearchIndex

_SCHEMA = 1
_MODELS_OF_A_PART = 1_500
"""Under 400 KB packed, the most that an item holds, by far."""

_FUELS = {fuel.code: fuel for fuel in Fuel}
_TYPES = {kind.code: kind for kind in VehicleType}


class CatalogueStore:
    """The catalogues of all partners, each read apart."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._read: dict[str, tuple[str, SearchIndex]] = {}

    def find(self, partner_id: str) -> SearchIndex:
        """The catalogue in force with its index: one read while it stays the same, two after a load.

        Raises ``Retryable`` ``catalogue_changed`` when two loads ended in the midst of the reading.
        """
        head = self._table.get(keys.catalogue(partner_id))
        if head is None:
            return SearchIndex(EMPTY)
        load, index = self._read.get(partner_id, ("", SearchIndex(EMPTY)))
        if load != head["load"]:
            index = SearchIndex(self._read_load(partner_id, head))
            self._read = {partner_id: (head["load"], index)}
        return index

    def replace(self, partner_id: str, catalogue: Catalogue, load: str, now: datetime) -> bool:
        """Put a catalogue in force under the name of a load. False when another load was quicker.

        What earlier loads wrote goes, but for the one just replaced, which somebody may be reading.
        """
        before = self._table.get(keys.catalogue(partner_id))
        parts = [
            catalogue.models[at : at + _MODELS_OF_A_PART] for at in range(0, len(catalogue.models), _MODELS_OF_A_PART)
        ]
        self._table.put_many(
            [
                (keys.catalogue_part(partner_id, load, number), _to_part(load, number, part))
                for number, part in enumerate(parts)
            ]
        )
        head = {
            "entity": "catalogue",
            "schema": _SCHEMA,
            "version": catalogue.version,
            "load": load,
            "parts": len(parts),
            "brands": list(catalogue.brands),
            "loaded_at": format_moment(now),
        }
        where = {"version": catalogue.version - 1 if catalogue.version > 1 else AbsentOr(0)}
        if not self._table.commit([Put(keys.catalogue(partner_id), head, where)]):
            return False
        kept = {load, before["load"] if before else load}
        written = self._table.query(keys.catalogue(partner_id).pk, prefix=keys.CATALOGUE_PARTS, only=("load", "number"))
        self._table.delete_many(
            keys.catalogue_part(partner_id, part["load"], part["number"])
            for part in written
            if part["load"] not in kept
        )
        return True

    def _read_load(self, partner_id: str, head: Item) -> Catalogue:
        first = keys.catalogue_part(partner_id, head["load"], 0)
        parts = list(self._table.query(first.pk, prefix=keys.catalogue_load(head["load"])))
        if len(parts) != head["parts"]:
            raise Retryable("the catalogue was replaced twice while it was read", code="catalogue_changed")
        models = tuple(_to_model(each) for part in parts for each in json.loads(zlib.decompress(part["models"])))
        return Catalogue(head["version"], models, tuple(head["brands"]))


def _to_part(load: str, number: int, models: tuple[VehicleModel, ...]) -> Item:
    rows = [_to_row(model) for model in models]
    packed = zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
    return {"entity": "catalogue_part", "schema": _SCHEMA, "load": load, "number": number, "models": packed}


def _to_row(model: VehicleModel) -> list[Any]:
    listed = model.listed
    return [
        model.id,
        model.brand_id,
        model.active,
        format_moment(model.created_at),
        format_moment(model.updated_at),
        listed.molicar_code,
        listed.fipe_code,
        listed.brand,
        listed.name,
        listed.version,
        listed.year_start,
        listed.year_end,
        listed.fuel.code,
        listed.vehicle_type.code,
        listed.price_cents,
        listed.price_month,
    ]


def _to_model(row: list[Any]) -> VehicleModel:
    number, brand_id, active, created_at, updated_at, molicar, fipe, brand, name, version, *rest = row
    start, end, fuel, vehicle_type, price_cents, price_month = rest
    return VehicleModel(
        number,
        brand_id,
        ListedModel(
            molicar,
            fipe,
            brand,
            name,
            version,
            start,
            end,
            _FUELS[fuel],
            _TYPES[vehicle_type],
            price_cents,
            price_month,
        ),
        active,
        datetime.fromisoformat(created_at),
        datetime.fromisoformat(updated_at),
    )
