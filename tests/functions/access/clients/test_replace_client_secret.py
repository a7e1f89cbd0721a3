"""A partner exchanges the secrets of its clients, with an overlap of its choice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lastro.access.clients.store import ClientStore
from lastro.operator.command import create_client, open_registration, revoke_client
from tests.clock import MovableClock
from tests.functions.access.conftest import Client, log_in
from tests.functions.conftest import OpenShop
from tests.functions.invocation import Answer, Shop, call_function, load_function, sample_event


def replace(shop: Shop, client_id: int, **body: Any) -> Answer:
    path = {"client_id": str(client_id)}
    return call_function("access", "replace_client_secret", shop=shop, path=path, body=body)


def end(shop: Shop, client_id: int, which: str) -> Answer:
    path = {"client_id": str(client_id), "which": which}
    return call_function("access", "end_client_secret", shop=shop, path=path)


def enters(client: Client, secret: str) -> bool:
    answer = log_in({**client, "client_secret": secret})
    assert answer.status in (200, 401)
    return answer.status == 200


def test_both_secrets_enter_until_the_chosen_end(client: Client, shop: Shop, clock: MovableClock) -> None:
    answer = replace(shop, client["client_id"], overlap_hours=3)
    assert answer.status == 201
    fresh = answer.json["client_secret"]
    assert answer.json["client"]["previous_secret_valid_until"] == "2026-11-03T15:00:07.250Z"
    assert enters(client, fresh)
    assert enters(client, client["client_secret"])
    assert replace(shop, client["client_id"]).json["code"] == "secret_overlaps"
    clock.advance(hours=3)
    assert not enters(client, client["client_secret"])
    assert enters(client, fresh)
    [listed] = call_function("access", "list_clients", shop=shop).json["clients"]
    assert (listed["client_id"], listed["previous_secret_valid_until"]) == (client["client_id"], None)
    assert "digest" not in str(listed)


def test_the_one_before_may_be_ended_at_once(client: Client, shop: Shop) -> None:
    fresh = replace(shop, client["client_id"]).json["client_secret"]
    assert end(shop, client["client_id"], "previous").status == 204
    assert [enters(client, secret) for secret in (client["client_secret"], fresh)] == [False, True]
    assert end(shop, client["client_id"], "previous").json["code"] == "secret_alone"


def test_a_lost_answer_is_made_good(client: Client, shop: Shop, clock: MovableClock) -> None:
    lost = replace(shop, client["client_id"]).json["client_secret"]
    assert end(shop, client["client_id"], "current").status == 204
    clock.advance(hours=48)
    assert [enters(client, secret) for secret in (client["client_secret"], lost)] == [True, False]
    again = replace(shop, client["client_id"]).json["client_secret"]
    assert enters(client, again)


def test_a_token_exchanges_its_own_client_alone(client: Client, shop: Shop) -> None:
    other = create_client(open_registration(), shop.partner_id)
    holder = as_client(shop, client)
    assert [each["client_id"] for each in call_function("access", "list_clients", shop=holder).json["clients"]] == [
        client["client_id"]
    ]
    assert replace(holder, other["client_id"]).json["code"] == "client_not_found"
    assert replace(holder, client["client_id"]).status == 201
    assert len(call_function("access", "list_clients", shop=shop).json["clients"]) == 2


def as_client(shop: Shop, client: Client) -> Shop:
    token = log_in(client).json["access_token"]
    event = sample_event("access", "authorize")
    event["headers"]["Authorization"] = f"Bearer {token}"
    context = load_function("access", "authorize").handler(event, SimpleNamespace(function_name="authorize"))["context"]

    class Holder(Shop):
        @property
        def authorizer(self) -> dict[str, str]:
            return dict(context)

    return Holder(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids)


def test_who_is_bound_and_who_is_a_stranger_see_no_client(client: Client, shop: Shop, open_shop: OpenShop) -> None:
    class Bound(Shop):
        @property
        def authorizer(self) -> dict[str, str]:
            return {**super().authorizer, "bound": "stores", "principal": "a"}

    bound = Bound(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids)
    for other in (bound, open_shop()):
        assert call_function("access", "list_clients", shop=other).json == {"clients": []}
        assert replace(other, client["client_id"]).json["code"] == "client_not_found"
        assert end(other, client["client_id"], "previous").json["code"] == "client_not_found"


def test_of_two_at_once_one_is_shown(client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    find, rivals, shown = ClientStore.find_clients, [True], []

    def find_and_be_overtaken(store: ClientStore, partner_id: str) -> Any:
        found = find(store, partner_id)
        if rivals and rivals.pop():
            shown.append(replace(shop, client["client_id"]).json["client_secret"])
        return found

    monkeypatch.setattr(ClientStore, "find_clients", find_and_be_overtaken)
    assert replace(shop, client["client_id"]).json["code"] == "secret_overlaps"
    assert enters(client, shown[0])
    assert enters(client, client["client_secret"])


def test_a_revoked_client_has_no_secret_to_exchange(client: Client, shop: Shop) -> None:
    revoke_client(open_registration(), shop.partner_id, client["client_id"])
    assert replace(shop, client["client_id"]).json["code"] == "client_ended"
