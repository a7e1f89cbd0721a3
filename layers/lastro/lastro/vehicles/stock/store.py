"""Stores' vehicles in the table, for sale or gone, each under its store.

Plates, chassis and Renavams point to those for sale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import Key, sequence
from lastro.aws.dynamodb.keys import vehicles as keys
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, AbsentOr, Delete, Item, Put, Table, Write
from lastro.kernel.calendar import format_moment
from lastro.kernel.keyed_request import Answered
from lastro.vehicles.stock.model import Description, StockChange, Vehicle
from lastro.wire.things.vehicles import mercosur_plate

_SCHEMA = 1


class StockStore(FirstAnswers):
    """The stock of every store."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._ids = NumberSequence(table, sequence("vehicle"))

    def reserve_id(self) -> int:
        return self._ids.take(1)

    def find(self, store_id: int, vehicle_id: int) -> Vehicle | None:
        """One of the store's, for sale or not."""
        at = keys.stock_vehicle(store_id, vehicle_id), keys.removed_vehicle(store_id, vehicle_id)
        found = self._table.get_many(at)
        return next((_to_vehicle(found[key]) for key in at if key in found), None)

    def find_by_plate(self, store_id: int, plate: str) -> Vehicle | None:
        """The one for sale with this plate, of either form."""
        return self._find_by(store_id, keys.stock_plate(store_id, mercosur_plate(plate)))

    def find_by_chassi(self, store_id: int, chassi: str) -> Vehicle | None:
        """The one for sale with this chassis number."""
        return self._find_by(store_id, keys.stock_chassi(store_id, chassi))

    def list_after(self, store_id: int, vehicle_id: int, limit: int) -> list[Vehicle]:
        """Up to ``limit`` for sale with a higher number, in order."""
        first, last = keys.stock_vehicle(store_id, vehicle_id + 1), keys.stock_vehicle(store_id, 10**12 - 1)
        if first.sk > last.sk:
            return []
        found = self._table.query(first.pk, at_least=first.sk, at_most=last.sk, limit=limit)
        return [_to_vehicle(item) for item in islice(found, limit)]

    def list_changes(self, store_id: int, vehicle_id: int, limit: int) -> list[StockChange]:
        """The first ``limit`` acts on a vehicle."""
        first = keys.stock_change(store_id, vehicle_id, 1)
        prefix = keys.stock_changes(vehicle_id)
        return [_to_change(item) for item in islice(self._table.query(first.pk, prefix=prefix, limit=limit), limit)]

    def find_holder(self, store_id: int, described: Description, vehicle_id: int) -> int | None:
        """The number of another vehicle for sale with the plate, the chassis number or the Renavam of this one."""
        found = self._table.get_many(_names(store_id, described))
        return next((item["vehicle_id"] for item in found.values() if item["vehicle_id"] != vehicle_id), None)

    def put_new(self, store_id: int, vehicle: Vehicle, change: StockChange, answered: Answered | None) -> bool:
        """Keep a new vehicle. False when another has its plate, chassis or Renavam, or the same request was first."""
        put = Put(keys.stock_vehicle(store_id, vehicle.id), _to_item(vehicle), {"PK": ABSENT})
        named = [_name(key, vehicle.id) for key in _names(store_id, vehicle.described)]
        return self._commit([put, *named, _history(store_id, vehicle.id, change)], answered)

    def replace(self, store_id: int, before: Vehicle, vehicle: Vehicle, change: StockChange) -> bool:
        """Keep the next version. False when somebody else changed it, or another has one of its names by now."""
        put = Put(keys.stock_vehicle(store_id, vehicle.id), _to_item(vehicle), {"version": before.version})
        old, new = _names(store_id, before.described), _names(store_id, vehicle.described)
        named: list[Write] = [_name(key, vehicle.id) for key in new if key not in old]
        named += [_unname(key, vehicle.id) for key in old if key not in new]
        return self._commit([put, *named, _history(store_id, vehicle.id, change)])

    def remove(self, store_id: int, vehicle: Vehicle, change: StockChange) -> bool:
        """Take a vehicle out of the stock; its names are free again. False when somebody changed it."""
        writes: list[Write] = [
            Delete(keys.stock_vehicle(store_id, vehicle.id), {"version": vehicle.version - 1}),
            Put(keys.removed_vehicle(store_id, vehicle.id), _to_item(vehicle), {"PK": ABSENT}),
            _history(store_id, vehicle.id, change),
        ]
        writes += [_unname(key, vehicle.id) for key in _names(store_id, vehicle.described)]
        return self._commit(writes)

    def _find_by(self, store_id: int, at: Key) -> Vehicle | None:
        name = self._table.get(at)
        item = self._table.get(keys.stock_vehicle(store_id, name["vehicle_id"])) if name else None
        return _to_vehicle(item) if item else None


def _names(store_id: int, described: Description) -> Sequence[Key]:
    plate, chassi, renavam = described.license_plate_code, described.chassi_code, described.renavam_code
    names = [keys.stock_plate(store_id, mercosur_plate(plate))] if plate else []
    names += [keys.stock_chassi(store_id, chassi)] if chassi else []
    return [*names, keys.stock_renavam(store_id, renavam)] if renavam else names


def _name(key: Key, vehicle_id: int) -> Put:
    return Put(key, {"entity": "stock_name", "schema": _SCHEMA, "vehicle_id": vehicle_id}, {"PK": ABSENT})


def _unname(key: Key, vehicle_id: int) -> Delete:
    # What was taken in before its Renavam was a name of it has none there.
    return Delete(key, {"vehicle_id": AbsentOr(vehicle_id)})


def _history(store_id: int, vehicle_id: int, change: StockChange) -> Put:
    item = {
        "entity": "stock_change",
        "schema": _SCHEMA,
        "version": change.version,
        "act": change.act,
        "at": format_moment(change.at),
        "principal": change.principal,
        "changes": {name: list(pair) for name, pair in change.changes.items()},
    }
    return Put(keys.stock_change(store_id, vehicle_id, change.version), item, {"PK": ABSENT})


def _to_item(vehicle: Vehicle) -> Item:
    return {
        "entity": "vehicle",
        "schema": _SCHEMA,
        "id": vehicle.id,
        "version": vehicle.version,
        **asdict(vehicle.described),
        "created_at": format_moment(vehicle.created_at),
        "updated_at": format_moment(vehicle.updated_at),
        "removed_at": format_moment(vehicle.removed_at),
    }


def _to_vehicle(item: Mapping[str, Any]) -> Vehicle:
    removed_at = item["removed_at"]
    return Vehicle(
        id=item["id"],
        described=Description(**{each.name: item[each.name] for each in fields(Description)}),
        version=item["version"],
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        removed_at=datetime.fromisoformat(removed_at) if removed_at else None,
    )


def _to_change(item: Mapping[str, Any]) -> StockChange:
    changes = {name: (before, after) for name, (before, after) in item["changes"].items()}
    at = datetime.fromisoformat(item["at"])
    return StockChange(item["version"], item["act"], at, item["principal"], changes)
