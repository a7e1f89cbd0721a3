"""Records of fields that were shown, in the table (keys in ``aws/dynamodb/keys/retention``)."""

from __future__ import annotations

from dataclasses import asdict

from lastro.aws.dynamodb.keys import BY_OWNER, Key
from lastro.aws.dynamodb.keys import retention as keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Table
from lastro.kernel.calendar import format_moment, read_moment
from lastro.retention.disclosures.model import KEPT, DisclosedKind, Disclosure


class DisclosureStore:
    """Written once, never changed."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, disclosure: Disclosure) -> None:
        """Keep a new record."""
        self._table.write(Put(keys.disclosure(disclosure.id), _item(disclosure), {"PK": ABSENT}))

    def list_page(self, partner_id: str, *, after: str, limit: int) -> tuple[list[Disclosure], str | None]:
        """A page of a partner's records, newest first, and where the next begins."""
        found = self._table.query(
            keys.disclosure_owner_index(partner_id)["by_owner_pk"],
            index=BY_OWNER,
            newest_first=True,
            at_most=after,
            limit=limit + 2,
        )
        rows = [row for row, _ in zip(found, range(limit + 2), strict=False) if row["by_owner_sk"] != after]
        page = rows[:limit]
        items = self._table.get_many(Key(row["PK"], row["SK"]) for row in page)
        records = [_to_disclosure(items[key]) for row in page if (key := Key(row["PK"], row["SK"])) in items]
        return records, page[-1]["by_owner_sk"] if len(rows) > limit else None


def _item(disclosure: Disclosure) -> Item:
    return {
        "entity": "disclosure",
        "schema": 1,
        "version": 1,
        **asdict(disclosure),
        "kind": disclosure.kind.value,
        "expires": int((disclosure.at + KEPT).timestamp()),
        **keys.disclosure_owner_index(disclosure.partner_id, format_moment(disclosure.at), disclosure.id),
    }


def _to_disclosure(item: Item) -> Disclosure:
    fields = {name: item[name] for name in Disclosure.__dataclass_fields__}
    return Disclosure(**{**fields, "at": read_moment(item["at"]), "kind": DisclosedKind(item["kind"])})
