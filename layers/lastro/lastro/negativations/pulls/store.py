"""Which integrations are to be followed, and records that nobody knows (keys in ``aws/dynamodb/keys.py``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import OPEN
from lastro.aws.dynamodb.table import Delete, Item, Put, Table
from lastro.negativations.ports import Record

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

    def list_due(self, before: str) -> Iterator[Pull]:
        """Those to be read by an ISO moment, the longest due first."""
        found = self._table.query(keys.pull_index()["open_pk"], index=OPEN, at_most=before)
        wanted = [keys.Key(item["PK"], item["SK"]) for item in found]
        for item in self._table.get_many(wanted).values():
            yield Pull(item["partner_id"], item["integration_id"], item["creditor"])

    def put(self, pull: Pull, due_at: str) -> None:
        self._table.write(put_pull(pull, due_at))

    def drop(self, pull: Pull) -> None:
        self._table.write(Delete(keys.pull(pull.integration_id)))

    def keep_stranger(self, pull: Pull, record: Record, at: str) -> None:
        """Keep a record that the bureau lists and nobody here asked for."""
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
        }
        self._table.write(Put(keys.foreign_record(pull.partner_id, record.person.value, record.contract), item))

    def list_strangers(self, partner_id: str) -> Iterator[Item]:
        """A partner's records that nobody here asked for."""
        yield from self._table.query(keys.foreign_record(partner_id, "", "").pk)


def put_pull(pull: Pull, due_at: str) -> Put:
    """The write that keeps an integration among those that are followed."""
    item = {"entity": "pull", "schema": _SCHEMA, "version": 1, **asdict(pull), **keys.pull_index(due_at)}
    return Put(keys.pull(pull.integration_id), item)
