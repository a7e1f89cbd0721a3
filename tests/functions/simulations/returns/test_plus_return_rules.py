"""A store's plus returns over the API: made, changed and ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import ANY

import pytest

from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Answer, Shop

Json = dict[str, Any]


def create(call: Call, shop: Shop, key: str | None = None, **rule: Any) -> Answer:
    body = {"plus_return_rule": {"max_return": 3, **rule}}
    return call("simulations", "create_plus_return_rule", shop=shop, body=body, headers={"Idempotency-Key": key})


def on(call: Call, shop: Shop, operation: str, rule_id: int, **told: Any) -> Answer:
    return call("simulations", operation, shop=shop, path={"rule_id": str(rule_id)}, **told)


def test_a_rule_is_made_read_changed_switched_and_ended(call: Call, shop: Shop) -> None:
    made = call("simulations", "create_plus_return_rule", shop=shop)
    rule = made.json["plus_return_rule"]
    assert (made.status, rule["active"], rule["bank_febraban_code"], rule["max_return"]) == (201, True, "341", 3)
    assert call("simulations", "create_plus_return_rule", shop=shop).json == made.json
    assert on(call, shop, "get_plus_return_rule", rule["id"]).json == made.json
    changed = on(call, shop, "update_plus_return_rule", rule["id"], body={"plus_return_rule": {"max_return": "2"}})
    assert changed.json["plus_return_rule"]["max_return"] == 2
    assert changed.json["plus_return_rule"]["max_installments"] == 48
    for operation, active in (("deactivate", False), ("deactivate", False), ("activate", True), ("activate", True)):
        switched = on(call, shop, f"{operation}_plus_return_rule", rule["id"])
        assert (switched.status, switched.json["plus_return_rule"]["active"]) == (200, active)
    assert [each["id"] for each in call("simulations", "list_plus_return_rules", shop=shop).json] == [rule["id"]]
    assert on(call, shop, "delete_plus_return_rule", rule["id"]).status == 204
    gone = on(call, shop, "delete_plus_return_rule", rule["id"])
    assert (gone.status, gone.json["code"]) == (404, "plus_return_rule_not_found")
    assert call("simulations", "list_plus_return_rules", shop=shop).json == []


def test_two_rules_of_one_condition_are_refused_whatever_made_them_so(call: Call, shop: Shop) -> None:
    first = create(call, shop, max_installments=36).json["plus_return_rule"]["id"]
    refused = create(call, shop, min_installments=36)
    assert (refused.status, refused.json["code"]) == (409, "plus_return_rule_overlaps")
    later = create(call, shop, min_installments=37).json["plus_return_rule"]["id"]
    assert create(call, shop, bank_febraban_code="341").status == 201
    moved = on(call, shop, "update_plus_return_rule", later, body={"plus_return_rule": {"min_installments": 30}})
    assert moved.json["code"] == "plus_return_rule_overlaps"
    on(call, shop, "deactivate_plus_return_rule", first)
    moved = on(call, shop, "update_plus_return_rule", later, body={"plus_return_rule": {"min_installments": 30}})
    assert moved.status == 200
    assert on(call, shop, "activate_plus_return_rule", first).json["code"] == "plus_return_rule_overlaps"


def test_of_two_at_once_that_overlap_one_is_made(call: Call, shop: Shop) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: create(call, shop, str(n)), range(4)))
    assert sorted(each.status for each in answers) == [201, 409, 409, 409]
    assert len(call("simulations", "list_plus_return_rules", shop=shop).json) == 1


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ({"max_return": 7}, {"max_return": "less_than_equal"}),
        ({"max_return": None}, {"max_return": "int_type"}),
        ({"max_return": 2, "min_return": 3}, {"min_return": "above_max_return"}),
        ({"min_installments": 48, "max_installments": 36}, {"min_installments": "above_max"}),
        (
            {"min_financed_amount_cents": 2, "max_financed_amount_cents": 1},
            {"min_financed_amount_cents": "above_max"},
        ),
        ({"bank_febraban_code": "000"}, {"bank_febraban_code": "unknown_bank"}),
        ({"store_id": 999_999}, {"store_id": "two_stores"}),
    ],
)
def test_what_a_rule_cannot_say_is_told(call: Call, shop: Shop, said: Json, rules: Json) -> None:
    refused = create(call, shop, **said)
    assert refused.status == 422
    assert refused.rules() == {f"plus_return_rule.{name}": rule for name, rule in rules.items()}


def test_a_rule_is_made_and_left_as_it_is_said_to_count(call: Call, shop: Shop) -> None:
    made = create(call, shop, active=False, bank_febraban_code="341").json["plus_return_rule"]
    assert made["active"] is False
    for said, rules in (
        ({"active": "true"}, {"active": "bool_type"}),
        ({"bank_febraban_code": "422"}, {"bank_febraban_code": "mismatch"}),
        ({"bank_febraban_code": None}, {"bank_febraban_code": "mismatch"}),
        ({"store_id": 999_999}, {"store_id": "two_stores"}),
    ):
        refused = on(call, shop, "update_plus_return_rule", made["id"], body={"plus_return_rule": said})
        assert refused.rules() == {f"plus_return_rule.{name}": rule for name, rule in rules.items()}
    changed = on(call, shop, "update_plus_return_rule", made["id"], body={"plus_return_rule": {**made, "active": True}})
    assert changed.json["plus_return_rule"] == {**made, "active": True, "updated_at": ANY}


def test_another_stores_rule_is_not_found(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    made = create(call, shop).json["plus_return_rule"]["id"]
    stranger = open_shop()
    for operation in ("get", "activate", "deactivate", "delete"):
        assert on(call, stranger, f"{operation}_plus_return_rule", made).status == 404
    assert call("simulations", "list_plus_return_rules", shop=stranger).json == []
