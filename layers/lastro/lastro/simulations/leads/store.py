"""Leads in the table (keys in ``aws/keys.py``). Items hold the wire names, so a simulation may keep a copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from lastro.aws import keys
from lastro.aws.idempotency import answer_record, find_answer, record_key
from lastro.aws.table import ABSENT, ConditionFailed, Delete, Item, Put, Table
from lastro.kernel.attempt import Attempt
from lastro.kernel.documents import Document
from lastro.kernel.errors import Retryable
from lastro.simulations.leads.model import Lead, lead_attributes, to_lead
from lastro.simulations.leads.ports import Before

_SCHEMA = 1


class LeadStore:
    """Implements ``LeadBook``."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def reserve_id(self) -> int:
        return self._table.reserve(keys.sequence("lead"), 1)

    def look_before(self, store_id: int, document: Document, attempt: Attempt | None, now: datetime) -> Before:
        """One round trip. The trace is a record that ran out and was not tidied up yet."""
        lead_at = keys.lead(store_id, document.value)
        record_at = record_key(attempt) if attempt else None
        found = self._table.get_many([key for key in (lead_at, record_at) if key])
        record = found.get(record_at) if record_at else None
        answer = find_answer(record, attempt, now) if attempt else None
        return Before(answer, lead_at in found, record)

    def add(
        self, store_id: int, lead: Lead, attempt: Attempt | None, answer: str, now: datetime, before: Before
    ) -> bool:
        put = Put(keys.lead(store_id, lead.document.value), _lead_item(store_id, lead), {"PK": ABSENT})
        try:
            if attempt is None:
                self._table.write(put)
            else:
                self._table.transact([answer_record(attempt, answer, now, replaces=before.trace), put])
        except (ConditionFailed, Retryable):
            return False
        return True

    def find(self, store_id: int, document: Document) -> Lead | None:
        item = self._table.get(keys.lead(store_id, document.value))
        return to_lead(item) if item else None

    def find_with_banks(self, store_id: int, document: Document) -> tuple[Lead | None, Sequence[str]]:
        lead_at, store_at = keys.lead(store_id, document.value), keys.store(store_id)
        found = self._table.get_many([lead_at, store_at])
        links = (found.get(store_at) or {}).get("banks", {})
        usable = [code for code, link in links.items() if link["active"] and link["status"] == "okay"]
        return to_lead(found[lead_at]) if lead_at in found else None, usable

    def list(self, store_id: int, *, skip: int, limit: int) -> Sequence[Lead]:
        pk = keys.store(store_id).pk
        items = self._table.query(pk, prefix=keys.LEAD_PREFIX, limit=skip + limit)
        return [to_lead(item) for item in islice(items, skip, skip + limit)]

    def replace(self, store_id: int, lead: Lead) -> bool:
        put = Put(keys.lead(store_id, lead.document.value), _lead_item(store_id, lead), {"version": lead.version - 1})
        try:
            self._table.write(put)
        except ConditionFailed:
            return False
        return True

    def remove(self, store_id: int, document: Document) -> bool:
        try:
            self._table.write(Delete(keys.lead(store_id, document.value), {"entity": "lead"}))
        except ConditionFailed:
            return False
        return True


def _lead_item(store_id: int, lead: Lead) -> Item:
    return {"entity": "lead", "schema": _SCHEMA, "store_id": store_id, **lead_attributes(lead)}
