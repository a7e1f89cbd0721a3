"""Processes, credits, history and steps as items of the table and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.table import Item
from lastro.origination.processes.model import Aggregate, Credit, HistoryEntry, Owner, Process, Step, StepName, Terms
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus, ProcessStatus

SCHEMA = 1
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
    fields = asdict(process) | {"status": process.status.value}
    return {
        **entity("process", fields, version=process.version),
        **keys.process_index(process.partner_id, process.created_at, process.id),
    }


def to_process(item: Item) -> Process:
    fields = _fields(item, Process)
    fields["status"] = ProcessStatus(item["status"])
    for name in ("credits", "reasons"):
        fields[name] = tuple(item[name])
    return Process(**fields)


def credit_item(credit: Credit) -> Item:
    """The credit; among those that may lapse only while nobody signed."""
    fields = asdict(credit) | {"status": credit.status.value}
    item = {
        **entity("credit", fields, version=credit.version),
        **keys.credit_index(credit.partner_id, credit.created_at, credit.csn),
    }
    if credit.status in BEFORE_CONTRACT:
        item |= keys.unsigned_index(credit.valid_until, credit.csn)
    return item


def to_credit(item: Item) -> Credit:
    fields = _fields(item, Credit)
    fields["status"] = CreditStatus(item["status"])
    fields["terms"] = Terms.read(item["terms"])
    for name in ("required_documents", "received_documents", "reasons"):
        fields[name] = tuple(item[name])
    return Credit(**fields)


def history_item(entry: HistoryEntry) -> Item:
    fields = {name: getattr(entry, name) for name in HistoryEntry.__dataclass_fields__ if name != "owner"}
    return entity("history", fields, version=entry.version)


def to_history(item: Item) -> HistoryEntry:
    return HistoryEntry(owner=owner_of(item["PK"]), **_fields(item, HistoryEntry))


def step_item(step: Step) -> Item:
    fields = {"id": step.id, "name": step.name.value, "due_at": step.due_at, "payload": dict(step.payload)}
    return {**entity("step", fields), **keys.step_index(step.due_at, step.id)}


def step_key(step: Step) -> Key:
    return keys.step(owner_key(step.owner), step.name.value, step.id)


def to_step(item: Item) -> Step:
    return Step(owner_of(item["PK"]), StepName(item["name"]), item["id"], item["due_at"], item["payload"])


def _fields(item: Item, kind: type[Any]) -> dict[str, Any]:
    return {name: item[name] for name in kind.__dataclass_fields__ if name in item}
