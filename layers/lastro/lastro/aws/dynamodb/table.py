"""The one DynamoDB table: conditional writes, transactions, batches and queries, every attribute name aliased."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import field
from itertools import islice
from typing import Any, TypeVar

from botocore.exceptions import ClientError

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.attributes import decode_item, encode, encode_item
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.refusals import PASSING, ConditionFailed, until_free
from lastro.aws.settings import read_setting
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable

Item = dict[str, Any]
Batch = TypeVar("Batch", bound=Sized)

_MERGED_PAGE = 200

ABSENT = object()
"""Condition value: the attribute (or the whole item) must not exist."""


@dataclass(frozen=True)
class AtMost:
    """Condition value: the attribute exists and is at most this."""

    limit: int | str


@dataclass(frozen=True)
class AbsentOrAtMost:
    """Condition value: the attribute (or the whole item) does not exist, or is at most this."""

    limit: int | str


@dataclass(frozen=True)
class AbsentOr:
    """Condition value: the attribute (or the whole item) does not exist, or is this."""

    value: int | str | None


@dataclass(frozen=True)
class Put:
    """Write a whole item; with ``where`` only if the stored one agrees."""

    key: Key
    item: Mapping[str, Any]
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Update:
    """Change attributes of one item; ``add`` counts up numbers or grows number sets."""

    key: Key
    assign: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, Any] = field(default_factory=dict)
    remove: Sequence[str] = ()
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Delete:
    """Remove one item."""

    key: Key
    where: Mapping[str, Any] = field(default_factory=dict)


Write = Put | Update | Delete


class _Expression:
    """Collects aliases for names and values while the parts of an expression are spelt."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.values: dict[str, dict[str, Any]] = {}

    def name(self, path: str) -> str:
        parts = []
        for part in path.split("."):
            alias = f"#n{len(self.names)}"
            known = next((a for a, p in self.names.items() if p == part), alias)
            self.names[known] = part
            parts.append(known)
        return ".".join(parts)

    def value(self, value: Any) -> str:
        alias = f":v{len(self.values)}"
        self.values[alias] = encode(value)
        return alias

    def condition(self, where: Mapping[str, Any]) -> str:
        clauses = []
        for path, wanted in where.items():
            if wanted is ABSENT:
                clauses.append(f"attribute_not_exists({self.name(path)})")
            elif isinstance(wanted, AtMost):
                clauses.append(f"{self.name(path)} <= {self.value(wanted.limit)}")
            elif isinstance(wanted, AbsentOrAtMost):
                name = self.name(path)
                clauses.append(f"(attribute_not_exists({name}) OR {name} <= {self.value(wanted.limit)})")
            elif isinstance(wanted, AbsentOr):
                name = self.name(path)
                clauses.append(f"(attribute_not_exists({name}) OR {name} = {self.value(wanted.value)})")
            else:
                clauses.append(f"{self.name(path)} = {self.value(wanted)}")
        return " AND ".join(clauses)

    def parameters(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.names:
            found["ExpressionAttributeNames"] = self.names
        if self.values:
            found["ExpressionAttributeValues"] = self.values
        return found


def _key(key: Key) -> dict[str, dict[str, str]]:
    return {"PK": {"S": key.pk}, "SK": {"S": key.sk}}


def _write(table: str, write: Write) -> dict[str, Any]:
    spelt = _Expression()
    request: dict[str, Any] = {"TableName": table}
    match write:
        case Put():
            request["Item"] = {**encode_item(dict(write.item)), **_key(write.key)}
        case Delete():
            request["Key"] = _key(write.key)
        case Update():
            request["Key"] = _key(write.key)
            clauses = {
                "SET": [f"{spelt.name(name)} = {spelt.value(value)}" for name, value in write.assign.items()],
                "ADD": [f"{spelt.name(name)} {spelt.value(value)}" for name, value in write.add.items()],
                "REMOVE": [spelt.name(name) for name in write.remove],
            }
            request["UpdateExpression"] = " ".join(
                f"{verb} {', '.join(parts)}" for verb, parts in clauses.items() if parts
            )
    if write.where:
        request["ConditionExpression"] = spelt.condition(write.where)
    return {**request, **spelt.parameters()}


def _insert(table: str, item: Item) -> dict[str, Any]:
    """A whole item in PartiQL, which alone refuses one of several without the others (sources: DynamoDB)."""
    names = ", ".join(f"'{name}': ?" for name in item)
    return {"Statement": f'INSERT INTO "{table}" VALUE {{{names}}}', "Parameters": list(item.values())}


def _chunks(things: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]


def _drain(act: Callable[[Batch], Batch], wanted: Batch) -> None:
    """Repeat a batch for what it left over, backing off; a table that keeps refusing is ``Retryable``."""
    for attempt in range(8):
        wanted = act(wanted)
        if not wanted:
            return
        time.sleep(0.02 * 2**attempt)
    raise Retryable("the table refuses part of a batch", code="table_throttled")


class Table:
    """The table named by ``LASTRO_TABLE``."""

    def __init__(self, name: str | None = None) -> None:
        self.name = name or read_setting("LASTRO_TABLE")
        # Every function that opens the table reads it in every call: its client belongs to the start of the process.
        self._client = open_client("dynamodb")

    def get(self, key: Key) -> Item | None:
        """One item, read consistently."""
        found = self._client.get_item(TableName=self.name, Key=_key(key), ConsistentRead=True).get("Item")
        return decode_item(found) if found else None

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Item]:
        """Items that exist among ``keys``, read consistently, a hundred a round trip."""
        found: dict[Key, Item] = {}

        def read(wanted: dict[str, Any]) -> dict[str, Any]:
            answer = self._client.batch_get_item(RequestItems=wanted)
            for item in map(decode_item, answer["Responses"].get(self.name, [])):
                found[Key(item["PK"], item["SK"])] = item
            return answer.get("UnprocessedKeys") or {}

        for chunk in _chunks(list(dict.fromkeys(keys)), 100):
            _drain(read, {self.name: {"Keys": [_key(key) for key in chunk], "ConsistentRead": True}})
        return found

    def read_whole(self, found: Iterable[Item]) -> Iterator[Item]:
        """Whole items of an index's entries in their order, a hundred a round trip as they are consumed.

        Read consistently: what is gone by now is left out, what changed is as it is now.
        """
        entries = iter(found)
        while chunk := [Key(item["PK"], item["SK"]) for item in islice(entries, 100)]:
            items = self.get_many(chunk)
            yield from (items[key] for key in chunk if key in items)

    def query(
        self,
        pk: str,
        *,
        prefix: str = "",
        index: str | None = None,
        newest_first: bool = False,
        at_least: str = "",
        at_most: str = "",
        only: Sequence[str] = (),
        limit: int | None = None,
    ) -> Iterator[Item]:
        """Items of one partition in key order, page by page as they are consumed.

        ``prefix`` or ``at_least``/``at_most`` narrow the sort key; reads of the table itself are consistent.
        """
        spelt = _Expression()
        names = (f"{index}_pk", f"{index}_sk") if index else ("PK", "SK")
        clauses = [f"{spelt.name(names[0])} = {spelt.value(pk)}"]
        if prefix:
            clauses.append(f"begins_with({spelt.name(names[1])}, {spelt.value(prefix)})")
        elif at_least and at_most:
            clauses.append(f"{spelt.name(names[1])} BETWEEN {spelt.value(at_least)} AND {spelt.value(at_most)}")
        elif at_least:
            clauses.append(f"{spelt.name(names[1])} >= {spelt.value(at_least)}")
        elif at_most:
            clauses.append(f"{spelt.name(names[1])} <= {spelt.value(at_most)}")
        request: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": " AND ".join(clauses),
            "ScanIndexForward": not newest_first,
        }
        if index:
            request["IndexName"] = index
        else:
            request["ConsistentRead"] = True
        if only:
            request["ProjectionExpression"] = ", ".join(spelt.name(name) for name in only)
        if limit:
            request["Limit"] = limit
        request |= spelt.parameters()
        while True:
            page = self._client.query(**request)
            yield from map(decode_item, page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def query_merged(self, pks: Sequence[str], *, index: str, at_most: str = "") -> Iterator[Item]:
        """Items of several partitions of an index in the order of their sort keys, in short pages as they are
        consumed: who takes the first few of many reads little of each.
        """
        found = [self.query(pk, index=index, at_most=at_most, limit=_MERGED_PAGE) for pk in pks]
        return heapq.merge(*found, key=lambda item: str(item[f"{index}_sk"]))

    def write(self, write: Write) -> Item:
        """Do one write and return the item's attributes after it (empty for puts and deletes).

        Raises ``ConditionFailed`` when ``where`` does not hold and ``Retryable`` ``transaction_conflict`` when
        transactions stood in the way all along.
        """
        request = _write(self.name, write)
        match write:
            case Put():
                until_free(lambda: self._client.put_item(**request))
            case Delete():
                until_free(lambda: self._client.delete_item(**request))
            case Update():
                answer = until_free(lambda: self._client.update_item(ReturnValues="ALL_NEW", **request))
                return decode_item(answer.get("Attributes", {}))
        return {}

    def transact(self, writes: Sequence[Write]) -> None:
        """Do up to a hundred writes or none.

        Raises ``ConditionFailed`` naming the first refused write and ``Retryable`` ``transaction_conflict`` when others
        were writing the same items all along.
        """
        kinds = {Put: "Put", Update: "Update", Delete: "Delete"}
        requests = [{kinds[type(write)]: _write(self.name, write)} for write in writes]
        until_free(lambda: self._client.transact_write_items(TransactItems=requests))

    def commit(self, writes: Sequence[Write]) -> bool:
        """Do all writes or none. False when something is stored otherwise than a write requires: read again.

        Raises ``Retryable`` ``transaction_conflict`` when others were writing the same items all along.
        """
        try:
            if len(writes) == 1:
                self.write(writes[0])
            else:
                self.transact(writes)
        except ConditionFailed:
            return False
        return True

    def put_many(self, items: Sequence[tuple[Key, Mapping[str, Any]]]) -> None:
        """Write whole items without conditions, twenty-five a round trip, until every one is stored."""

        def write(wanted: dict[str, Any]) -> dict[str, Any]:
            return self._client.batch_write_item(RequestItems=wanted).get("UnprocessedItems") or {}

        requests = [{"PutRequest": {"Item": {**encode_item(dict(item)), **_key(key)}}} for key, item in items]
        for chunk in _chunks(requests, 25):
            _drain(write, {self.name: chunk})

    def put_new(self, items: Mapping[Key, Mapping[str, Any]]) -> list[Key]:
        """Write whole items where there are none, each on its own and twenty-five a round trip; where there was one.

        Where an answer was lost that may be the item itself. Raises ``Retryable`` when the table keeps refusing some.
        """
        there: list[Key] = []

        def write(wanted: dict[Key, dict[str, Any]]) -> dict[Key, dict[str, Any]]:
            answers = self._client.batch_execute_statement(Statements=list(wanted.values()))["Responses"]
            left = {}
            for (key, statement), answer in zip(wanted.items(), answers, strict=True):
                match answer.get("Error", {}).get("Code"):
                    case None:
                        continue
                    case "DuplicateItem":
                        there.append(key)
                    case code if code in PASSING:
                        left[key] = statement
                    case _:
                        raise ClientError(answer, "BatchExecuteStatement")
            return left

        statements = [
            (key, _insert(self.name, {**encode_item(dict(item)), **_key(key)})) for key, item in items.items()
        ]
        for chunk in _chunks(statements, 25):
            _drain(write, dict(chunk))
        return there

    def delete_many(self, found: Iterable[Key]) -> None:
        """Remove items without conditions, twenty-five a round trip, until every one is gone."""

        def write(wanted: dict[str, Any]) -> dict[str, Any]:
            return self._client.batch_write_item(RequestItems=wanted).get("UnprocessedItems") or {}

        requests = [{"DeleteRequest": {"Key": _key(key)}} for key in dict.fromkeys(found)]
        for chunk in _chunks(requests, 25):
            _drain(write, {self.name: chunk})

    def reserve(self, key: Key, count: int) -> int:
        """Take ``count`` consecutive numbers of a sequence and return the first."""
        return int(self.write(Update(key, add={"value": count}))["value"]) - count + 1
