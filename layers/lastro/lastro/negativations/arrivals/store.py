"""What bureaus told and belongs to no listing, in the table: messages, records, and what nobody could read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from lastro.aws.dynamodb.keys import BY_OWNER, Key
from lastro.aws.dynamodb.keys.negativations import arrival_index, seen_arrival_index
from lastro.aws.dynamodb.table import Item, Table, Update

_LOOKED_FOR = ("open_pk", "open_sk")


class ArrivalStore:
    """A partner's arrivals by their place in its list; each row as it is stored."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def list(self, partner_id: str, after: str, limit: int, *, seen: bool = False) -> Sequence[Item]:
        """Up to ``limit`` that nobody has seen to, or that a person has, newest first, from below a place."""
        pk = (seen_arrival_index if seen else arrival_index)(partner_id)["by_owner_pk"]
        found = self._table.query(pk, index=BY_OWNER, newest_first=True, at_most=after, limit=limit + 1)
        named = [Key(row["PK"], row["SK"]) for row in islice(found, limit + 1) if row["by_owner_sk"] != after][:limit]
        items = self._table.get_many(named)
        return [items[key] for key in named if key in items and items[key].get("by_owner_pk") == pk]

    def find(self, partner_id: str, place: str) -> Item | None:
        """One by its place, read consistently; ``None`` where there is none, or it is seen to."""
        pk = arrival_index(partner_id)["by_owner_pk"]
        for row in self._table.query(pk, index=BY_OWNER, at_least=place, at_most=place, limit=1):
            item = self._table.get(Key(row["PK"], row["SK"]))
            if item and (item.get("by_owner_pk"), item.get("by_owner_sk")) == (pk, place):
                return item
        return None

    def resolve(self, item: Mapping[str, Any], resolution: Mapping[str, Any]) -> bool:
        """Keep what a person said of one that is of no listing; false when somebody was first."""
        return self._table.commit([resolved(item, resolution)])


def resolved(item: Mapping[str, Any], resolution: Mapping[str, Any], listing_id: str | None = None) -> Update:
    """The write of what a person said, good once; it is listed as seen from then on. What is joined stays with its
    listing, in whose write it goes.
    """
    seen = seen_arrival_index(item["partner_id"], item["by_owner_sk"])
    assign: dict[str, Any] = {"resolution": dict(resolution), **seen}
    remove: tuple[str, ...] = _LOOKED_FOR
    if listing_id is not None:
        assign["listing_id"] = listing_id
        if item["entity"] == "bureau_event":
            remove = (*_LOOKED_FOR, "expires")
    where = arrival_index(item["partner_id"], item["by_owner_sk"])
    return Update(Key(item["PK"], item["SK"]), assign=assign, remove=remove, where=where)
