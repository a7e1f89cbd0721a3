"""Customers in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN, Key
from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.retained import release, retain
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Table, Update, Write
from lastro.aws.dynamodb.tallies import COUNTED
from lastro.customers.classes.items import put_change, standing_attributes, to_standing
from lastro.customers.people.exposure import without_unfinished
from lastro.customers.people.model import Customer, name_key
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document, parse_document
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.retention import Record

CUSTOMER_RECORD = "customer"
"""What is kept of a person here (``kernel/retention.py``)."""

_SCHEMA = 1
_PLAIN = ("id", "partner_id", "name", "version", "data")
_MOMENTS = ("created_at", "updated_at")
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True)
class Before:
    """What stood before a creation: an earlier answer to the same request, the customer with this document."""

    first_answer: str | None
    customer_id: int | None


@dataclass(frozen=True)
class Leaving:
    """A customer whose erasure began, and the UUIDs of the accesses to the portal that go with it."""

    customer: Customer
    people: tuple[str, ...]


class CustomerStore(FirstAnswers):
    """Customers of every partner; reads of one are consistent, lists follow within moments."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._ids = NumberSequence(table, keys.sequence("customer"))
        self._parts = NumberSequence(table, keys.sequence("customer_part"))

    def reserve_id(self) -> int:
        return self._ids.take(1)

    def number(self, count: int) -> Iterator[int]:
        """``count`` numbers for parts, taken when the first is wanted."""
        first = self._parts.take(count)
        yield from range(first, first + count)

    def look_before(self, partner_id: str, document: Document, keyed: KeyedRequest | None, now: datetime) -> Before:
        """One round trip. Raises ``Conflict`` when its key came with another request."""
        at = customer_keys.customer_document(partner_id, document.value)
        answer, found = self._find_with(keyed, now, [at])
        return Before(answer, found[at]["id"] if at in found else None)

    def find(self, partner_id: str, customer_id: int) -> Customer | None:
        item = self._table.get(customer_keys.customer(partner_id, customer_id))
        return _to_customer(item) if item else None

    def find_many(self, partner_id: str, ids: Iterable[int]) -> Mapping[int, Customer]:
        """Those that exist, by id: a hundred a round trip."""
        wanted = {customer_keys.customer(partner_id, each): each for each in ids}
        return {wanted[key]: _to_customer(item) for key, item in self._table.get_many(wanted).items()}

    def find_by_document(self, partner_id: str, document: Document) -> Customer | None:
        held = self._table.get(customer_keys.customer_document(partner_id, document.value))
        return self.find(partner_id, held["id"]) if held else None

    def add(self, customer: Customer, answered: Answered | None) -> bool:
        """Keep a new customer; false when there is one with this document by now, or the same request was first."""
        lock = Put(
            customer_keys.customer_document(customer.partner_id, customer.document.value),
            _lock(customer),
            {"PK": ABSENT},
        )
        return self._commit([lock, *self._writes(customer, {"PK": ABSENT})], answered)

    def replace(self, customer: Customer) -> bool:
        """Put a customer in the place of the version before it; false when that is no longer there."""
        return self._commit(self.write_version(customer))

    def write_version(self, customer: Customer) -> list[Write]:
        """The writes of ``replace``, for who writes something of its own beside them."""
        return self._writes(customer, {"version": customer.version - 1})

    def reclassify(self, customer: Customer) -> bool:
        """Keep how a customer's next version is classified, and nothing else of it; false as ``replace``."""
        told = standing_attributes(customer.partner_id, _place(customer), customer.standing)
        update = Update(
            customer_keys.customer(customer.partner_id, customer.id),
            {"version": customer.version, **told},
            remove=() if "open_pk" in told else ("open_pk", "open_sk"),
            where={"version": customer.version - 1},
        )
        return self._commit([update, *_class_changes(customer)])

    def list_class_changes(self, customer: Customer) -> Sequence[Item]:
        """The whole history of a customer's class as it is kept, oldest first."""
        first = customer_keys.class_change(customer.partner_id, customer.id, 0)
        found = self._table.query(first.pk, prefix=customer_keys.CLASS_CHANGE_PREFIX)
        return [
            {name: value for name, value in item.items() if name not in ("PK", "SK", "entity", "schema")}
            for item in found
        ]

    def find_leaving(self, partner_id: str, customer_id: int) -> Leaving | None:
        """A customer whose erasure began: it is no customer to anybody else."""
        item = self._table.get(customer_keys.leaving_customer(partner_id, customer_id))
        return Leaving(_to_customer(item), tuple(item["people"])) if item else None

    def begin_erasure(self, customer: Customer, people: Sequence[str]) -> Leaving | None:
        """Take a customer out of all that is read and written of customers, to be erased with these accesses to the
        portal and those that were given to it meanwhile; ``None`` when somebody was writing it.
        """
        partner_id, number = customer.partner_id, customer.id
        tally = customer_keys.customer_tally(partner_id, number)
        counts = self._table.get(tally)
        # Its counts go with the record, and only as they were read: what is counted meanwhile keeps both, and what was
        # counted before is not forgotten of a customer that stays (``aws/dynamodb/tallies.py``).
        as_read = {name: counts.get(name, ABSENT) for name in COUNTED} if counts else {"PK": ABSENT}
        begun = self._commit(
            [
                Put(customer_keys.leaving_customer(partner_id, number), _leaving_item(customer, people)),
                Delete(customer_keys.customer(partner_id, number), {"version": customer.version}),
                Delete(customer_keys.customer_name(partner_id, number)),
                Delete(customer_keys.customer_document(partner_id, customer.document.value), {"id": number}),
                Delete(tally, as_read),
            ]
        )
        return Leaving(customer, tuple(people)) if begun else None

    def list_accesses(self, partner_id: str, customer_id: int) -> list[str]:
        """UUIDs of the accesses that the partner said to be a customer's."""
        at = customer_keys.customer_access(partner_id, customer_id)
        return [item["person_id"] for item in self._table.query(at.pk, prefix=at.sk)]

    def erase(self, leaving: Leaving) -> None:
        """Remove all that is left under a customer, what leads there last: what a crash leaves is found again."""
        customer = leaving.customer
        last = customer_keys.leaving_customer(customer.partner_id, customer.id)
        rows = [Key(item["PK"], item["SK"]) for item in self._table.query(last.pk, only=("PK", "SK"))]
        self._table.delete_many(key for key in rows if key != last)
        self._commit([Delete(last), release(record_of(customer))])

    def list_ids(
        self,
        partner_id: str,
        *,
        by_name: bool,
        begins: str = "",
        after: str = "",
        descending: bool = False,
        skip: int = 0,
        limit: int,
    ) -> Sequence[tuple[str, int]]:
        """Places and ids of a partner's customers by creation or by name: one query. ``begins`` is a ``name_key``."""
        index = customer_keys.customer_names_index(partner_id) if by_name else customer_keys.customers_index(partner_id)
        least, most = begins, f"{begins}{_AFTER_ALL}" if begins else ""
        if after:
            least, most = (begins, after) if descending else (after, most)
        found = self._table.query(
            index["by_owner_pk"],
            index=BY_OWNER,
            newest_first=descending,
            at_least=least,
            at_most=most,
            limit=min(skip + limit + 1, 1000),
        )
        places = (item["by_owner_sk"] for item in found)
        wanted = (place for place in places if place != after)
        return [(place, int(place.rpartition("#")[2])) for place in islice(wanted, skip, skip + limit)]

    def list_of_class(
        self, partner_id: str, class_id: int, shard: int, after: str, limit: int
    ) -> Sequence[tuple[int, str, int]]:
        """Shards, places and ids of up to ``limit`` customers of a class behind a place of a shard.

        One query where the shard has so many, which it has but at its end.
        """
        found: list[tuple[int, str, int]] = []
        for number in range(shard, customer_keys.CLASS_SHARDS):
            least = after if number == shard else ""
            pk = customer_keys.class_partition(partner_id, class_id, number)
            items = self._table.query(pk, index=OPEN, at_least=least, limit=limit + 1)
            places = (item["open_sk"] for item in items)
            wanted = (place for place in places if place != least)
            found += [(number, place, int(place.rpartition("#")[2])) for place in islice(wanted, limit - len(found))]
            if len(found) == limit:
                break
        return found

    def _writes(self, customer: Customer, where: Mapping[str, object]) -> list[Write]:
        at = customer_keys.customer(customer.partner_id, customer.id)
        name = customer_keys.customer_name(customer.partner_id, customer.id)
        fresh = [retain(record_of(customer), customer.updated_at)] if customer.version == 1 else []
        return [Put(at, _to_item(customer), where), Put(name, _name_item(customer)), *fresh, *_class_changes(customer)]


