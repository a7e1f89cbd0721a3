"""Debtors in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER
from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.retained import retain
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Write
from lastro.kernel.calendar import read_moment
from lastro.kernel.documents import parse_document
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.retention import Record
from lastro.negativations.debtors.model import Address, Debtor, Sex
from lastro.negativations.pages import merge_newest_first, place_of

DEBTOR_RECORD = "debtor"
"""What a debtor is called among the records of a person (``kernel/retention.py``)."""

_SCHEMA = 1


class DebtorStore(FirstAnswers):
    """Debtors of every partner; reads that decide are consistent."""

    def find(self, partner_id: str, debtor_id: str) -> Debtor | None:
        item = self._table.get(keys.debtor(partner_id, debtor_id))
        return _to_debtor(item) if item else None

    def find_many(self, partner_id: str, debtor_ids: Iterable[str]) -> Mapping[str, Debtor]:
        """Those that exist, by id: a hundred a round trip."""
        wanted = {keys.debtor(partner_id, each): each for each in debtor_ids}
        return {wanted[key]: _to_debtor(item) for key, item in self._table.get_many(wanted).items()}

    def find_before(
        self, partner_id: str, debtor_id: str, keyed: KeyedRequest | None, now: datetime
    ) -> tuple[str | None, Debtor | None]:
        """The first answer to the attempt and the debtor, as far as there are any: one round trip.

        Raises ``Conflict`` when its key came with another request.
        """
        at = keys.debtor(partner_id, debtor_id)
        first, found = self._find_with(keyed, now, [at])
        return first, _to_debtor(found[at]) if at in found else None

    def add(self, debtor: Debtor, answered: Answered | None = None) -> bool:
        """Keep a new debtor; false when it is there by now, or the same request was first."""
        return self._commit(debtor_writes(debtor), answered)

    def replace(self, debtor: Debtor) -> bool:
        """Put a debtor in the place of the version before it; false when that is no longer there."""
        return self._commit(debtor_writes(debtor))

    def list_places(self, partner_id: str, *, after: str, page: int) -> Iterator[str]:
        """Places of a partner's debtors, newest first, from below that of an earlier one; ``page`` rows a read."""
        shards = (
            self._table.query(
                keys.debtor_index(partner_id, shard)["by_owner_pk"],
                index=BY_OWNER,
                newest_first=True,
                at_most=after,
                limit=page,
            )
            for shard in range(keys.BOLETO_SHARDS)
        )
        for place in merge_newest_first([(item["by_owner_sk"] for item in shard) for shard in shards]):
            if place != after:
                yield place


def debtor_writes(debtor: Debtor) -> list[Write]:
    """The writes of a new debtor, two, or of the next version of one; refused if another is stored."""
    at, item = keys.debtor(debtor.partner_id, debtor.id), _debtor_item(debtor)
    if debtor.version > 1:
        return [Put(at, item, {"version": debtor.version - 1})]
    record = Record(debtor.partner_id, debtor.document.value, DEBTOR_RECORD, debtor.id)
    return [Put(at, item, {"PK": ABSENT}), retain(record, debtor.created_at)]


def _debtor_item(debtor: Debtor) -> Item:
    item = {name: getattr(debtor, name) for name in Debtor.__dataclass_fields__}
    item |= {
        "document": debtor.document.value,
        "sex": debtor.sex.value if debtor.sex else None,
        "birth_date": debtor.birth_date.isoformat() if debtor.birth_date else None,
        "address": asdict(debtor.address),
        **keys.debtor_index(debtor.partner_id, keys.boleto_shard(debtor.id), place_of(debtor.created_at, debtor.id)),
    }
    return {"entity": "debtor", "schema": _SCHEMA, **item}


def _to_debtor(item: Item) -> Debtor:
    known = {name: item[name] for name in Debtor.__dataclass_fields__}
    return Debtor(
        **{
            **known,
            "document": parse_document(item["document"]),
            "sex": Sex(item["sex"]) if item["sex"] else None,
            "birth_date": date.fromisoformat(item["birth_date"]) if item["birth_date"] else None,
            "address": Address(**item["address"]),
            "created_at": read_moment(item["created_at"]),
            "updated_at": read_moment(item["updated_at"]),
        }
    )
