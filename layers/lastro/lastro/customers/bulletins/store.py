"""The board in the table (keys in ``aws/dynamodb/keys/customers.py``).

A bulletin stands with its period in a partition of each of its topics, by its last day, until it is withdrawn: what
reaches somebody today is read there, in one query a topic, without what ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER
from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Update, Write
from lastro.aws.dynamodb.turns import read_turn, take_turn
from lastro.customers.bulletins.model import (
    LAST_DAY,
    Audience,
    Bulletin,
    BulletinKind,
    Everybody,
    OfDevelopments,
    OfGroups,
    OfUnits,
    Period,
    Posting,
    topics_of,
)
from lastro.customers.portal.cursors import place_of
from lastro.customers.portal.people.model import Person, PersonKind, Unit
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.keyed_request import Answered

_SCHEMA = 1
_LAST_ID = 10**12 - 1


@dataclass(frozen=True)
class Receipt:
    """That somebody read a bulletin, and when first."""

    person_id: str
    read_at: datetime


class BulletinStore(FirstAnswers):
    """Bulletins of every partner and who read them; all but the receipts of one bulletin is read consistently."""

    def reserve_id(self) -> int:
        """The next number; numbers are never used twice, by no partner."""
        return self._table.reserve(keys.sequence("bulletin"), 1)

    def find(self, partner_id: str, bulletin_id: int) -> Bulletin | None:
        item = self._table.get(customer_keys.bulletin(partner_id, bulletin_id))
        return _to_bulletin(item) if item else None

    def find_many(self, partner_id: str, ids: Sequence[int]) -> Mapping[int, Bulletin]:
        """Those that there are, by number."""
        found = self._table.get_many(customer_keys.bulletin(partner_id, each) for each in ids)
        return {item["id"]: _to_bulletin(item) for item in found.values()}

    def list_before(self, partner_id: str, bulletin_id: int | None, limit: int) -> list[Bulletin]:
        """Up to ``limit`` bulletins with a lower number, newest first; ``None``: from the newest."""
        last = customer_keys.bulletin(partner_id, _LAST_ID if bulletin_id is None else bulletin_id - 1)
        found = self._table.query(last.pk, newest_first=True, at_most=last.sk, limit=limit)
        return [_to_bulletin(item) for item in islice(found, limit)]

    def list_postings(self, partner_id: str, topic: str, today: date) -> list[Posting]:
        """What stands under a topic and did not end before ``today``, also what did not begin."""
        pk = customer_keys.bulletin_posting(partner_id, topic, "", 0).pk
        return [_to_posting(item) for item in self._table.query(pk, at_least=today.isoformat())]

    def read_turn(self, partner_id: str) -> int:
        """Read before the postings of a partner's topics are counted, for ``add`` and ``replace``."""
        return read_turn(self._table, _turn(partner_id))

    def add(self, partner_id: str, bulletin: Bulletin, turn: int, answered: Answered | None) -> bool:
        """Keep a new bulletin where it is read; false when another came since the turn was read, or the same request
        was first.
        """
        put = Put(customer_keys.bulletin(partner_id, bulletin.id), _to_item(bulletin), {"PK": ABSENT})
        return self._commit([put, *_postings(partner_id, bulletin), take_turn(_turn(partner_id), turn)], answered)

    def replace(self, partner_id: str, before: Bulletin, after: Bulletin, turn: int | None = None) -> bool:
        """Keep the next version, and it stands where that one says; false when somebody else was first. With ``turn``
        it stands where it did not, and another that came since is somebody else too.
        """
        put = Put(customer_keys.bulletin(partner_id, after.id), _to_item(after), {"version": before.version})
        standing = _postings(partner_id, after)
        kept = {write.key for write in standing}
        gone = [Delete(write.key) for write in _postings(partner_id, before) if write.key not in kept]
        writes: list[Write] = [put, *standing, *gone]
        if turn is not None:
            writes.append(take_turn(_turn(partner_id), turn))
        return self._commit(writes)

    # receipts ---------------------------------------------------------------------------------------------------

    def find_read(self, person_id: str, ids: Sequence[int]) -> Mapping[int, datetime]:
        """Which of these bulletins a person read, and when first."""
        found = self._table.get_many(customer_keys.bulletin_receipt(person_id, each) for each in ids)
        return {item["bulletin_id"]: datetime.fromisoformat(item["read_at"]) for item in found.values()}

    def keep_read(self, person: Person, bulletin_id: int, at: datetime) -> datetime | None:
        """When a person read a bulletin first: now, or what was kept; ``None`` of one that was erased meanwhile."""
        key, moment = customer_keys.bulletin_receipt(person.id, bulletin_id), format_moment(at)
        item = {
            "entity": "bulletin_receipt",
            "schema": _SCHEMA,
            "version": 1,
            "bulletin_id": bulletin_id,
            "person_id": person.id,
            "read_at": moment,
            **customer_keys.bulletin_receipts_index(person.partner_id, bulletin_id, place_of(moment, person.id)),
        }
        # Its access is there still, or nothing is written: who erases it finds the receipt.
        stands = Update(customer_keys.portal_person(person.id), {"has_read": True}, where={"id": person.id})
        if self._commit([Put(key, item, {"PK": ABSENT}), stands]):
            return at
        first = self._table.get(key)
        return datetime.fromisoformat(first["read_at"]) if first else None

    def list_receipts(self, partner_id: str, bulletin_id: int, after: str, limit: int) -> list[Receipt]:
        """Up to ``limit`` receipts of a bulletin, newest first, from below a place."""
        index = customer_keys.bulletin_receipts_index(partner_id, bulletin_id, "")
        found = self._table.query(
            index["by_owner_pk"], index=BY_OWNER, newest_first=True, at_most=after, limit=limit + 1
        )
        items = (item for item in found if item["by_owner_sk"] != after)
        return [_to_receipt(item["by_owner_sk"]) for item in islice(items, limit)]


