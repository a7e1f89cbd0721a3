"""Stores' prices of models in the table, each with its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.keys import sequence
from lastro.aws.dynamodb.keys import vehicles as keys
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, Put, Table
from lastro.kernel.calendar import format_moment
from lastro.vehicles.prices.model import Asked, ModelPrice, PriceChange

_SCHEMA = 1


class PriceStore:
    """The prices of every store."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._ids = NumberSequence(table, sequence("vehicle_price"))

    def reserve_id(self) -> int:
        return self._ids.take(1)

    def find_store(self, store_id: int) -> Mapping[str, Any]:
        """A store's row."""
        return self._table.get(access_keys.store(store_id)) or {}

    def find(self, store_id: int, model_id: int) -> ModelPrice | None:
        item = self._table.get(keys.model_price(store_id, model_id))
        return _to_price(item) if item else None

    def list_after(self, store_id: int, model_id: int, limit: int) -> list[ModelPrice]:
        """Up to ``limit`` of models with a higher number, in order."""
        first, last = keys.model_price(store_id, model_id + 1), keys.model_price(store_id, 10**12 - 1)
        if first.sk > last.sk:
            return []
        found = self._table.query(first.pk, at_least=first.sk, at_most=last.sk, limit=limit)
        return [_to_price(item) for item in islice(found, limit)]

    def list_changes(self, store_id: int, model_id: int, limit: int) -> list[PriceChange]:
        """The last ``limit`` prices of a model, oldest first."""
        pk, prefix = keys.model_price(store_id, model_id).pk, keys.price_changes(model_id)
        found = self._table.query(pk, prefix=prefix, newest_first=True, limit=limit)
        return [_to_change(item) for item in islice(found, limit)][::-1]

    def replace(self, store_id: int, price: ModelPrice, principal: str) -> bool:
        """Put a price in the place of the version before, with its history. False when that is no longer there."""
        where = {"version": price.version - 1} if price.version > 1 else {"PK": ABSENT}
        asked = asdict(price.asked)
        kept = {
            "entity": "vehicle_price",
            "schema": _SCHEMA,
            "id": price.id,
            "vehicle_model_id": price.vehicle_model_id,
            "version": price.version,
            "asked": asked,
            "created_at": format_moment(price.created_at),
            "updated_at": format_moment(price.updated_at),
        }
        change = {
            "entity": "vehicle_price_change",
            "schema": _SCHEMA,
            "version": price.version,
            "asked": asked,
            "at": format_moment(price.updated_at),
            "principal": principal,
        }
        at = keys.price_change(store_id, price.vehicle_model_id, price.version)
        put = Put(keys.model_price(store_id, price.vehicle_model_id), kept, where)
        return self._table.commit([put, Put(at, change, {"PK": ABSENT})])


def _to_price(item: Mapping[str, Any]) -> ModelPrice:
    return ModelPrice(
        item["id"],
        item["vehicle_model_id"],
        Asked(**item["asked"]),
        item["version"],
        datetime.fromisoformat(item["created_at"]),
        datetime.fromisoformat(item["updated_at"]),
    )


def _to_change(item: Mapping[str, Any]) -> PriceChange:
    return PriceChange(item["version"], Asked(**item["asked"]), datetime.fromisoformat(item["at"]), item["principal"])
