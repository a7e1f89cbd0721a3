"""moto's transactions without the copy of the whole table that it makes for every write of every transaction.

A transaction may change nothing but the items that it names, so a snapshot that copies those and shares the rest
undoes a refused one just as well, and takes the same time however much an earlier test left in the table.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table


def _partitions(table: Table, writes: list[dict[str, Any]]) -> set[DynamoType]:
    """The hash keys that a transaction names in a table."""
    operations = [operation for write in writes for operation in write.values()]
    keys = [operation.get("Item") or operation["Key"] for operation in operations]
    return {
        DynamoType(key[table.hash_key_attr])
        for key, operation in zip(keys, operations, strict=True)
        if operation.get("TableName") == table.name
    }


def _snapshot(table: Table, writes: list[dict[str, Any]]) -> Table:
    """The table as it is: the partitions of ``writes`` copied, everything else shared."""
    kept = copy.copy(table)
    kept.items = defaultdict(dict, table.items)
    for partition in _partitions(table, writes):
        if partition in table.items:
            kept.items[partition] = copy.deepcopy(table.items[partition])
    return kept


@contextmanager
def light_transactions() -> Iterator[None]:
    """Meanwhile moto copies for a transaction only the partitions that it writes to, and once."""
    transact = DynamoDBBackend.transact_write_items

    def write(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        snapshots: dict[str, Table] = {}

        def copy_table(table: Table, _memo: dict[int, Any]) -> Table:
            if table.name not in snapshots:
                snapshots[table.name] = _snapshot(table, transact_items)
            return snapshots[table.name]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Table, "__deepcopy__", copy_table, raising=False)
            transact(backend, transact_items)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DynamoDBBackend, "transact_write_items", write)
        yield
