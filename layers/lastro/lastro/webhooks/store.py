"""Callbacks and deliveries in the table (keys in ``aws/dynamodb/keys``, items of notices in ``outbox.py``)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import BY_OWNER, OPEN
from lastro.aws.dynamodb.keys import webhooks as webhook_keys
from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Table, Update
from lastro.kernel.calendar import format_moment, read_moment
from lastro.webhooks.callbacks.model import AuthenticationModel, Callback, Rotation
from lastro.webhooks.deliveries.model import Delivery, DeliveryPage, DeliveryStatus, DueDelivery, Notice
from lastro.webhooks.deliveries.outbox import SCHEMA, delivery_item, notice_writes


class WebhookStore:
    """One callback a partner, at most one exchange of its signing secret at a time, and deliveries.

    Reads that decide are consistent.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def find_callback(self, partner_id: str) -> Callback | None:
        item = self._table.get(webhook_keys.callback(partner_id))
        if item is None:
            return None
        return Callback(
            partner_id=item["partner_id"],
            base=item["base"],
            model=AuthenticationModel(item["model"]),
            has_query=item["has_query"],
            updated_at=read_moment(item["updated_at"]),
            disabled_at=read_moment(item.get("disabled_at")),
            disabled_reason=item.get("disabled_reason"),
            secret_version=item.get("secret_version"),
        )

    def put_callback(self, callback: Callback) -> None:
        """Keep the partner's callback in place of the one before."""
        self._table.write(Put(webhook_keys.callback(callback.partner_id), _callback_item(callback)))

    def remove_callback(self, callback: Callback) -> bool:
        """Forget a callback; false when it was replaced or removed meanwhile."""
        return self._table.commit([Delete(webhook_keys.callback(callback.partner_id), _same(callback))])

    def switch_off(self, callback: Callback, notice: Notice | None = None) -> bool:
        """Keep that a callback is off, and the notice of it; false when it was replaced or switched off meanwhile."""
        where = {**_same(callback), "disabled_at": None}
        off = Put(webhook_keys.callback(callback.partner_id), _callback_item(callback), where)
        return self._table.commit([off, *(notice_writes(notice) if notice else ())])

    def find_rotation(self, partner_id: str) -> Rotation | None:
        item = self._table.get(webhook_keys.signing_rotation(partner_id))
        return Rotation(item["version"], read_moment(item["lease_until"] or None)) if item else None

    def put_rotation(self, partner_id: str, rotation: Rotation, before: Rotation | None) -> bool:
        """Put a version in the place of the one before; false when somebody else was first."""
        item = {"entity": "signing_rotation", "schema": SCHEMA, "version": rotation.version}
        item["lease_until"] = format_moment(rotation.lease_until) or ""
        where = {"version": before.version} if before else {"PK": ABSENT}
        return self._table.commit([Put(webhook_keys.signing_rotation(partner_id), item, where)])

    def put_notice(self, notice: Notice) -> bool:
        """Keep a notice and its delivery, both or none. False when that notice was kept before."""
        return self._table.commit(notice_writes(notice))

    def find_delivery(self, notice_id: str) -> Delivery | None:
        item = self._table.get(webhook_keys.delivery(notice_id))
        return _to_delivery(item) if item else None

    def read_body(self, notice_id: str) -> bytes | None:
        """The bytes every try sends."""
        item = self._table.get(webhook_keys.notice_body(notice_id))
        return gzip.decompress(item["body"]) if item else None

    def save_delivery(self, after: Delivery) -> bool:
        """Keep the next version of a delivery. False when somebody else was first."""
        return self._table.commit(
            [Put(webhook_keys.delivery(after.id), delivery_item(after), {"version": after.version - 1})]
        )

    def list_deliveries(
        self,
        partner_id: str,
        *,
        store_id: int | None,
        status: DeliveryStatus | None,
        subject: str | None,
        after: str | None,
        limit: int,
        panel: str | None = None,
    ) -> DeliveryPage:
        """One page of a partner's, or of a store's, newest first; with ``panel`` of what it sold alone.

        With a filter a page may hold fewer than asked for, even none, and still go on.
        """
        # One more than a page tells whether the list goes on.
        found = self._table.query(
            webhook_keys.delivery_owner_index(partner_id, store_id=store_id, panel=panel)["by_owner_pk"],
            index=BY_OWNER,
            newest_first=True,
            at_most=_before(after) if after else "",
            limit=limit + 1,
        )
        rows = list(islice(found, limit + 1))
        page, goes_on = rows[:limit], len(rows) > limit
        wanted = [webhook_keys.delivery(row["PK"].removeprefix(webhook_keys.delivery("").pk)) for row in page]
        items = self._table.get_many(wanted)
        deliveries = [_to_delivery(items[key]) for key in wanted if key in items]
        return DeliveryPage(
            tuple(one for one in deliveries if status in (None, one.status) and subject in (None, one.subject)),
            page[-1]["by_owner_sk"] if goes_on else None,
        )

    def list_due(self, before: datetime) -> Iterator[DueDelivery]:
        """Deliveries the sweep owes a try at or before a moment, oldest first."""
        partitions, last = (
            keys.open_partitions(webhook_keys.OPEN_NOTICES),
            webhook_keys.delivery_due_index(format_moment(before), "~")["open_sk"],
        )
        for item in self._table.query_merged(partitions, index=OPEN, at_most=last):
            due_at = read_moment(item["open_sk"].partition("#")[0])
            yield DueDelivery(item["PK"].removeprefix(webhook_keys.delivery("").pk), due_at)

    def postpone(self, due: DueDelivery, due_at: datetime) -> str | None:
        """Leave a delivery's try to the queue until later. Returns whose it is; ``None`` when somebody tried it or
        postponed it meanwhile.
        """
        seen = webhook_keys.delivery_due_index(format_moment(due.due_at), due.id)["open_sk"]
        later = webhook_keys.delivery_due_index(format_moment(due_at), due.id)
        try:
            return str(
                self._table.write(Update(webhook_keys.delivery(due.id), assign=later, where={"open_sk": seen}))[
                    "partner_id"
                ]
            )
        except ConditionFailed:
            return None


def _before(sort_key: str) -> str:
    """The greatest text below a sort key that ends in an id of printable ASCII."""
    return sort_key[:-1] + chr(ord(sort_key[-1]) - 1) + "\U0010ffff"


def _same(callback: Callback) -> dict[str, Any]:
    """What tells a callback from one that was put in the same millisecond."""
    version = callback.secret_version
    return {"updated_at": callback.updated_at, **({"secret_version": version} if version else {})}


def _callback_item(callback: Callback) -> Item:
    item = {name: getattr(callback, name) for name in Callback.__dataclass_fields__}
    return item | {"entity": "callback", "schema": SCHEMA, "version": 1, "model": callback.model.value}


def _to_delivery(item: Item) -> Delivery:
    fields: dict[str, Any] = {name: item.get(name) for name in Delivery.__dataclass_fields__}
    moments = ("created_at", "last_tried_at", "next_at", "delivered_at", "lease_until")
    fields |= {name: read_moment(fields[name]) for name in moments}
    known = {"status": DeliveryStatus(item["status"]), "waits_outside": bool(item.get("waits_outside"))}
    return Delivery(**{**fields, **known})
