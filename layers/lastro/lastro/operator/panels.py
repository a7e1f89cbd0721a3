"""Lists of panels that sell, of what they made before there were such lists (decision 0046)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from lastro.access.registration import Registration
from lastro.access.store import AccessStore
from lastro.aws.dynamodb.keys import BY_OWNER, Key
from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.keys import financing as financing_keys
from lastro.aws.dynamodb.keys import simulations as simulation_keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Table, Update, Write
from lastro.financing.records.items import panel_row as proposal_row
from lastro.financing.records.items import to_proposal
from lastro.simulations.items import panel_row as simulation_row
from lastro.simulations.items import to_simulation

_BATCH = 100
Row = tuple[Key, Any]


def list_in_panels(registration: Registration, partner_id: str) -> dict[str, Any]:
    """Put leads, simulations and proposals of a partner's panels into the lists of those; how many were not there.

    It may be broken off and run again: what is in its list stays as it is. Raises ``NotFound`` without such a partner.
    """
    registration.list_keys(partner_id)
    table = Table()
    standing = AccessStore(table).find_standing(partner_id)
    counts = {"leads": 0, "simulations": 0, "proposals": 0}
    for store_id in standing.store_ids if standing else ():
        counts["leads"] += sum(_list_leads(table, store_id))
        of_store = simulation_keys.owner_index(store_id)["by_owner_pk"]
        at = simulation_keys.simulation("").sk
        counts["simulations"] += sum(_list(table, of_store, at, lambda item: simulation_row(to_simulation(item))))
        of_store, at = financing_keys.owner_index(store_id)["by_owner_pk"], financing_keys.proposal("", 0).sk
        counts["proposals"] += sum(_list(table, of_store, at, lambda item: proposal_row(to_proposal(item))))
    return {"partner_id": partner_id, **counts}


def _list_leads(table: Table, store_id: int) -> Iterator[bool]:
    for item in table.query(access_keys.store(store_id).pk, prefix=simulation_keys.LEAD_PREFIX):
        if (panel := item.get("panel")) and "by_owner_pk" not in item:
            place = simulation_keys.panel_lead_index(store_id, panel, item["SK"].split("#")[1])
            yield table.commit([Update(Key(item["PK"], item["SK"]), place, where={"panel": panel})])


def _list(table: Table, of_store: str, head: str, row_of: Callable[[Item], Row | None]) -> Iterator[bool]:
    """Whatever of a store's list is a panel's and not in that one's list; its place names the panel no more."""
    listed = table.query(of_store, index=BY_OWNER, limit=_BATCH)
    while entries := list(islice(listed, _BATCH)):
        heads = table.get_many(Key(entry["PK"], head) for entry in entries)
        rows = {at: row for at, item in heads.items() if item.get("panel") and (row := row_of(item))}
        there = table.get_many(key for key, _ in rows.values())
        for at, (key, row) in rows.items():
            if key not in there:
                place = {"by_owner_sk": row["by_owner_sk"]}
                writes: list[Write] = [Update(at, place, where={"by_owner_sk": heads[at]["by_owner_sk"]})]
                yield table.commit([*writes, Put(key, row, {"PK": ABSENT})])
