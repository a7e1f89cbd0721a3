"""The request log in the table: a row for each request, found by its id, and by partner, day and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from heapq import merge
from typing import Any

from lastro.access.calls.model import KEPT, SHARDS, Call, shard_of
from lastro.aws.dynamodb.keys import BY_OWNER
from lastro.aws.dynamodb.keys import access as keys
from lastro.aws.dynamodb.table import Item, Table


class CallStore:
    """Requests of partners."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put_calls(self, calls: Sequence[Call]) -> None:
        """Keep requests, twenty-five a round trip. One that is kept already is written again as it is."""
        self._table.put_many([(keys.api_request(call.id), _item(call)) for call in calls])

    def find_call(self, request_id: str) -> Call | None:
        item = self._table.get(keys.api_request(request_id))
        return _to_call(item) if item else None

    def find_calls(self, request_ids: Sequence[str]) -> list[Call]:
        """Those that are there, in this order."""
        found = self._table.get_many(map(keys.api_request, request_ids))
        return [_to_call(found[key]) for key in map(keys.api_request, request_ids) if key in found]

    def walk_day(self, partner_id: str, day: str, *, since: str, until: str) -> Iterator[str]:
        """The places (``Call.place``) of a day in UTC from ``since`` to ``until``, newest first."""
        lists = [
            self._table.query(
                keys.api_request_index(partner_id, day, shard)["by_owner_pk"],
                index=BY_OWNER,
                newest_first=True,
                at_least=since,
                at_most=until,
            )
            for shard in range(SHARDS)
        ]
        places = [(item["by_owner_sk"] for item in each) for each in lists]
        yield from merge(*places, reverse=True)


def _item(call: Call) -> Item:
    day = call.at[:10]
    kept: dict[str, Any] = {name: value for name, value in asdict(call).items() if value is not None}
    return {
        "entity": "api_request",
        "schema": 1,
        "version": 1,
        **kept,
        "expires": int((datetime.fromisoformat(call.at) + KEPT).timestamp()),
        **keys.api_request_index(call.partner_id, day, shard_of(call.id), call.place),
    }


def _to_call(item: Item) -> Call:
    fields: dict[str, Any] = {name: item.get(name) for name in Call.__dataclass_fields__}
    return Call(**fields)
