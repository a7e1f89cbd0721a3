"""Which integrations are to be followed, and records that nobody knows (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.keys import OPEN
from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Table, Update, Write
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.dataclass import dataclass
from lastro.negativations.identity import arrival_id_of
from lastro.negativations.pages import place_of

if TYPE_CHECKING:
    from lastro.negativations.ports import Record

UNSEEN = timedelta(days=366)
"""How long a record that nobody asked for is kept after it was seen last (docs/retention.md)."""

PART = 5_000
"""Ids of listings that one row holds: some 200 kB, half of what an item may have."""
PARTS_KEPT = timedelta(days=2)
"""How long the parts of a reading that nobody ends are kept."""

_SCHEMA = 1


@dataclass(frozen=True)
class Pull:
    """An integration whose records are read, for the branch with the CNPJ ``creditor``."""

    partner_id: str
    integration_id: int
    creditor: str


@dataclass(frozen=True)
class Reading:
    """How far one reading of an integration's records has come, for the run that goes on with it.

    ``after`` is the bureau's mark of the next page, ``listed`` tells that there is none any more. From then on our own
    listings are looked through, newest first, and ``below`` is the place of the last one. ``parts`` names the rows
    that hold the ids of the listings whose records were read.
    """

    started_at: datetime
    after: str | None = None
    listed: bool = False
    below: str | None = None
    parts: tuple[str, ...] = ()


class PullStore:
    """Integrations of bureaus that do not push, from their first listing on."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def list_due(self, before: datetime) -> Iterator[tuple[Pull, datetime, Reading | None]]:
        """Those to be read by a moment, the longest due first, with that moment and what is left of a reading."""
        found = self._table.query(keys.pull_index()["open_pk"], index=OPEN, at_most=format_moment(before))
        for item in self._table.read_whole(found):
            kept = item.get("reading")
            reading = _to_reading(kept) if kept else None
            pull = Pull(item["partner_id"], item["integration_id"], item["creditor"])
            yield pull, read_moment(item["open_sk"]), reading

    def postpone(self, pull: Pull, due_at: datetime, later: datetime) -> bool:
        """Take what is due at a moment and leave it until a later one; false when another run did."""
        index = keys.pull_index(format_moment(later))
        return self._table.commit([Update(keys.pull(pull.integration_id), assign=index, where={"open_sk": due_at})])

    def pause(self, pull: Pull, held: datetime, reading: Reading, seen: Collection[str], due_at: datetime) -> bool:
        """Keep how far a reading has come and what it saw since it was last kept, due again at a moment; false when the
        integration is no longer held until ``held``.

        Its parts are named after ``held``, which no other run has: who holds it no longer writes nothing of another's.
        """
        names = sorted(seen)
        expires = int((reading.started_at + PARTS_KEPT).timestamp())
        parts = {f"{format_moment(held)}#{start}": names[start : start + PART] for start in range(0, len(names), PART)}
        for name, part in parts.items():
            item: Item = {"entity": "pull_part", "schema": _SCHEMA, "version": 1, "names": part, "expires": expires}
            self._table.write(Put(keys.pull_part(pull.integration_id, name), item))
        kept = asdict(replace(reading, parts=(*reading.parts, *parts)))
        assign = {"reading": kept, **keys.pull_index(format_moment(due_at))}
        return self._table.commit([Update(keys.pull(pull.integration_id), assign=assign, where={"open_sk": held})])

    def read_seen(self, pull: Pull, reading: Reading) -> set[str]:
        """Ids of the listings whose records a reading saw in earlier runs: 4 MB where they are a hundred thousand."""
        found = self._table.get_many(keys.pull_part(pull.integration_id, name) for name in reading.parts)
        return {name for item in found.values() for name in item["names"]}

    def end(self, pull: Pull, held: datetime, reading: Reading) -> None:
        """Forget a reading, at its end or where it cannot be gone on with: the next one begins anew."""
        at = keys.pull(pull.integration_id)
        if self._table.commit([Update(at, remove=("reading",), where={"open_sk": held})]):
            for name in reading.parts:
                self._table.write(Delete(keys.pull_part(pull.integration_id, name)))

    def drop(self, pull: Pull, due_at: datetime) -> bool:
        """Follow no longer what is due at a moment; false when another run took it meanwhile."""
        return self._table.commit([Delete(keys.pull(pull.integration_id), {"open_sk": due_at})])

    def keep_stranger(self, pull: Pull, record: Record, at: datetime) -> None:
        """Keep a record that the bureau lists and nobody here asked for.

        The last reading tells how the record stands; what a person said of it stays.
        """
        item: Item = {
            "entity": "foreign_record",
            "schema": _SCHEMA,
            "version": 1,
            "partner_id": pull.partner_id,
            "integration_id": pull.integration_id,
            "document": record.person.value,
            "contract": record.contract,
            "standing": record.standing.value,
            "record": record.record,
            "seen_at": at,
            "expires": int((at + UNSEEN).timestamp()),
        }
        place = keys.foreign_record(pull.partner_id, record.person.value, record.contract, pull.integration_id)
        shown = keys.arrival_index(pull.partner_id, place_of(at, arrival_id_of(f"{place.pk}|{place.sk}")))
        if not self._table.commit([Put(place, {**item, **shown}, {"PK": ABSENT})]):
            seen = {name: item[name] for name in ("standing", "record", "seen_at", "expires")}
            self._table.commit([Update(place, assign=seen, where={"entity": "foreign_record"})])

    def find_joined(self, pull: Pull, record: Record) -> str | None:
        """Id of the listing that a person said a record is of."""
        place = keys.foreign_record(pull.partner_id, record.person.value, record.contract, pull.integration_id)
        item = self._table.get(place)
        return item.get("listing_id") if item else None

    def list_strangers(self, partner_id: str) -> Iterator[Item]:
        """A partner's records that nobody here asked for, page by page as they are consumed."""
        yield from self._table.query(keys.foreign_record(partner_id, "", "", 0).pk)


def _to_reading(kept: Item) -> Reading:
    return Reading(**{**kept, "started_at": read_moment(kept["started_at"]), "parts": tuple(kept["parts"])})


def follow_writes(table: Table, pull: Pull, due_at: datetime) -> list[Write]:
    """The write that puts an integration among those that are followed; none where it is.

    Its row is not written again: all listings of an integration would stand in each other's way, and each would have
    every record read anew.
    """
    at = keys.pull(pull.integration_id)
    if table.get(at):
        return []
    item = {"entity": "pull", "schema": _SCHEMA, "version": 1, **asdict(pull), **keys.pull_index(format_moment(due_at))}
    return [Put(at, item, {"PK": ABSENT})]
