"""A notice as writes, for the transaction of what it tells: nothing that happened is left untold.

Other contexts' stores put these writes into their own transactions; the queue message follows the commit, and the
sweep sends what a dead process left behind.
"""

from __future__ import annotations

import gzip
from datetime import datetime

from lastro.aws.dynamodb.keys import webhooks as keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put
from lastro.kernel.calendar import format_moment
from lastro.webhooks.deliveries.model import KEPT, Delivery, Notice, begin_delivery

SCHEMA = 1


def notice_writes(notice: Notice) -> list[Put]:
    """Delivery and body, and its place in the list of its store; refused when the notice was kept before."""
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
        listed = keys.delivery_owner_index(
            notice.partner_id,
            format_moment(notice.created_at),
            notice.id,
            store_id=notice.store_id,
            panel=notice.panel,
        )
        place = {"entity": "delivery_of_store", "schema": SCHEMA, "expires": _expires(notice.created_at), **listed}
        writes.append(Put(keys.delivery_of_store(notice.id), place, {"PK": ABSENT}))
    return writes


def delivery_item(delivery: Delivery) -> Item:
    """A delivery as an item: in its partner's list, and among the due ones while a try is owed."""
    item: Item = {name: getattr(delivery, name) for name in Delivery.__dataclass_fields__}
    item |= {"entity": "delivery", "schema": SCHEMA, "status": delivery.status.value}
    item |= {"expires": _expires(delivery.created_at)}
    created_at = format_moment(delivery.created_at)
    item |= keys.delivery_owner_index(delivery.partner_id, created_at, delivery.id, panel=delivery.panel)
    if delivery.sweep_at is not None:
        item |= keys.delivery_due_index(format_moment(delivery.sweep_at), delivery.id)
    return item


def _expires(created_at: datetime) -> int:
    return int((created_at + KEPT).timestamp())