def _turn(partner_id: str) -> str:
    return f"bulletins#{partner_id}"


def _to_receipt(place: str) -> Receipt:
    moment, _, person_id = place.partition("#")
    return Receipt(person_id, datetime.fromisoformat(moment))


def _postings(partner_id: str, bulletin: Bulletin) -> list[Put]:
    """The rows a bulletin stands by; none once it is withdrawn."""
    if bulletin.withdrawn_at is not None:
        return []
    until = bulletin.period.until.isoformat()
    item = {
        "entity": "bulletin_posting",
        "schema": _SCHEMA,
        "version": 1,
        "bulletin_id": bulletin.id,
        "first": bulletin.period.first.isoformat(),
        "until": until,
    }
    return [
        Put(customer_keys.bulletin_posting(partner_id, topic, until, bulletin.id), item)
        for topic in topics_of(bulletin.audience)
    ]


def _to_posting(item: Mapping[str, Any]) -> Posting:
    return Posting(item["bulletin_id"], _to_period(item["first"], item["until"]))


def _to_period(first: str, until: str) -> Period:
    last = date.fromisoformat(until)
    return Period(date.fromisoformat(first), None if last == LAST_DAY else last)


def _to_item(bulletin: Bulletin) -> Item:
    return {
        "entity": "bulletin",
        "schema": _SCHEMA,
        "version": bulletin.version,
        "id": bulletin.id,
        "kind": bulletin.audience.kind.value,
        "audience": _names(bulletin.audience),
        "title": bulletin.title,
        "paragraphs": list(bulletin.paragraphs),
        "first": bulletin.period.first.isoformat(),
        "until": bulletin.period.until.isoformat(),
        "created_at": format_moment(bulletin.created_at),
        "updated_at": format_moment(bulletin.updated_at),
        "withdrawn_at": format_moment(bulletin.withdrawn_at),
    }


def _names(audience: Audience) -> list[Any]:
    match audience:
        case OfDevelopments(names):
            return list(names)
        case OfUnits(units):
            return [[unit.development, unit.name] for unit in units]
        case OfGroups(groups):
            return [group.value for group in groups]
        case Everybody():
            return []


def _to_audience(kind: BulletinKind, names: Sequence[Any]) -> Audience:
    match kind:
        case BulletinKind.DEVELOPMENT:
            return OfDevelopments(tuple(names))
        case BulletinKind.UNIT:
            return OfUnits(tuple(Unit(development, name) for development, name in names))
        case BulletinKind.GROUP:
            return OfGroups(tuple(PersonKind(name) for name in names))
        case BulletinKind.MISCELLANEOUS:
            return Everybody()


def _to_bulletin(item: Mapping[str, Any]) -> Bulletin:
    return Bulletin(
        id=item["id"],
        audience=_to_audience(BulletinKind(item["kind"]), item["audience"]),
        title=item["title"],
        paragraphs=tuple(item["paragraphs"]),
        period=_to_period(item["first"], item["until"]),
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        withdrawn_at=read_moment(item["withdrawn_at"]),
        version=item["version"],
    )
