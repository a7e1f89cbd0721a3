"""Leads in the table (keys in ``aws/dynamodb/keys``). Items hold the wire names, so a simulation may keep a copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.keys import simulations as simulation_keys
from lastro.aws.dynamodb.retained import release, retain
from lastro.aws.dynamodb.sequences import NumberSequence
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Table
from lastro.kernel.callers.caller import SELLING, Panel
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.retention import Record
from lastro.simulations.leads.model import Lead, lead_attributes, to_lead
from lastro.simulations.records import LEAD_RECORD

_SCHEMA = 1


@dataclass(frozen=True)
class Before:
    """What stood before a creation: an earlier answer to the same request, whether the lead exists."""

    first_answer: str | None
    lead_exists: bool


class LeadStore(FirstAnswers):
    """Leads of every store."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._ids = NumberSequence(table, keys.sequence("lead"))

    def reserve_id(self) -> int:
        return self._ids.take(1)

    def look_before(
        self, store_id: int, document: Document, panel: Panel | None, keyed: KeyedRequest | None, now: datetime
    ) -> Before:
        """One round trip. Raises ``Conflict`` when its key came with another request."""
        lead_at = simulation_keys.lead(store_id, document.value, panel)
        answer, found = self._find_with(keyed, now, [lead_at])
        return Before(answer, lead_at in found)

    def add(self, partner_id: str, store_id: int, lead: Lead, answered: Answered | None) -> bool:
        """Keep a new lead with its answer; false when there is one by now, or the same request was first."""
        put = Put(_key_of(store_id, lead), _lead_item(store_id, lead), {"PK": ABSENT})
        record = _record(partner_id, store_id, lead.document, lead.panel)
        return self._commit([put, retain(record, lead.updated_at)], answered)

    def find(self, store_id: int, document: Document, panel: Panel | None) -> Lead | None:
        """A panel's own lead, or the store's."""
        item = self._table.get(simulation_keys.lead(store_id, document.value, panel))
        return to_lead(item) if item else None

    def find_seen(self, store_id: int, document: Document, panel: Panel | None) -> Lead | None:
        """The lead that a panel sees, its own; without one the store's, else the first that a panel has."""
        found = self.find(store_id, document, panel)
        if found or panel:
            return found
        return next((lead for each in SELLING if (lead := self.find(store_id, document, each))), None)

    def find_with_banks(
        self, store_id: int, document: Document, panel: Panel | None
    ) -> tuple[Lead | None, Sequence[str]]:
        """The lead as ``find`` has it, and the codes of the banks the store can use."""
        lead_at, store_at = simulation_keys.lead(store_id, document.value, panel), access_keys.store(store_id)
        found = self._table.get_many([lead_at, store_at])
        links = (found.get(store_at) or {}).get("banks", {})
        usable = [code for code, link in links.items() if link["active"] and link["status"] == "okay"]
        return to_lead(found[lead_at]) if lead_at in found else None, usable

    def list(self, store_id: int, panel: Panel | None, *, skip: int, limit: int) -> Sequence[Lead]:
        """Leads in order of document: a panel's own, without one everybody's."""
        if panel:
            own = simulation_keys.panel_lead_index(store_id, panel)["by_owner_pk"]
            places = self._table.query(own, index=keys.BY_OWNER, limit=min(skip + limit, 1000))
            items = self._table.read_whole(islice(places, skip, skip + limit))
            return [to_lead(item) for item in items]
        pk = access_keys.store(store_id).pk
        items = self._table.query(pk, prefix=simulation_keys.LEAD_PREFIX, limit=skip + limit)
        return [to_lead(item) for item in islice(items, skip, skip + limit)]

    def replace(self, store_id: int, lead: Lead) -> bool:
        """Put ``lead`` in the place of the version before it; false when that is no longer there."""
        where = {"version": lead.version - 1}
        return self._commit([Put(_key_of(store_id, lead), _lead_item(store_id, lead), where)])

    def remove(self, partner_id: str, store_id: int, document: Document, panel: Panel | None) -> bool:
        """False when there was no such lead, a panel's own or the store's."""
        removed = Delete(simulation_keys.lead(store_id, document.value, panel), {"entity": "lead"})
        return self._commit([removed, release(_record(partner_id, store_id, document, panel))])


def read_record(record_id: str) -> tuple[int, Panel | None]:
    """Store and panel of a lead, as the record of it names them: ``7``, ``7-broker``."""
    store_id, _, panel = record_id.partition("-")
    return int(store_id), Panel(panel) if panel else None


def _key_of(store_id: int, lead: Lead) -> Key:
    return simulation_keys.lead(store_id, lead.document.value, lead.panel)


def _record(partner_id: str, store_id: int, document: Document, panel: Panel | None) -> Record:
    place = f"{store_id}-{panel}" if panel else str(store_id)
    return Record(partner_id, document.value, LEAD_RECORD, place)


def _lead_item(store_id: int, lead: Lead) -> Item:
    own = simulation_keys.panel_lead_index(store_id, lead.panel, lead.document.value) if lead.panel else {}
    return {"entity": "lead", "schema": _SCHEMA, "store_id": store_id, **lead_attributes(lead), **own}
