"""A partner makes keys and clients of its own, and ends clients."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.access.credentials.creating import MOST_STANDING
from lastro.access.model import digest_key
from lastro.access.store import AccessStore
from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.table import Table
from lastro.operator.command import create_client as make_client
from lastro.operator.command import create_key as make_key
from lastro.operator.command import open_registration
from tests.clock import MovableClock
from tests.functions.access.credentials.test_replace_api_key import Holder, admit, bound, refused, revoke
from tests.functions.conftest import OpenShop
from tests.functions.invocation import Answer, Shop, call_function
from tests.functions.tenants.world import all_rows


@pytest.fixture
def holder(shop: Shop) -> Holder:
    return Holder(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids)


def create_key(holder: Shop, **body: Any) -> Answer:
    return call_function("access", "create_api_key", shop=holder, body=body)


def create_client(holder: Shop, **body: Any) -> Answer:
    return call_function("access", "create_client", shop=holder, body=body)


def log_in(made: Answer, **body: Any) -> Answer:
    known = {"client_id": made.json["client"]["client_id"], "client_secret": made.json["client_secret"]}
    return call_function("access", "create_token", body={**known, **body})


def test_a_key_opens_what_it_was_asked_for(holder: Holder) -> None:
    made = create_key(holder, store_ids=[holder.store_ids[0], holder.store_ids[0]], panel="manager", role="reader")
    assert made.status == 201
    view = made.json["api_key"]
    assert (view["store_ids"], view["panel"], view["role"], view["current"]) == (
        [holder.store_ids[0]],
        "manager",
        "reader",
        False,
    )
    admitted = admit(made.json["key"])
    assert (admitted["partner_id"], admitted["store_ids"]) == (holder.partner_id, str(holder.store_ids[0]))
    assert made.json["key"] not in str(call_function("access", "list_api_keys", shop=holder).json)


def test_a_key_without_bounds_is_of_the_whole_partner_until_it_is_ended(holder: Holder) -> None:
    made = create_key(holder)
    assert (made.json["api_key"]["store_ids"], made.json["api_key"]["role"]) == (None, "member")
    assert admit(made.json["key"])["partner_id"] == holder.partner_id
    assert revoke(holder, made.json["api_key"]["id"]).status == 204
    assert refused(made.json["key"])


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ({"store_ids": []}, {"store_ids": "too_short"}),
        ({"store_id": 1}, {"store_id": "unknown_field"}),
        ({"Store_ids": [1]}, {"Store_ids": "unknown_field"}),
        ({"store_ids": "1"}, {"store_ids": "list_type"}),
        ({"panel": "director"}, {"panel": "enum"}),
        ({"role": "leitor"}, {"role": "enum"}),
        ({"scopes": ["api-caas"]}, {"scopes": "unknown_field"}),
    ],
)
def test_what_could_open_more_than_was_meant_is_refused(
    holder: Holder, body: dict[str, Any], rules: dict[str, str]
) -> None:
    refusal = create_key(holder, **body)
    assert (refusal.status, refusal.rules()) == (422, rules)


def test_another_partners_store_is_nobody_s_to_open(holder: Holder, open_shop: OpenShop) -> None:
    foreign = open_shop().store_ids[0]
    for answer in (
        create_key(holder, store_ids=[foreign]),
        create_client(holder, scopes=["api-caas"], store_ids=[foreign]),
    ):
        assert (answer.status, answer.rules()) == (422, {"store_ids": "unknown_store"})


@pytest.mark.parametrize("bounds", [{"panel": "broker"}, {"role": "reader"}, {"stores": [1]}])
def test_who_is_bound_makes_nothing(shop: Shop, bounds: dict[str, Any]) -> None:
    held = bound(shop, **({"stores": shop.store_ids} if "stores" in bounds else bounds))
    assert create_key(held).status == 403
    assert create_client(held, scopes=["api-caas"]).status == 403


@pytest.mark.usefixtures("token_key")
def test_a_client_logs_in_for_its_scopes_until_it_is_ended(holder: Holder) -> None:
    made = create_client(holder, scopes=["api-caas", "api-caas"], store_ids=list(holder.store_ids))
    assert made.status == 201
    assert made.json["client"]["scopes"] == ["api-caas"]
    token = log_in(made, scopes=["api-caas"])
    assert token.status == 200
    assert log_in(made, scopes=["api-external"]).status == 403
    path = {"client_id": str(made.json["client"]["client_id"])}
    assert [call_function("access", "revoke_client", shop=holder, path=path).status for _ in range(2)] == [204, 204]
    assert refused(token.json["access_token"])
    assert log_in(made, scopes=["api-caas"]).status == 401


def test_what_ended_is_listed_for_ninety_days(holder: Holder, clock: MovableClock) -> None:
    """And forgotten then, by its digest as in its partner's list, so that a list that is read whole stays short."""
    key, client = create_key(holder), create_client(holder, scopes=["api-caas"])
    replaced, standing = create_key(holder), create_key(holder)
    now = int(clock.moment.timestamp())
    revoke(holder, key.json["api_key"]["id"])
    call_function("access", "revoke_client", shop=holder, path={"client_id": str(client.json["client"]["client_id"])})
    path = {"key_id": replaced.json["api_key"]["id"]}
    call_function("access", "replace_api_key", shop=holder, path=path, body={"overlap_hours": 2})
    found: dict[str, list[int | None]] = {}
    for row in all_rows().values():
        if row.get("entity", {}).get("S") in ("api_key", "client"):
            found.setdefault(next(iter(row["id"].values())), []).append(
                int(row["expires"]["N"]) if "expires" in row else None
            )
    days = 90 * 86_400
    assert found[key.json["api_key"]["id"]] == [now + days] * 2
    assert found[str(client.json["client"]["client_id"])] == [now + days] * 2
    assert found[path["key_id"]] == [now + 7200 + days] * 2
    assert found[standing.json["api_key"]["id"]] == [None] * 2
    # DynamoDB forgets each row at a time of its own: what is listed still may be gone.
    clock.advance(seconds=7200 + days)
    Table().delete_many([access_keys.api_key(digest_key(replaced.json["key"]))])
    assert revoke(holder, path["key_id"]).status == 404


@pytest.mark.parametrize("scopes", [[], None, "api-caas api-external", ["tudo"]])
def test_a_client_names_its_scopes(holder: Holder, scopes: Any) -> None:
    refusal = create_client(holder, scopes=scopes)
    assert refusal.status == 422
    assert set(refusal.rules()) <= {"scopes", "scopes.0"}


def test_another_partners_client_is_not_found(holder: Holder, open_shop: OpenShop) -> None:
    foreign = make_client(open_registration(), open_shop().partner_id)
    path = {"client_id": str(foreign["client_id"])}
    assert call_function("access", "revoke_client", shop=holder, path=path).status == 404


def test_a_partner_has_so_many_keys_and_clients_at_once(holder: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    standing = AccessStore(Table()).find_keys(holder.partner_id)
    monkeypatch.setattr("lastro.access.credentials.creating.MOST_STANDING", len(standing) + 1)
    assert MOST_STANDING == 100
    last = make_key(open_registration(), holder.partner_id)["key_id"]
    full = create_key(holder)
    assert (full.status, full.json["code"]) == (409, "too_many_keys")
    assert revoke(holder, last).status == 204
    assert create_key(holder).status == 201
    clients = [create_client(holder, scopes=["api-caas"]) for _ in range(len(standing) + 2)]
    assert (clients[-1].status, clients[-1].json["code"]) == (409, "too_many_clients")
