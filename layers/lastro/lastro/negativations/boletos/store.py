"""Boletos in the table (keys in ``aws/dynamodb/keys``), with the changes that listings must follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN
from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Update, Write
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.observing.tracing import current_request
from lastro.negativations.boletos.model import ENDED, Boleto, Event, Payment, Status
from lastro.negativations.pages import merge_newest_first, place_of

_SCHEMA = 1


@dataclass(frozen=True)
class BoletoEntry:
    """What the key of a boleto tells in its partner's list."""

    id: str
    place: str
    branch_id: int
    status: Status
    due_on: date

    def may_show(self, branch_id: int | None, status: str | None, today: date) -> bool:
        """Whether a list with these filters may show it, as far as its key tells."""
        is_late = self.status is Status.OPEN and self.due_on < today
        told = Status.OVERDUE if is_late else self.status
        return branch_id in (None, self.branch_id) and status in (None, told.value)


@dataclass(frozen=True)
class KeptChange:
    """A change that listings have not followed yet, as its row holds it."""

    partner_id: str
    boleto_id: str
    version: int
    event: Event
    payment_id: str | None
    request_id: str | None


class BoletoStore(FirstAnswers):
    """Boletos of every partner; reads that decide are consistent."""

    def find(self, partner_id: str, boleto_id: str) -> Boleto | None:
        item = self._table.get(keys.boleto(partner_id, boleto_id))
        return _to_boleto(item) if item else None

    def find_many(self, partner_id: str, boleto_ids: Iterable[str]) -> Mapping[str, Boleto]:
        """Those that exist, by id: a hundred a round trip."""
        wanted = {keys.boleto(partner_id, each): each for each in boleto_ids}
        return {wanted[key]: _to_boleto(item) for key, item in self._table.get_many(wanted).items()}

    def find_before(
        self, partner_id: str, boleto_id: str, keyed: KeyedRequest | None, now: datetime
    ) -> tuple[str | None, Boleto | None]:
        """The first answer to the attempt and the boleto, as far as there are any: one round trip.

        Raises ``Conflict`` when its key came with another request.
        """
        at = keys.boleto(partner_id, boleto_id)
        first, found = self._find_with(keyed, now, [at])
        return first, _to_boleto(found[at]) if at in found else None

    def add(self, boleto: Boleto, answered: Answered | None = None) -> bool:
        """Keep a new boleto; false when it is there by now, or the same request was first."""
        return self._commit(put_new_boleto(boleto), answered)

    def change(
        self, boleto: Boleto, event: Event, payment: Payment | None = None, answered: Answered | None = None
    ) -> bool:
        """Put a boleto in the place of the version before it, with the change where listings are to hear of it.

        False when that version is no longer there, or the same request was first.
        """
        return self._commit(change_boleto(boleto, event, payment), answered)

    # lists --------------------------------------------------------------------------------------------------------

    def list_entries(self, partner_id: str, *, after: str, page: int) -> Iterator[BoletoEntry]:
        """A partner's boletos, newest first, from below the place of an earlier one; ``page`` rows a read."""
        shards = (
            self._table.query(
                keys.boleto_index(partner_id, shard)["by_owner_pk"],
                index=BY_OWNER,
                newest_first=True,
                at_most=after,
                limit=page,
            )
            for shard in range(keys.BOLETO_SHARDS)
        )
        for place in merge_newest_first([(item["by_owner_sk"] for item in shard) for shard in shards]):
            created_at, boleto_id, branch, status, due = place.split("#")
            yield BoletoEntry(
                boleto_id, f"{created_at}#{boleto_id}", int(branch), Status(status), date.fromisoformat(due)
            )

    def list_of_debtor(self, partner_id: str, debtor_id: str, *, after: str, page: int) -> Iterator[tuple[str, str]]:
        """(id, place) of a debtor's boletos, newest first, from below the place of an earlier one."""
        # "~" stands behind every place; the place given last is passed by.
        at_most = keys.debtor_boleto(partner_id, debtor_id, after or "~")
        at_least = keys.debtor_boleto(partner_id, debtor_id, "")
        for item in self._table.query(
            at_most.pk, newest_first=True, at_least=at_least.sk, at_most=at_most.sk, limit=page
        ):
            place = item["SK"].removeprefix(keys.DEBTOR_BOLETO_PREFIX)
            if place != after:
                yield place.rpartition("#")[2], place

    # changes ------------------------------------------------------------------------------------------------------

    def list_changes(self, before: datetime) -> Iterator[KeptChange]:
        """Changes that listings have not followed and that are due at a moment, the longest due first."""
        partitions = [keys.boleto_change_index(shard)["open_pk"] for shard in range(keys.BOLETO_SHARDS)]
        latest = format_moment(before)
        for item in self._table.read_whole(self._table.query_merged(partitions, index=OPEN, at_most=latest)):
            if item["open_sk"] > latest:
                continue  # the index is a moment behind
            yield KeptChange(
                item["partner_id"],
                item["boleto_id"],
                item["version"],
                Event(item["event"]),
                item["payment_id"],
                item.get("request_id"),
            )

    def put_off_change(self, change: KeptChange, now: datetime) -> None:
        """Have a change that cannot be followed now looked at behind the others; nothing where it is dropped."""
        at = keys.boleto_change(change.partner_id, change.boleto_id, change.version)
        behind = {"open_sk": keys.boleto_change_index(0, format_moment(now))["open_sk"]}
        self._table.commit([Update(at, behind, where={"entity": "boleto_change"})])

    def drop_change(self, partner_id: str, boleto_id: str, version: int) -> None:
        """Forget a change: listings have followed it."""
        self._table.write(Delete(keys.boleto_change(partner_id, boleto_id, version)))


