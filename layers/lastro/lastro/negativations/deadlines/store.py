"""Deadlines and last days as rows beside their listings, written in the transaction that changes these."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lastro.aws.dynamodb.keys import BY_OWNER, OPEN
from lastro.aws.dynamodb.keys import negativations as negativation_keys
from lastro.aws.dynamodb.keys import origination as origination_keys
from lastro.aws.dynamodb.table import Delete, Put, Table, Write
from lastro.negativations.deadlines.model import Deadline, last_day, removal_deadline
from lastro.negativations.listings.model import Listing

_SCHEMA = 1


class DeadlineStore:
    """Reads what is due."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def list_of_partner(self, partner_id: str) -> Iterator[Deadline]:
        """A partner's deadlines, the earliest first."""
        for item in self._table.query(negativation_keys.deadline_index(partner_id)["by_owner_pk"], index=BY_OWNER):
            due, branch, listing_id = item["by_owner_sk"].split("#")
            yield Deadline(listing_id, int(branch), date.fromisoformat(due))

    def list_late(self, today: date) -> Iterator[str]:
        """Ids of all partners' listings that stand past their last lawful day, page by page as they are consumed."""
        for shard in range(negativation_keys.BOLETO_SHARDS):
            # What is due today sorts behind today itself.
            for item in self._table.query(
                negativation_keys.open_deadline_index(shard)["open_pk"], index=OPEN, at_most=today.isoformat()
            ):
                yield item["open_sk"].partition("#")[2]

    def list_past(self, today: date) -> Iterator[str]:
        """Ids of listings whose last day is over, the longest over first."""
        partitions = [
            negativation_keys.last_day_index(shard)["open_pk"] for shard in range(negativation_keys.BOLETO_SHARDS)
        ]
        for item in self._table.query_merged(partitions, index=OPEN, at_most=today.isoformat()):
            yield item["open_sk"].partition("#")[2]


def watch_writes(before: Listing | None, after: Listing) -> list[Write]:
    """The writes that keep the rows of a listing as it is now; none where nothing of them changed."""
    shard = negativation_keys.boleto_shard(after.debtor_id)
    listing = negativation_keys.listing(after.id)
    writes: list[Write] = []
    due = removal_deadline(after)
    if due != (removal_deadline(before) if before else None):
        at = origination_keys.row(listing, "DEADLINE")
        if due is None:
            writes.append(Delete(at))
        else:
            index = negativation_keys.deadline_index(
                after.partner_id, f"{due.isoformat()}#{after.branch_id}#{after.id}"
            )
            row = {**index, **negativation_keys.open_deadline_index(shard, f"{due.isoformat()}#{after.id}")}
            writes.append(Put(at, {"entity": "listing_deadline", "schema": _SCHEMA, "version": 1, **row}))
    day = last_day(after)
    if day != (last_day(before) if before else None):
        at = origination_keys.row(listing, "LAST_DAY")
        if day is None:
            writes.append(Delete(at))
        else:
            row = negativation_keys.last_day_index(shard, f"{day.isoformat()}#{after.id}")
            writes.append(Put(at, {"entity": "listing_last_day", "schema": _SCHEMA, "version": 1, **row}))
    return writes
