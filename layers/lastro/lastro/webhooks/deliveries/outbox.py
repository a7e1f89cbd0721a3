"""A notice as writes, for the transaction of what it tells: nothing that happened is left untold.

Other contexts' stores put these writes into their own transactions; the queue message follows the commit, and the
sweep sends what a dead process left behind.
"""

from __future__ import annotations

import gzip
from datetime import datetime

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import webhooks as keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put
from lastro.kernel.calendar import format_moment
from lastro.webhooks.deliveries.model import KEPT, Delivery, Notice, begin_delivery

SCHEMA = 1


def notice_writes(notice: Notice) -> list[Put]:
    """Delivery, body and its places in lists of its store and panel; refused when the notice was kept before."""
    body = {
        "entity": "notice_body",
        "schema": SCHEMA,
        "version": 1,
        "body": gzip.compress(notice.body, mtime=0),
        "expires": _expires(notice.created_at),
    }
    writes = [
        Put(keys.delivery(notice.id), delivery_item(begin_delivery(notice)), {"PK": ABSENT}),
        Put(keys.notice_body(notice.id), body, {"PK": ABSENT}),
    ]
    if notice.store_id is not None:
        writes.append(_place(notice, keys.delivery_of_store(notice.id), notice.store_id, None))
    if notice.panel is not None:
        writes.append(_place(notice, keys.delivery_of_panel(notice.id, notice.panel), None, notice.panel))
        if notice.store_id is not None:
            at = keys.delivery_of_store(notice.id, notice.panel)
            writes.append(_place(notice, at, notice.store_id, notice.panel))
    return writes


def _place(notice: Notice, at: Key, store_id: int | None, panel: str | None) -> Put:
    """A row that only carries an index key: a list beside the partner's own, of a store, a panel or both."""
    listed = keys.delivery_owner_index(
        notice.partner_id, format_moment(notice.created_at), notice.id, store_id=store_id, panel=panel
    )
    kind = {"entity": "delivery_of_panel"} if panel else {"entity": "delivery_of_store"}
    return Put(at, {**kind, "schema": SCHEMA, "expires": _expires(notice.created_at), **listed}, {"PK": ABSENT})


def delivery_item(delivery: Delivery) -> Item:
    """A delivery as an item: in its partner's list, and among the due ones while a try is owed."""
    item: Item = {name: getattr(delivery, name) for name in Delivery.__dataclass_fields__}
    item |= {"entity": "delivery", "schema": SCHEMA, "status": delivery.status.value}
    item |= {"expires": _expires(delivery.created_at)}
    created_at = format_moment(delivery.created_at)
    item |= keys.delivery_owner_index(delivery.partner_id, created_at, delivery.id)
    if delivery.sweep_at is not None:
        item |= keys.delivery_due_index(format_moment(delivery.sweep_at), delivery.id)
    return item


def _expires(created_at: datetime) -> int:
    return int((created_at + KEPT).timestamp())
