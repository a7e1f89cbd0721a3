"""A listing as a row of the table, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.table import Item
from lastro.kernel.calendar import format_moment, local_date, read_moment
from lastro.kernel.documents import Cnpj, parse_document
from lastro.kernel.observing.tracing import request_after
from lastro.negativations.law.notices import Channel, PriorNotice
from lastro.negativations.listings.facts import (
    Act,
    Answer,
    Approval,
    Entry,
    OrderKind,
    Origin,
    Removal,
    RemovalOrder,
    Sending,
    Settlement,
    ToldNotice,
)
from lastro.negativations.listings.model import Listing, concerns_of
from lastro.negativations.listings.subject import Address, Debt, Listed
from lastro.negativations.pages import place_of

_SCHEMA = 1
_MOMENTS = ("created_at", "notified_at", "included_at", "listed_at", "removed_at", "expired_at", "look_at")


def listing_item(listing: Listing) -> Item:
    """The row of a listing, with its places in the indexes."""
    shard = keys.boleto_shard(listing.debtor_id)
    status = listing.status
    told = "#".join(
        (
            status.value,
            listing.origin.value,
            str(listing.branch_id),
            listing.provider,
            str(listing.debt.amount),
            _local_day(listing.included_at),
            _local_day(listing.removed_at),
            listing.removal.reason if listing.removal else "",
            "1" if concerns_of(listing) else "0",
        )
    )
    item: Item = {name: getattr(listing, name) for name in Listing.__dataclass_fields__}
    person, principal = listing.person, listing.principal_person
    item |= {
        "creditor": listing.creditor.value,
        "principal_person": principal.value if principal else None,
        "person": {
            **{name: getattr(person, name) for name in ("name", "phone", "sex", "email")},
            "document": person.document.value,
            "birth_date": _day(person.birth_date),
            "address": asdict(person.address),
        },
        "debt": {**asdict(listing.debt), "due_on": _day(listing.debt.due_on)},
        "origin": listing.origin.value,
        "approval": listing.approval.value,
        "sendings": [
            {**asdict(each), "act": each.act.value, "answer": each.answer.value if each.answer else None}
            for each in listing.sendings
        ],
        "removal": {**asdict(listing.removal), "due_on": _day(listing.removal.due_on)} if listing.removal else None,
        "notices": [
            {
                **asdict(each.notice),
                "channel": each.notice.channel.value,
                "sent_on": _day(each.notice.sent_on),
                "delivered_on": _day(each.notice.delivered_on),
                **{
                    name: getattr(each, name) for name in ("id", "recorded_at", "recorded_by", "proven_at", "proven_by")
                },
            }
            for each in listing.notices
        ],
        "letter_due_on": _day(listing.letter_due_on),
        "early_due_on": _day(listing.early_due_on),
        "orders": [
            {**asdict(each), "kind": each.kind.value, "issued_on": _day(each.issued_on)} for each in listing.orders
        ],
        "settlement": {name: _day(day) for name, day in asdict(listing.settlement).items()}
        if listing.settlement
        else None,
        "history": [asdict(each) for each in listing.history],
        "active_from": _day(listing.active_from),
        "removal_due_on": _day(listing.removal_due_on),
        "again_due_on": _day(listing.again_due_on),
        "status": status.value,
        "request_id": request_after(listing.request_id),
        **keys.listing_index(listing.partner_id, shard, f"{place_of(listing.created_at, listing.id)}#{told}"),
    }
    if listing.look_at:
        item |= keys.due_listing_index(shard, f"{format_moment(listing.look_at)}#{listing.id}")
    return {"entity": "listing", "schema": _SCHEMA, **item}


def to_listing(item: Item) -> Listing:
    """The listing that a row holds."""
    known: dict[str, Any] = {name: item[name] for name in Listing.__dataclass_fields__ if name in item}
    person, debt = item["person"], item["debt"]
    return Listing(
        **{
            **known,
            "creditor": Cnpj(item["creditor"]),
            "principal_person": parse_document(item["principal_person"]) if item["principal_person"] else None,
            "person": Listed(
                **{
                    **person,
                    "document": parse_document(person["document"]),
                    "birth_date": _to_day(person["birth_date"]),
                    "address": Address(**person["address"]),
                }
            ),
            "debt": Debt(**{**debt, "due_on": date.fromisoformat(debt["due_on"])}),
            "origin": Origin(item["origin"]),
            "approval": Approval(item["approval"]),
            "sendings": tuple(_to_sending(each) for each in item["sendings"]),
            "removal": _to_removal(item["removal"]) if item["removal"] else None,
            "notices": tuple(_to_notice(each) for each in item.get("notices", ())),
            "letter_due_on": _to_day(item.get("letter_due_on")),
            "early_due_on": _to_day(item.get("early_due_on")),
            "orders": tuple(_to_order(each) for each in item.get("orders", ())),
            "settlement": Settlement(**{name: date.fromisoformat(day) for name, day in item["settlement"].items()})
            if item["settlement"]
            else None,
            "history": tuple(Entry(**{**each, "at": read_moment(each["at"])}) for each in item["history"]),
            "active_from": _to_day(item["active_from"]),
            "removal_due_on": _to_day(item["removal_due_on"]),
            "again_due_on": _to_day(item.get("again_due_on")),
            **{name: read_moment(item.get(name)) for name in _MOMENTS},
        }
    )


def _to_sending(row: dict[str, Any]) -> Sending:
    answer = Answer(row["answer"]) if row["answer"] else None
    moments = {name: read_moment(row.get(name)) for name in ("sent_at", "answered_at")}
    return Sending(**{**row, **moments, "act": Act(row["act"]), "answer": answer})


def _to_removal(row: dict[str, Any]) -> Removal:
    due_on = _to_day(row.get("due_on"))
    return Removal(**{**row, "requested_at": read_moment(row["requested_at"]), "due_on": due_on})


def _to_notice(row: dict[str, Any]) -> ToldNotice:
    sent_on, delivered_on = date.fromisoformat(row["sent_on"]), _to_day(row["delivered_on"])
    notice = PriorNotice(Channel(row["channel"]), row["address"], sent_on, delivered_on, row["proof"])
    recorded_at = read_moment(row["recorded_at"])
    return ToldNotice(
        row["id"], notice, recorded_at, row["recorded_by"], read_moment(row["proven_at"]), row["proven_by"]
    )


def _to_order(row: dict[str, Any]) -> RemovalOrder:
    issued_on = date.fromisoformat(row["issued_on"])
    recorded_at = read_moment(row["recorded_at"])
    return RemovalOrder(**{**row, "kind": OrderKind(row["kind"]), "issued_on": issued_on, "recorded_at": recorded_at})


def _local_day(moment: datetime | None) -> str:
    """The day in São Paulo of a moment, empty for none."""
    return local_date(moment).isoformat() if moment else ""


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
