"""Keys of the API at the authorizer: whose they are, and everything that is refused."""

from __future__ import annotations

import json
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.access.registration import Registration
from lastro.aws.clients import open_client
from lastro.operator.command import open_registration
from tests.functions.conftest import OpenShop
from tests.functions.invocation import Shop, load_function, sample_event

CONTEXT = SimpleNamespace(function_name="authorize")


def authorize(authorization: str | None, header: str = "Authorization") -> dict[str, Any]:
    event = sample_event("access", "authorize")
    del event["headers"]["Authorization"]
    if authorization is not None:
        event["headers"][header] = authorization
    answer: dict[str, Any] = load_function("access", "authorize").handler(event, CONTEXT)
    return answer


@pytest.mark.parametrize(("scheme", "header"), [("Bearer", "Authorization"), ("bearer", "authorization")])
def test_a_key_names_its_partner_and_stores(open_shop: OpenShop, scheme: str, header: str) -> None:
    shop = open_shop(stores=2)
    answer = authorize(f"{scheme} {shop.api_key}", header)
    assert answer["principalId"] == shop.partner_id
    assert answer["context"] == {
        "partner_id": shop.partner_id,
        "store_ids": f"{shop.store_ids[0]},{shop.store_ids[1]}",
        "principal": shop.key_id,
        "scopes": "*",
    }


def test_the_policy_allows_the_whole_stage_so_that_it_can_be_cached(shop: Shop) -> None:
    [statement] = authorize(f"Bearer {shop.api_key}")["policyDocument"]["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": "execute-api:Invoke",
        "Resource": ["arn:aws:execute-api:sa-east-1:123456789012:a1b2c3d4e5/live/*"],
    }


def test_another_partners_stores_are_not_named(open_shop: OpenShop) -> None:
    first, second = open_shop(stores=2), open_shop()
    assert authorize(f"Bearer {second.api_key}")["context"]["store_ids"] == str(second.store_ids[0])
    assert not set(first.store_ids) & set(second.store_ids)


def test_a_partner_without_stores_is_known(open_shop: OpenShop) -> None:
    shop = open_shop(stores=0)
    known = {"partner_id": shop.partner_id, "store_ids": "", "principal": shop.key_id, "scopes": "*"}
    assert authorize(f"Bearer {shop.api_key}")["context"] == known


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer lk_short", "Bearer " + "lk_" + "A" * 43, "Bearer \x00é"],
)
def test_anything_else_is_refused_with_the_text_api_gateway_knows(shop: Shop, authorization: str | None) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$") as caught:
        authorize(authorization)
    assert type(caught.value) is Exception


def test_the_bare_key_without_its_scheme_is_refused(shop: Shop) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        authorize(shop.api_key)


def test_a_revoked_key_is_refused_and_the_partners_other_key_is_not(shop: Shop) -> None:
    registration: Registration = open_registration()
    other, _ = registration.create_key(shop.partner_id)
    registration.revoke_key(shop.partner_id, shop.key_id)
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        authorize(f"Bearer {shop.api_key}")
    assert authorize(f"Bearer {other}")["principalId"] == shop.partner_id


def test_two_reads_at_most_and_none_for_a_misshapen_key(shop: Shop) -> None:
    calls: list[str] = []

    def count(event_name: str, **_: Any) -> None:
        calls.append(event_name.rpartition(".")[2])

    open_client("dynamodb").meta.events.register("before-call.dynamodb", count)
    authorize(f"Bearer {shop.api_key}")
    assert calls == ["GetItem", "Query"]
    calls.clear()
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        authorize("Bearer nonsense")
    assert calls == []


def test_no_key_is_stored_or_logged(shop: Shop, logged: StringIO) -> None:
    authorize(f"Bearer {shop.api_key}")
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        authorize(f"Bearer {shop.api_key[:-1]}")
    assert shop.partner_id in logged.getvalue()
    assert "authorization refused" in logged.getvalue()
    everything = open_client("dynamodb").scan(TableName="lastro-test")["Items"]
    assert everything
    assert shop.api_key[:20] not in logged.getvalue() + json.dumps(everything)
