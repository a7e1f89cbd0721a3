"""Every AWS request of a process, seen where its clients ask, and priced in units."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from botocore.exceptions import ClientError

from bench.measuring.capacity import Item, read_units, write_units
from lastro.aws.clients import open_client

SERVICES = ("dynamodb", "sqs", "secretsmanager")
_INDEXES = ("by_owner_pk", "open_pk")


@dataclass
class Tally:
    """Requests, item writes and units, added up; picklable, so that worker processes can hand theirs over."""

    requests: Counter[str] = field(default_factory=Counter)
    """By ``service.Operation``."""
    refused: Counter[str] = field(default_factory=Counter)
    """Of those, the ones AWS answered with an error: lost races by conditional writes."""
    item_writes: Counter[str] = field(default_factory=Counter)
    """By what was done to which kind of item."""
    write_units: Counter[str] = field(default_factory=Counter)
    """By kind of item, and ``indexes``."""
    read_units: float = 0.0
    messages_sent: int = 0

    def __iadd__(self, other: "Tally") -> "Tally":
        self.requests += other.requests
        self.refused += other.refused
        self.item_writes += other.item_writes
        self.write_units += other.write_units
        self.read_units += other.read_units
        self.messages_sent += other.messages_sent
        return self


class RequestLog:
    """Counts what this process's clients ask of AWS; ``take`` hands the tally over and starts anew."""

    def __init__(self) -> None:
        self._tally = Tally()
        # Conditions of a batch are stored by several threads.
        self._counting = Lock()
        for service in SERVICES:
            self._watch(open_client(service))

    def take(self) -> Tally:
        with self._counting:
            taken, self._tally = self._tally, Tally()
        return taken

    def _watch(self, client: Any) -> None:
        ask = client.ask

        def ask_and_count(operation: str, /, **params: Any) -> Any:
            try:
                answer = ask(operation, **params)
            except ClientError:
                with self._counting:
                    self._tally.refused[f"{client.service}.{operation}"] += 1
                    self._count(client.service, operation, params, {})
                raise
            with self._counting:
                self._count(client.service, operation, params, answer)
            return answer

        client.ask = ask_and_count

    def _count(self, service: str, operation: str, params: dict[str, Any], parsed: dict[str, Any]) -> None:
        self._tally.requests[f"{service}.{operation}"] += 1
        if service == "dynamodb":
            self._count_units(operation, params, parsed)
        elif operation == "SendMessageBatch":
            self._tally.messages_sent += len(params["Entries"])

    def _count_units(self, operation: str, params: dict[str, Any], parsed: dict[str, Any]) -> None:
        tally = self._tally
        for verb, key, item, factor, names in _writes(operation, params, parsed):
            kind = _kind(key)
            tally.item_writes[f"{verb} {kind}"] += 1
            tally.write_units[kind] += factor * write_units(item)
            # An index entry holds keys only. Assignments and removals of an index's attributes write to it.
            tally.write_units["indexes"] += factor * sum(name in names for name in _INDEXES)
        match operation:
            case "GetItem":
                tally.read_units += read_units([parsed["Item"]] if "Item" in parsed else [])
            case "BatchGetItem":
                found = [item for items in parsed.get("Responses", {}).values() for item in items]
                asked = sum(len(table["Keys"]) for table in params["RequestItems"].values())
                tally.read_units += sum(read_units([item]) for item in found) + asked - len(found)
            case "Query":
                tally.read_units += read_units(parsed.get("Items", [])) * (1 if params.get("ConsistentRead") else 0.5)


def _writes(
    operation: str, params: dict[str, Any], parsed: dict[str, Any]
) -> Iterator[tuple[str, Item, Item, int, Iterable[str]]]:
    """Verb, key, item as charged, factor and attribute names touched, for every item a request writes."""
    match operation:
        case "PutItem":
            yield "put", params["Item"], params["Item"], 1, params["Item"]
        case "UpdateItem":
            # The item after the update is the larger one: what we update only grows.
            yield "update", params["Key"], parsed.get("Attributes", params["Key"]), 1, _names(params)
        case "DeleteItem":
            yield "delete", params["Key"], params["Key"], 1, ()
        case "BatchWriteItem":
            for requests in params["RequestItems"].values():
                for request in requests:
                    item = request["PutRequest"]["Item"]
                    yield "put", item, item, 1, item
        case "BatchExecuteStatement":
            for each in params["Statements"]:
                item = dict(zip(re.findall(r"'(\w+)': \?", each["Statement"]), each["Parameters"], strict=True))
                yield "put", item, item, 1, item
        case "TransactWriteItems":
            for entry in params["TransactItems"]:
                ((verb, write),) = entry.items()
                item = write.get("Item") or write["Key"]
                yield verb.lower(), item, item, 2, write.get("Item") or _names(write)


def _names(write: Mapping[str, Any]) -> list[str]:
    return list(write.get("ExpressionAttributeNames", {}).values())


def _kind(key: Item) -> str:
    return str(key["SK"]["S"]).partition("#")[0].lower()
