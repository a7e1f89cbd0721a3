"""Stores, keys and clients are kept as texts: those written before moments had types are read, and written the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from lastro.access.clients.store import _to_client, _to_item
from lastro.access.model import CredentialStatus
from lastro.access.store import _key_item, _store_item, _to_key, to_store, user_number
from lastro.aws.dynamodb.attributes import decode_item, encode_item

AT = "2026-11-03T12:00:00.123Z"
MOMENT = datetime(2026, 11, 3, 12, 0, 0, 123_000, tzinfo=UTC)


def kept(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the table gives it back."""
    return decode_item(encode_item(item))


def test_a_store() -> None:
    item = {
        "entity": "store",
        "schema": 1,
        "version": 1,
        "id": 1,
        "partner_id": "p",
        "name": "Loja Centro",
        "cnpj": "11222333000181",
        "uf": "SP",
        "city": None,
        "banks": {"341": {"active": True, "status": "okay", "version": "v"}},
        "created_at": AT,
        "updated_at": AT,
    }
    store = to_store(item)
    assert (store.created_at, store.banks["341"].status) == (MOMENT, CredentialStatus.OKAY)
    assert store.banks["341"].usable
    since = {"display_name": None, "active": True, "sells_new": True, "sells_used": True, "published": False}
    assert kept(_store_item(store)) == {**item, **since}


def test_a_key() -> None:
    old = {"id": "k", "partner_id": "p", "digest": "d", "created_at": AT, "revoked_at": None, "version": 1}
    key = _to_key(old)
    assert (key.created_at, key.revoked_at, key.expires_at) == (MOMENT, None, None)
    ending = _to_key(old | {"expires_at": AT, "replaced_by": "l"})
    assert ending.opens(MOMENT - timedelta(milliseconds=1))
    assert not ending.opens(MOMENT)
    item = kept(_key_item(ending))
    assert {name: item[name] for name in ("created_at", "revoked_at", "expires_at")} == {
        "created_at": AT,
        "revoked_at": None,
        "expires_at": AT,
    }


def test_a_client() -> None:
    old = {
        "id": 1,
        "partner_id": "p",
        "tag_name": "t",
        "digest": "d",
        "scopes": [],
        "created_at": AT,
        "revoked_at": AT,
        "version": 1,
    }
    client = _to_client(old)
    assert (client.created_at, client.revoked_at, client.secret_at) == (MOMENT, MOMENT, None)
    item = kept(_to_item(client))
    assert (item["created_at"], item["revoked_at"]) == (AT, AT)
    ending = _to_client(old | {"previous_digest": "e", "previous_until": AT})
    assert ending.overlaps(MOMENT - timedelta(milliseconds=1))
    assert not ending.overlaps(MOMENT)


def test_who_was_kept_before_users_had_numbers_has_one() -> None:
    item = {"id": "2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"}
    assert user_number(item) == user_number(item) > 10**9
    assert user_number(item) < 10**15
    assert user_number({**item, "number": 7}) == 7