def _class_changes(customer: Customer) -> list[Write]:
    """The row of the history, where this version of the customer changed its class."""
    change = customer.standing.change
    fresh = change is not None and change.version == customer.version
    return [put_change(customer.partner_id, customer.id, change)] if change and fresh else []


def place_after(moment: str) -> str:
    """The place before every customer that was registered at a moment or later."""
    return f"{moment}#"


def record_of(customer: Customer) -> Record:
    return Record(customer.partner_id, customer.document.value, CUSTOMER_RECORD, str(customer.id))


def _place(customer: Customer) -> str:
    return f"{format_moment(customer.created_at)}#{customer.id:012d}"


def _to_item(customer: Customer) -> Item:
    return {
        "entity": "customer",
        "schema": _SCHEMA,
        **{name: getattr(customer, name) for name in _PLAIN},
        **{name: format_moment(getattr(customer, name)) for name in _MOMENTS},
        "document": customer.document.value,
        **customer_keys.customers_index(customer.partner_id, _place(customer)),
        **standing_attributes(customer.partner_id, _place(customer), customer.standing),
    }


def _leaving_item(customer: Customer, people: Sequence[str]) -> Item:
    """The whole customer, in no list any more."""
    kept = {name: value for name, value in _to_item(customer).items() if not name.endswith(("_pk", "_sk"))}
    return {**kept, "entity": "leaving_customer", "people": list(people)}


def _name_item(customer: Customer) -> Item:
    # A tab sorts before every letter and space: "ana" stands before "ana b".
    place = f"{name_key(customer.name)}\t{_place(customer)}"
    return {
        "entity": "customer_name",
        "schema": _SCHEMA,
        **customer_keys.customer_names_index(customer.partner_id, place),
    }


def _lock(customer: Customer) -> Item:
    return {"entity": "customer_document", "schema": _SCHEMA, "id": customer.id}


def _to_customer(item: Item) -> Customer:
    plain = {name: item[name] for name in _PLAIN}
    plain["data"] = without_unfinished(item["data"])
    plain |= {name: read_moment(item[name]) for name in _MOMENTS}
    return Customer(document=parse_document(item["document"]), standing=to_standing(item), **plain)
