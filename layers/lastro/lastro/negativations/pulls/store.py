"""Which integrations are to be followed, and records that nobody knows (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from lastro.aws.dynamodb.keys import OPEN
from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Table, Update, Write
from lastro.negativations.ports import Record

UNSEEN = timedelta(days=366)
"""How long a record that nobody asked for is kept after it was seen last (docs/retention.md)."""

_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Pull:
    """An integration whose records are read, for the branch with the CNPJ ``creditor``."""

    partner_id: str
    integration_id: int
    creditor: str


class PullStore:
    """Integrations of bureaus that do not push, from their first listing on."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def list_due(self, before: str) -> Iterator[tuple[Pull, str]]:
        """Those to be read by an ISO moment, the longest due first, with the moment that they are due at."""
        found = self._table.query(keys.pull_index()["open_pk"], index=OPEN, at_most=before)
        for item in self._table.read_whole(found):
            yield Pull(item["partner_id"], item["integration_id"], item["creditor"]), item["open_sk"]

    def postpone(self, pull: Pull, due_at: str, later: str) -> bool:
        """Take what is due at a moment and leave it until a later one; false when another run did."""
        index = keys.pull_index(later)
        return self._table.commit([Update(keys.pull(pull.integration_id), assign=index, where={"open_sk": due_at})])

    def drop(self, pull: Pull, due_at: str) -> bool:
        """Follow no longer what is due at a moment; false when another run took it meanwhile."""
        return self._table.commit([Delete(keys.pull(pull.integration_id), {"open_sk": due_at})])

    def keep_stranger(self, pull: Pull, record: Record, at: str) -> None:
        """Keep a record that the bureau lists and nobody here asked for.

        The last reading replaces the one before: it tells how the record stands, and no two read one integration at
        once (``postpone``).
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
            "expires": int((datetime.fromisoformat(at) + UNSEEN).timestamp()),
        }
        place = keys.foreign_record(pull.partner_id, record.person.value, record.contract, pull.integration_id)
        self._table.write(Put(place, item))

    def list_strangers(self, partner_id: str) -> Iterator[Item]:
        """A partner's records that nobody here asked for, page by page as they are consumed."""
        yield from self._table.query(keys.foreign_record(partner_id, "", "", 0).pk)


def follow_writes(table: Table, pull: Pull, due_at: str) -> list[Write]:
    """The write that puts an integration among those that are followed; none where it is.

    Its row is not written again: all listings of an integration would stand in each other's way, and each would have
    every record read anew.
    """
    at = keys.pull(pull.integration_id)
    if table.get(at):
        return []
    item = {"entity": "pull", "schema": _SCHEMA, "version": 1, **asdict(pull), **keys.pull_index(due_at)}
    return [Put(at, item, {"PK": ABSENT})]