def put_new_boleto(boleto: Boleto) -> list[Write]:
    """The writes of a new boleto; refused if it is there."""
    pointer = {"entity": "boleto_pointer", "schema": _SCHEMA, "version": 1}
    place = place_of(boleto.created_at, boleto.id)
    return [
        Put(keys.boleto(boleto.partner_id, boleto.id), _boleto_item(boleto), {"PK": ABSENT}),
        Put(keys.debtor_boleto(boleto.partner_id, boleto.debtor_id, place), pointer),
        *_guarantees(boleto),
    ]


def change_boleto(boleto: Boleto, event: Event, payment: Payment | None = None) -> list[Write]:
    """The writes of a boleto's next version; refused if the version before is no longer there."""
    at = keys.boleto(boleto.partner_id, boleto.id)
    writes: list[Write] = [Put(at, _boleto_item(boleto), {"version": boleto.version - 1}), *_guarantees(boleto)]
    if boleto.has_listings:
        kept = {
            "entity": "boleto_change",
            "schema": _SCHEMA,
            "version": boleto.version,
            "partner_id": boleto.partner_id,
            "boleto_id": boleto.id,
            "event": event.value,
            "payment_id": payment.id if payment else None,
            "request_id": current_request(),
            **keys.boleto_change_index(keys.boleto_shard(boleto.debtor_id), format_moment(boleto.updated_at)),
        }
        writes.append(Put(keys.boleto_change(boleto.partner_id, boleto.id, boleto.version), kept))
    return writes


def _guarantees(boleto: Boleto) -> list[Write]:
    """Where a guarantor finds what it answers for, as long as anything is kept of it."""
    item = {"entity": "guarantee", "schema": _SCHEMA, "version": 1}
    return [
        Put(keys.guaranteed_boleto(boleto.partner_id, guarantor, boleto.id), item) for guarantor in boleto.guarantor_ids
    ]


def claim_for_listing(boleto: Boleto) -> Update:
    """The write that makes an act on a listing and every change of its boleto exclude each other.

    Put it into the transaction that makes a listing or lets one be sent: it is refused when the boleto was paid,
    disputed or changed since it was read; from then on changes are told to listings.
    """
    return Update(
        keys.boleto(boleto.partner_id, boleto.id),
        assign={"has_listings": True},
        add={"version": 1},
        where={"version": boleto.version},
    )


def done_step_write(boleto: Boleto) -> Update:
    """The write that marks the step a boleto reached, whose next version ``boleto`` is; refused if it was changed."""
    return Update(
        keys.boleto(boleto.partner_id, boleto.id),
        assign={
            "collection_step": boleto.collection_step,
            "updated_at": boleto.updated_at,
            "open_sk": _collection_place(boleto),
        },
        add={"version": 1},
        where={"version": boleto.version - 1},
    )


def _collection_place(boleto: Boleto) -> str:
    due = boleto.due_on.isoformat()
    return f"{due}#{boleto.id}#{boleto.debtor_id}#{boleto.collection_step}#{boleto.status}"


def _boleto_item(boleto: Boleto) -> Item:
    item = {name: getattr(boleto, name) for name in Boleto.__dataclass_fields__}
    shard = keys.boleto_shard(boleto.debtor_id)
    place = place_of(boleto.created_at, boleto.id)
    due = boleto.due_on.isoformat()
    item |= {
        "due_on": due,
        "status": boleto.status.value,
        "guarantor_ids": list(boleto.guarantor_ids),
        "payments": [_payment_item(payment) for payment in boleto.payments],
        **keys.boleto_index(boleto.partner_id, shard, f"{place}#{boleto.branch_id}#{boleto.status}#{due}"),
    }
    if boleto.status not in ENDED:
        item |= keys.collection_index(boleto.partner_id, boleto.branch_id, shard, _collection_place(boleto))
    return {"entity": "boleto", "schema": _SCHEMA, **item}


def _payment_item(payment: Payment) -> Item:
    item = {name: getattr(payment, name) for name in Payment.__dataclass_fields__}
    return {**item, "paid_on": payment.paid_on.isoformat(), "available_on": payment.available_on.isoformat()}


def _to_payment(item: Item) -> Payment:
    days = {name: date.fromisoformat(item[name]) for name in ("paid_on", "available_on")}
    return Payment(**{**item, **days, "recorded_at": read_moment(item["recorded_at"])})


def _to_boleto(item: Item) -> Boleto:
    known = {name: item[name] for name in Boleto.__dataclass_fields__ if name in item}
    return Boleto(
        **{
            **known,
            "due_on": date.fromisoformat(item["due_on"]),
            "status": Status(item["status"]),
            "guarantor_ids": tuple(item["guarantor_ids"]),
            "payments": tuple(map(_to_payment, item["payments"])),
            "created_at": read_moment(item["created_at"]),
            "updated_at": read_moment(item["updated_at"]),
        }
    )
