"""Bureaus' messages in the table, and where they may come from (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import OPEN
from lastro.aws.dynamodb.keys import negativations as negativation_keys
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Table, Update, Write
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.observing.tracing import current_request
from lastro.negativations.events.model import BureauEvent
from lastro.negativations.identity import arrival_id_of
from lastro.negativations.pages import place_of
from lastro.negativations.ports import Standing, Told

UNJOINED = timedelta(days=366)
"""How long a message is kept that belongs to no listing; one that does ends with it (docs/retention.md)."""

_SCHEMA = 1


@dataclass(frozen=True)
class EventSource:
    """Who may push under a secret address: one integration of a partner.

    ``credential`` is the SHA-256 of the Authorization header that is wanted beside it, ``networks`` are the source
    addresses; empty where nothing is wanted. ``tokens``: ``credential`` is what a token is given for, and the token is
    wanted.
    """

    partner_id: str
    provider: str
    environment: str
    integration_id: int
    credential: str = ""
    networks: tuple[str, ...] = ()
    tokens: bool = False

    @property
    def bureau(self) -> str:
        return f"{self.provider}.{self.environment}"


def source_id_of(digest: str) -> str:
    """What a source is called: tells nothing of its secret."""
    return digest[:16]


@dataclass(frozen=True)
class Orphan:
    """A message without a listing; ``place`` is where the sweep found it, ``request_id`` that of the bureau's call."""

    event: BureauEvent
    place: str
    request_id: str | None = None


class EventStore:
    """Messages of every bureau."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put_source(self, digest: str, source: EventSource, branch_id: int) -> None:
        """Keep a source of a branch under the SHA-256 of its secret, which is random and new: no other is ever in its
        place.
        """
        item = {"entity": "event_source", "schema": _SCHEMA, "version": 1, **asdict(source)}
        place = {"entity": "branch_event_source", "schema": _SCHEMA, "version": 1, "digest": digest}
        at = negativation_keys.branch_event_source(source.partner_id, branch_id, source_id_of(digest))
        self._table.transact(
            [
                Put(negativation_keys.event_source(digest), {**item, "networks": list(source.networks)}),
                Put(at, place),
            ]
        )

    def list_sources(self, partner_id: str, branch_id: int) -> Mapping[str, str]:
        """SHA-256 of each source of a branch, by the source's id."""
        first = negativation_keys.branch_event_source(partner_id, branch_id)
        found = self._table.query(first.pk, prefix=first.sk)
        return {item["SK"].removeprefix(first.sk): item["digest"] for item in found}

    def remove_source(self, partner_id: str, branch_id: int, digest: str, kept: str | None) -> bool:
        """Nothing is taken under a source's secret from now on; nothing happens where it is gone. False where the one
        that is ``kept`` is no longer there: of two calls that end each other's, one is too late.
        """
        at = negativation_keys.branch_event_source(partner_id, branch_id, source_id_of(digest))
        writes: list[Write] = [Delete(negativation_keys.event_source(digest)), Delete(at)]
        if kept is not None:
            stays = negativation_keys.branch_event_source(partner_id, branch_id, source_id_of(kept))
            writes.append(Update(stays, {"digest": kept}, where={"digest": kept}))
        return self._table.commit(writes)

    def find_source(self, digest: str) -> EventSource | None:
        item = self._table.get(negativation_keys.event_source(digest))
        if item is None:
            return None
        known = {name: item[name] for name in EventSource.__dataclass_fields__ if name in item}
        return EventSource(**{**known, "networks": tuple(item["networks"])})

    def add(self, event: BureauEvent) -> bool:
        """Keep a message; false for one that came before."""
        return self._table.commit([Put(_key(event), _item(event), {"PK": ABSENT})])

    def is_joined(self, event: BureauEvent) -> bool:
        """Whether the message, as it was kept, found its listing."""
        item = self._table.get(_key(event))
        return bool(item and item["listing_id"])

    def keep_unreadable(self, source: EventSource, digest: str, body: str, received_at: datetime) -> None:
        """Keep a message that says nothing we can read, for a person; of the same one again the first stays."""
        item: Item = {
            "entity": "bureau_event",
            "schema": _SCHEMA,
            "version": 1,
            "body": body,
            "received_at": received_at,
        }
        item["expires"] = _expires(received_at)
        at = negativation_keys.bureau_event(source.partner_id, source.bureau, digest, "unreadable")
        item |= {"partner_id": source.partner_id, "bureau": source.bureau}
        item |= arrival_place(source.partner_id, at, received_at)
        self._table.commit([Put(at, item, {"PK": ABSENT})])

    def join(self, event: BureauEvent, listing_id: str) -> bool:
        """Note the listing that a message was about; it is no orphan from now on. False if it has one or is gone."""
        joined = Update(
            _key(event),
            assign={"listing_id": listing_id},
            remove=("open_pk", "open_sk", "by_owner_pk", "by_owner_sk", "expires"),
            where={"entity": "bureau_event", "listing_id": None},
        )
        return self._table.commit([joined])

    def find(self, partner_id: str, bureau: str, uuid: str) -> Sequence[BureauEvent]:
        """Every message about one request; of each act and standing there is one at most."""
        pk = negativation_keys.bureau_event(partner_id, bureau, uuid, "").pk
        return [to_event(item) for item in self._table.query(pk) if "told" in item]

    def list_orphans(self, before: datetime) -> Iterator[Orphan]:
        """Messages without a listing that are to be looked for by a moment, the longest due first."""
        partitions = keys.open_partitions(negativation_keys.OPEN_ORPHANS)
        # "~" stands behind every request of that very moment.
        found = self._table.query_merged(partitions, index=OPEN, at_most=f"{format_moment(before)}~")
        for item in self._table.read_whole(found):
            if "open_sk" in item:  # else it was joined a moment ago
                yield Orphan(to_event(item), item["open_sk"], item.get("request_id"))

    def postpone(self, orphan: Orphan, look_at: datetime) -> bool:
        """Look for a message's listing again at a moment; false when somebody did, or it was joined."""
        event = orphan.event
        index = negativation_keys.orphan_index(event.told.uuid, format_moment(look_at))
        # One that was kept before such were shown to their partner is from now on.
        index |= arrival_place(event.partner_id, _key(event), event.received_at)
        return self._table.commit([Update(_key(event), assign=index, where={"open_sk": orphan.place})])


