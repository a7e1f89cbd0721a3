"""Processes, credits, history and steps as items of the table and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import Item
from lastro.finance.iof_rates import BorrowerClass
from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.callers.caller import StatusSpelling
from lastro.origination.processes.model import (
    Aggregate,
    Credit,
    HistoryEntry,
    Owner,
    Process,
    Status,
    Step,
    StepName,
    Terms,
)
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus, ProcessStatus
from lastro.origination.products.words import DocumentType, ProductType

SCHEMA = 1
PROCESS_RECORD = "process"
"""What is kept of a person here (``kernel/retention.py``)."""
_INDEXES = ("by_owner_pk", "by_owner_sk", "open_pk", "open_sk")


def owner_key(owner: Owner) -> Key:
    """Key of a process or credit."""
    return keys.process(owner.id) if owner.kind is Aggregate.PROCESS else keys.credit(owner.id)


def owner_of(pk: str) -> Owner:
    """Whose partition a row lies in."""
    prefix, _, name = pk.partition("#")
    return Owner(Aggregate.PROCESS if prefix == "PROC" else Aggregate.CREDIT, name)


def entity(kind: str, fields: dict[str, Any], *, version: int = 1) -> Item:
    return {**fields, "entity": kind, "schema": SCHEMA, "version": version}


def process_item(process: Process) -> Item:
    return {
        **entity("process", asdict(process), version=process.version),
        **keys.process_index(process.partner_id, format_moment(process.created_at), process.id),
    }


def to_process(item: Item) -> Process:
    fields = _fields(item, Process)
    fields["status"] = ProcessStatus(item["status"])
    fields["status_spelling"] = StatusSpelling(item.get("status_spelling", StatusSpelling.PAGES))
    for name in ("created_at", "updated_at"):
        fields[name] = read_moment(item[name])
    for name in ("credits", "reasons"):
        fields[name] = tuple(item[name])
    return Process(**fields)


def credit_item(credit: Credit) -> Item:
    """The credit; among those that may lapse only while nobody signed."""
    item = {
        **entity("credit", asdict(credit), version=credit.version),
        **keys.credit_index(credit.partner_id, format_moment(credit.created_at), credit.csn),
    }
    if credit.status in BEFORE_CONTRACT:
        item |= keys.unsigned_index(format_moment(credit.valid_until), credit.csn)
    return item


def to_credit(item: Item) -> Credit:
    fields = _fields(item, Credit)
    fields["status"] = CreditStatus(item["status"])
    fields["product_type"] = ProductType(item["product_type"])
    fields["terms"] = to_terms(item["terms"])
    fields["reasons"] = tuple(item["reasons"])
    for name in ("created_at", "updated_at", "valid_until"):
        fields[name] = read_moment(item[name])
    for name in ("required_documents", "received_documents"):
        fields[name] = tuple(map(DocumentType, item[name]))
    return Credit(**fields)


_TERMS = {
    "release_date": date.fromisoformat,
    "first_due_date": date.fromisoformat,
    "borrower_class": BorrowerClass,
    "day_count": DayCount,
    "amortization": Amortization,
    "due_day_rule": DueDayRule,
    "grace": Grace,
}


def to_terms(kept: Mapping[str, Any]) -> Terms:
    """Terms as they were kept, whenever that was."""
    typed = {name: read(kept[name]) for name, read in _TERMS.items() if name in kept}
    return Terms(**{**kept, **typed, "due_dates": tuple(map(date.fromisoformat, kept.get("due_dates", ())))})


def history_item(entry: HistoryEntry) -> Item:
    fields = {name: getattr(entry, name) for name in HistoryEntry.__dataclass_fields__ if name != "owner"}
    return entity("history", fields, version=entry.version)


def to_history(item: Item) -> HistoryEntry:
    owner = owner_of(item["PK"])
    kind: type[Status] = ProcessStatus if owner.kind is Aggregate.PROCESS else CreditStatus
    before = item["from_status"]
    typed = {
        "at": read_moment(item["at"]),
        "from_status": None if before is None else kind(before),
        "to_status": kind(item["to_status"]),
    }
    return HistoryEntry(owner=owner, **{**_fields(item, HistoryEntry), **typed})


def step_item(step: Step) -> Item:
    fields = {"id": step.id, "partner_id": step.partner_id, "name": step.name, "due_at": step.due_at}
    index = keys.step_index(format_moment(step.due_at), step.id)
    fields["request_id"] = step.request_id
    return {**entity("step", {**fields, "payload": dict(step.payload)}), **index}


def step_key(step: Step) -> Key:
    return keys.step(owner_key(step.owner), step.name.value, step.id)


def to_step(item: Item) -> Step:
    return Step(
        owner_of(item["PK"]),
        # A step of before does not name its partner: it is a group of its own in the queue.
        item["partner_id"] if "partner_id" in item else item["id"],
        StepName(item["name"]),
        item["id"],
        read_moment(item["due_at"]),
        item["payload"],
        item.get("request_id"),
    )


def _fields(item: Item, kind: type[Any]) -> dict[str, Any]:
    return {name: item[name] for name in kind.__dataclass_fields__ if name in item}
