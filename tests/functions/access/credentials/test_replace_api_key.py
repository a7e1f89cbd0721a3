"""A partner exchanges its own API keys, with an overlap of its choice."""

from __future__ import annotations

import json
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.access.store import AccessStore
from lastro.aws.clients import open_client
from lastro.operator.command import create_key, open_registration
from tests.clock import MovableClock
from tests.functions.conftest import OpenShop
from tests.functions.invocation import Answer, Shop, call_function, load_function, sample_event


class Holder(Shop):
    """Whoever holds a key, as the authorizer knows it now."""

    @property
    def authorizer(self) -> dict[str, str]:
        return admit(self.api_key)


def admit(key: str) -> dict[str, str]:
    event = sample_event("access", "authorize")
    event["headers"]["Authorization"] = f"Bearer {key}"
    answer = load_function("access", "authorize").handler(event, SimpleNamespace(function_name="authorize"))
    context: dict[str, str] = answer["context"]
    return context


def refused(key: str) -> bool:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        admit(key)
    return True


@pytest.fixture
def holder(shop: Shop, clock: MovableClock) -> Holder:
    return Holder(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids)


def bound(shop: Shop, **bounds: Any) -> Holder:
    made = create_key(open_registration(), shop.partner_id, **bounds)
    return Holder(shop.partner_id, made["api_key"], made["key_id"], shop.store_ids)


def replace(holder: Shop, key_id: str | None = None, **body: Any) -> Answer:
    path = {"key_id": key_id or holder.key_id}
    return call_function("access", "replace_api_key", shop=holder, path=path, body=body)


def revoke(holder: Shop, key_id: str) -> Answer:
    return call_function("access", "revoke_api_key", shop=holder, path={"key_id": key_id})


def keys_of(holder: Shop) -> list[dict[str, Any]]:
    answer = call_function("access", "list_api_keys", shop=holder)
    assert answer.status == 200
    keys: list[dict[str, Any]] = answer.json["api_keys"]
    return keys


def test_both_keys_open_until_the_chosen_end(holder: Holder, clock: MovableClock, logged: StringIO) -> None:
    answer = replace(holder, overlap_hours=2)
    assert answer.status == 201
    fresh, made = answer.json["key"], answer.json["api_key"]
    assert answer.json["replaced"]["expires_at"] == "2026-11-03T14:00:07.250Z"
    assert answer.json["replaced"]["replaced_by"] == made["id"]
    assert admit(fresh)["principal"] == made["id"]
    assert int(admit(holder.api_key)["until"]) == int(clock.moment.timestamp()) + 7200
    clock.advance(hours=2)
    assert refused(holder.api_key)
    assert admit(fresh)["partner_id"] == holder.partner_id
    kept = json.dumps(open_client("dynamodb").scan(TableName="lastro-test")["Items"])
    assert fresh not in logged.getvalue() + kept


def test_a_day_unless_told_otherwise_and_a_week_at_most(holder: Holder) -> None:
    answer = call_function("access", "replace_api_key", shop=holder, path={"key_id": holder.key_id}, body=None)
    assert answer.json["replaced"]["expires_at"] == "2026-11-04T12:00:07.250Z"
    for hours in (-1, 169, "x"):
        assert replace(holder, overlap_hours=hours).status == 422


def test_of_two_at_once_one_takes_the_place(holder: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    find, rivals = AccessStore.find_keys, [True]

    def find_and_be_overtaken(register: AccessStore, partner_id: str) -> Any:
        found = find(register, partner_id)
        if rivals and rivals.pop():
            assert replace(holder).status == 201
        return found

    monkeypatch.setattr(AccessStore, "find_keys", find_and_be_overtaken)
    answer = replace(holder)
    assert (answer.status, answer.json["code"]) == (409, "key_replaced")
    assert len(keys_of(holder)) == 2


def test_a_lost_answer_is_made_good(holder: Holder) -> None:
    lost = replace(holder).json["api_key"]["id"]
    assert replace(holder).json["code"] == "key_replaced"
    assert revoke(holder, lost).status == 204
    again = replace(holder)
    assert again.status == 201
    assert [key["revoked_at"] is not None for key in keys_of(holder)].count(True) == 1
    assert admit(again.json["key"])


def test_nobody_locks_itself_out(holder: Holder) -> None:
    assert revoke(holder, holder.key_id).json["code"] == "key_in_use"
    other = bound(holder)
    assert revoke(other, holder.key_id).status == 204
    assert revoke(other, holder.key_id).status == 204
    assert refused(holder.api_key)
    assert replace(other, holder.key_id).json["code"] == "key_ended"


def test_a_bound_key_sees_and_exchanges_itself_alone(holder: Holder) -> None:
    other = bound(holder, stores=[holder.store_ids[0]], panel="broker")
    assert [(key["id"], key["current"], key["panel"]) for key in keys_of(other)] == [(other.key_id, True, "broker")]
    assert replace(other, holder.key_id).json["code"] == "key_not_found"
    assert revoke(other, holder.key_id).json["code"] == "key_not_found"
    fresh = replace(other).json
    assert (fresh["api_key"]["store_ids"], fresh["api_key"]["panel"]) == ([holder.store_ids[0]], "broker")
    assert admit(fresh["key"])["bound"] == "stores"
    assert len(keys_of(other)) == 2
    assert {key["id"] for key in keys_of(holder)} >= {other.key_id, holder.key_id}


def test_another_partner_sees_nothing(holder: Holder, open_shop: OpenShop) -> None:
    stranger = open_shop()
    assert replace(stranger, holder.key_id).json["code"] == "key_not_found"
    assert revoke(stranger, holder.key_id).json["code"] == "key_not_found"
    assert holder.key_id not in {key["id"] for key in keys_of(stranger)}


def test_a_cached_answer_of_the_authorizer_does_not_outlive_the_key(holder: Holder, clock: MovableClock) -> None:
    replace(holder, overlap_hours=0)
    cached = {**holder_context(holder), "until": str(int(clock.moment.timestamp()))}
    event = sample_event("access", "list_banks")
    event["requestContext"]["authorizer"] = cached
    answer = load_function("access", "list_banks").handler(event, SimpleNamespace(function_name="list_banks"))
    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (401, "unauthorized")


def holder_context(holder: Shop) -> dict[str, str]:
    return {"partner_id": holder.partner_id, "store_ids": "", "scopes": "*", "principal": holder.key_id}