def _key(event: BureauEvent) -> keys.Key:
    return negativation_keys.bureau_event(event.partner_id, event.bureau, event.told.uuid, event.name)


def _item(event: BureauEvent) -> Item:
    item = {
        "entity": "bureau_event",
        "schema": _SCHEMA,
        "version": 1,
        "partner_id": event.partner_id,
        "bureau": event.bureau,
        "told": {**asdict(event.told), "standing": event.told.standing.value},
        "received_at": event.received_at,
        "listing_id": event.listing_id,
        "request_id": current_request(),
    }
    if event.listing_id:
        return item
    return {
        **item,
        "expires": _expires(event.received_at),
        **negativation_keys.orphan_index(event.told.uuid, format_moment(event.received_at)),
        **arrival_place(event.partner_id, _key(event), event.received_at),
    }


def arrival_place(partner_id: str, key: keys.Key, received_at: datetime) -> dict[str, str]:
    """Attributes that keep what was told where its partner sees it, until a person or a listing takes it."""
    return negativation_keys.arrival_index(partner_id, place_of(received_at, arrival_id_of(f"{key.pk}|{key.sk}")))


def _expires(received_at: datetime) -> int:
    return int((received_at + UNJOINED).timestamp())


def to_event(item: Mapping[str, Any]) -> BureauEvent:
    told = Told(**{**item["told"], "standing": Standing(item["told"]["standing"])})
    received_at = read_moment(item["received_at"])
    return BureauEvent(item["partner_id"], item["bureau"], told, received_at, item["listing_id"])
