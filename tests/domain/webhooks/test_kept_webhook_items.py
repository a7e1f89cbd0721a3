"""Deliveries, callbacks and secrets are kept as texts: what was written before moments had types is read, and written
the same.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from lastro.aws.dynamodb.attributes import decode_item, encode_item
from lastro.webhooks.callbacks.model import AuthenticationModel, Callback
from lastro.webhooks.callbacks.signing import _read, _spelt
from lastro.webhooks.deliveries.model import Notice, begin_delivery
from lastro.webhooks.deliveries.outbox import delivery_item
from lastro.webhooks.receivers.model import name_callback
from lastro.webhooks.store import _callback_item, _to_delivery

AT = "2026-11-03T12:00:00.123Z"
MOMENT = datetime(2026, 11, 3, 12, 0, 0, 123_000, tzinfo=UTC)


def kept(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the table gives it back."""
    return decode_item(encode_item(item))


def test_a_delivery() -> None:
    item = kept(delivery_item(begin_delivery(Notice("n", "p", "e", "s", b"", MOMENT))))
    assert (item["created_at"], item["next_at"], item["lease_until"]) == (AT, AT, None)
    assert item["by_owner_sk"].startswith(AT)
    # A minute for the queue, then the sweep.
    assert item["open_sk"].startswith("2026-11-03T12:01:00.123Z")
    item |= {"last_tried_at": AT, "delivered_at": AT, "lease_until": AT}
    delivery = _to_delivery(item)
    assert {delivery.created_at, delivery.last_tried_at, delivery.delivered_at, delivery.lease_until} == {MOMENT}
    assert kept(delivery_item(delivery)) == item | {"open_sk": f"{AT}#n"}


def test_a_callback() -> None:
    callback = Callback("p", "https://a.example/x", AuthenticationModel.URL, has_query=False, updated_at=MOMENT)
    item = kept(_callback_item(callback))
    assert (item["updated_at"], item["disabled_at"]) == (AT, None)
    assert name_callback(callback) == f"callback#{AT}"


def test_signing_secrets() -> None:
    fields = {
        "secrets": json.dumps(
            [
                {"secret": "b", "made_at": AT, "name": "", "replaced_at": None},
                {"secret": "a", "made_at": AT, "name": "n", "replaced_at": AT},
            ]
        )
    }
    newest, oldest = _read(fields)
    assert (newest.made_at, newest.replaced_at, oldest.replaced_at) == (MOMENT, None, MOMENT)
    assert _spelt([newest, oldest]) == fields
