"""Restoring the table to a moment, into a new one, and comparing the two."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.attributes import decode
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.table import Item, Table
from lastro.kernel.dataclass import dataclass

_TOGETHER = 100
_LOOK_SECONDS = 20.0

Sleep = Callable[[float], None]


@dataclass(frozen=True)
class Comparison:
    """Items of a table against those of another, counted by ``entity``."""

    same: Counter[str]
    different: Counter[str]
    missing: Counter[str]
    """In the first alone."""
    extra: int
    """In the second alone."""


def restore(source: str, target: str, at: datetime | None = None, *, sleep: Sleep = time.sleep) -> None:
    """Restore a table as it was at a moment, the latest possible by default, into a new one, and wait for it.

    A restored table has its indexes and items and neither TTL, nor point-in-time recovery, nor protection against its
    deletion: they are switched on here. Raises ``AWS_FAULTS``, when a table of the new name exists among them.
    """
    client = open_client("dynamodb")
    moment: dict[str, Any] = {"RestoreDateTime": at} if at else {"UseLatestRestorableTime": True}
    client.restore_table_to_point_in_time(SourceTableName=source, TargetTableName=target, **moment)
    while client.describe_table(TableName=target)["Table"]["TableStatus"] != "ACTIVE":
        sleep(_LOOK_SECONDS)
    client.update_time_to_live(TableName=target, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})
    client.update_continuous_backups(
        TableName=target, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    client.update_table(TableName=target, DeletionProtectionEnabled=True)


def compare(source: str, target: str) -> Comparison:
    """Compare every item, a hundred a round trip; reads both tables whole, which is charged."""
    same, different, missing = Counter[str](), Counter[str](), Counter[str]()
    other = Table(target)
    chunk: list[Item] = []
    for item in _scan(source):
        chunk.append(item)
        if len(chunk) == _TOGETHER:
            _compare(chunk, other, same, different, missing)
            chunk = []
    _compare(chunk, other, same, different, missing)
    found = sum(same.values()) + sum(different.values())
    return Comparison(same, different, missing, sum(1 for _ in _scan(target)) - found)


def _compare(
    chunk: list[Item], other: Table, same: Counter[str], different: Counter[str], missing: Counter[str]
) -> None:
    found = other.get_many(Key(item["PK"], item["SK"]) for item in chunk)
    for item in chunk:
        kind = str(item.get("entity", "?"))
        twin = found.get(Key(item["PK"], item["SK"]))
        (missing if twin is None else same if twin == item else different)[kind] += 1


def _scan(name: str) -> Iterator[Item]:
    request: dict[str, Any] = {"TableName": name, "ConsistentRead": True}
    while True:
        page = open_client("dynamodb").scan(**request)
        for item in page["Items"]:
            yield {attribute: decode(value) for attribute, value in item.items()}
        if "LastEvaluatedKey" not in page:
            return
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
