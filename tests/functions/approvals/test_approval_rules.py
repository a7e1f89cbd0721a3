"""Approval rules over the API: kept in versions, read back, and never another partner's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Shop

PATH = {"approval_rule_id": "1"}


def rule_with(*cycles: dict[str, Any]) -> dict[str, Any]:
    return {
        "approval_rule": {
            "name": "Fluxo",
            "development": "Residencial Exemplo",
            "price_table": "Tabela 2026",
            "cycles": list(cycles),
        }
    }


def cycle(start: int, end: int, least: Any = "10", **more: Any) -> dict[str, Any]:
    return {"start_month": start, "end_month": end, "minimum_percent": least, **more}


def test_a_rule_is_kept_and_read_back_as_it_was_answered(call: Call, shop: Shop) -> None:
    made = call("approvals", "create_approval_rule", shop=shop)
    assert made.status == 201
    rule = made.json["approval_rule"]
    assert (rule["id"], rule["version"]) == (1, 1)
    assert [(one["number"], one["minimum_percent"], one["maximum_percent"]) for one in rule["cycles"]] == [
        (1, "10.00", None),
        (2, "20.00", "40.00"),
        (3, "50.00", None),
    ]
    assert call("approvals", "get_approval_rule", shop=shop, path=PATH).json == made.json
    assert call("approvals", "list_approval_rules", shop=shop).json == {
        "approval_rules": [rule],
        "next_cursor": None,
    }


def test_the_same_attempt_makes_one_rule_and_another_request_under_its_key_is_refused(call: Call, shop: Shop) -> None:
    first = call("approvals", "create_approval_rule", shop=shop)
    assert call("approvals", "create_approval_rule", shop=shop).json == first.json
    assert len(call("approvals", "list_approval_rules", shop=shop).json["approval_rules"]) == 1
    other = call("approvals", "create_approval_rule", shop=shop, body=rule_with(cycle(0, 1)))
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")


def test_a_change_makes_the_next_version_and_versions_before_it_stay(call: Call, shop: Shop) -> None:
    first = call("approvals", "create_approval_rule", shop=shop).json["approval_rule"]
    same = call("approvals", "replace_approval_rule", shop=shop, path=PATH)
    assert (same.status, same.json["approval_rule"]) == (200, first)
    changed = call("approvals", "replace_approval_rule", shop=shop, path=PATH, body=rule_with(cycle(0, 12, 33.333333)))
    assert changed.json["approval_rule"]["version"] == 2
    assert changed.json["approval_rule"]["cycles"][0]["minimum_percent"] == "33.333333"
    read = call("approvals", "get_approval_rule", shop=shop, path=PATH, query={"version": "1"})
    assert read.json["approval_rule"] == first
    missing = call("approvals", "get_approval_rule", shop=shop, path=PATH, query={"version": "3"})
    assert (missing.status, missing.json["code"]) == (404, "approval_rule_not_found")


def test_every_fault_is_named_by_its_cycle(call: Call, shop: Shop) -> None:
    body = rule_with(
        cycle(0, 6),
        cycle(6, 5),
        cycle(7, 9, "30", maximum_percent="20"),
    )
    answer = call("approvals", "create_approval_rule", shop=shop, body=body)
    assert answer.status == 422
    assert [(error["field"], error["rule"]) for error in answer.json["errors"]] == [
        ("approval_rule.cycles.1.end_month", "before_start"),
        ("approval_rule.cycles.1.start_month", "overlap"),
        ("approval_rule.cycles.2.maximum_percent", "below_minimum"),
    ]


@pytest.mark.parametrize(
    ("cycles", "field"),
    [
        ([], "approval_rule.cycles"),
        ([cycle(month, month) for month in range(11)], "approval_rule.cycles"),
        ([cycle(0, 1, "10,5")], "approval_rule.cycles.0.minimum_percent"),
        ([cycle(0, 1, "100.01")], "approval_rule.cycles.0.minimum_percent"),
        ([cycle(0, 1, "1.234,56")], "approval_rule.cycles.0.minimum_percent"),
        ([cycle(-1, 1)], "approval_rule.cycles.0.start_month"),
        ([cycle(0, 1, cumulative="sim")], "approval_rule.cycles.0.cumulative"),
        ([{"start_month": 0, "minimum_percent": "1"}], "approval_rule.cycles.0.end_month"),
    ],
)
def test_what_is_no_cycle_is_refused_by_name(call: Call, shop: Shop, cycles: list[Any], field: str) -> None:
    answer = call("approvals", "create_approval_rule", shop=shop, body=rule_with(*cycles))
    assert answer.status == 422
    assert field in [error["field"] for error in answer.json["errors"]]


def test_ten_cycles_are_kept(call: Call, shop: Shop) -> None:
    answer = call(
        "approvals", "create_approval_rule", shop=shop, body=rule_with(*[cycle(month, month) for month in range(10)])
    )
    assert (answer.status, len(answer.json["approval_rule"]["cycles"])) == (201, 10)


def test_pages_follow_each_other(call: Call, shop: Shop) -> None:
    for number in range(3):
        headers = {"Idempotency-Key": f"rule-{number}"}
        assert call("approvals", "create_approval_rule", shop=shop, headers=headers).status == 201
    first = call("approvals", "list_approval_rules", shop=shop, query={"per_page": "2"}).json
    assert [rule["id"] for rule in first["approval_rules"]] == [1, 2]
    query = {"per_page": "2", "cursor": first["next_cursor"]}
    rest = call("approvals", "list_approval_rules", shop=shop, query=query).json
    assert ([rule["id"] for rule in rest["approval_rules"]], rest["next_cursor"]) == ([3], None)


def test_another_partners_rule_is_not_found(call: Call, open_shop: OpenShop) -> None:
    mine, other = open_shop(), open_shop()
    call("approvals", "create_approval_rule", shop=mine)
    for operation in ("get_approval_rule", "replace_approval_rule", "evaluate_approval_rule"):
        assert call("approvals", operation, shop=other, path=PATH).status == 404
    assert call("approvals", "list_approval_rules", shop=other).json["approval_rules"] == []


def evaluate(call: Call, shop: Shop, payments: list[Any], total: int = 50_000_000, **changes: Any) -> Any:
    flow = {"signed_on": "2026-11-10", "total_cents": total, "payments": payments, **changes}
    return call("approvals", "evaluate_approval_rule", shop=shop, path=PATH, body={"flow": flow})


def test_a_flow_that_meets_three_cycles_is_approved(call: Call, shop: Shop) -> None:
    call("approvals", "create_approval_rule", shop=shop)
    answer = call("approvals", "evaluate_approval_rule", shop=shop, path=PATH)
    assert answer.status == 200
    evaluation = answer.json["evaluation"]
    assert (evaluation["approved"], evaluation["smallest_change"]) == (True, [])
    assert evaluation["approval_rule"] == {"id": 1, "version": 1}
    assert [(one["number"], one["found_cents"], one["required_cents"]) for one in evaluation["cycles"]] == [
        (1, 5_000_000, 5_000_000),
        (2, 10_200_000, 10_000_000),
        (3, 26_400_000, 25_000_000),
    ]
    assert len(evaluation["payments"]) == 26
    assert evaluation["cycles"][0]["payments"] == [0]


def test_a_refused_flow_is_told_the_smallest_change(call: Call, shop: Shop) -> None:
    call("approvals", "create_approval_rule", shop=shop)
    payments = [
        {"due_date": "2026-11-10", "amount_cents": 4_000_000},
        {"due_date": "2027-12-10", "amount_cents": 12_000_000},
        {"due_date": "2029-11-10", "amount_cents": 34_000_000},
    ]
    evaluation = evaluate(call, shop, payments).json["evaluation"]
    assert not evaluation["approved"]
    assert [(one["approved"], one["missing_cents"]) for one in evaluation["cycles"]] == [
        (False, 1_000_000),
        (True, 0),
        (True, 0),
    ]
    assert evaluation["smallest_change"] == [
        {
            "from_payment": 2,
            "from_month": 36,
            "to_cycle": 1,
            "to_first_month": 0,
            "to_last_month": 6,
            "amount_cents": 1_000_000,
        }
    ]


def test_a_flow_too_small_for_the_rule_has_no_change(call: Call, shop: Shop) -> None:
    call("approvals", "create_approval_rule", shop=shop)
    evaluation = evaluate(call, shop, [{"due_date": "2026-11-10", "amount_cents": 1}]).json["evaluation"]
    assert (evaluation["approved"], evaluation["smallest_change"]) == (False, None)


def test_a_version_is_evaluated_as_it_was(call: Call, shop: Shop) -> None:
    call("approvals", "create_approval_rule", shop=shop)
    call("approvals", "replace_approval_rule", shop=shop, path=PATH, body=rule_with(cycle(0, 600, "100")))
    for version, approved in (("1", True), ("2", False)):
        query = {"version": version}
        answer = call("approvals", "evaluate_approval_rule", shop=shop, path=PATH, query=query)
        assert answer.json["evaluation"]["approval_rule"]["version"] == int(version)
        assert answer.json["evaluation"]["approved"] is approved


@pytest.mark.parametrize(
    ("payment", "field", "rule"),
    [
        ({"due_date": "2026-11-09", "amount_cents": 1}, "due_date", "before_signing"),
        ({"due_date": "2026-11-10", "amount_cents": 0}, "amount_cents", "greater_than_equal"),
        ({"due_date": "10/11/2026", "amount_cents": 1}, "due_date", None),
        ({"due_date": "2026-11-10", "amount_cents": "1.234,56"}, "amount_cents", None),
        ({"due_date": "2026-11-10", "amount_cents": 1.5}, "amount_cents", None),
        (
            {"due_date": "2026-11-10", "amount_cents": 1, "kind": "keys", "installments": 2},
            "installments",
            "one_payment",
        ),
        (
            {"due_date": "2090-01-31", "amount_cents": 1, "kind": "annual", "installments": 12},
            "installments",
            "too_late",
        ),
    ],
)
def test_what_is_no_payment_is_refused_by_name(
    call: Call, shop: Shop, payment: dict[str, Any], field: str, rule: str | None
) -> None:
    call("approvals", "create_approval_rule", shop=shop)
    answer = evaluate(call, shop, [payment])
    assert answer.status == 422
    (error,) = answer.json["errors"]
    assert error["field"] == f"flow.payments.0.{field}"
    assert rule in (None, error["rule"])


def test_a_flow_has_at_most_six_hundred_instalments(call: Call, shop: Shop) -> None:
    call("approvals", "create_approval_rule", shop=shop)
    series = {"due_date": "2026-11-10", "amount_cents": 1, "kind": "monthly", "installments": 301}
    assert evaluate(call, shop, [series, series]).json["errors"][0]["rule"] == "too_many_payments"
    series = {**series, "installments": 300}
    assert evaluate(call, shop, [series, series]).status == 200


@pytest.fixture
def careful(call: Call, shop: Shop) -> Shop:
    """A partner whose one rule makes every check beside its cycles."""
    phase = {"measure": "average", "divisor": "family_income", "maximum_percent": "30"}
    checks = {
        "total_value": {"minimum_percent": "95", "maximum_percent": None},
        "pre_keys": {**phase, "pre_registration_percent": "50", "excluded_kinds": ["down_payment", "keys"]},
        "post_keys": {"measure": "first_installment", "maximum_percent": "1"},
        "pre_work_risk": {"maximum_percent": "40"},
        "post_work_risk": {"maximum_percent": "60", "excluded_kinds": ["keys"]},
    }
    body = rule_with(cycle(0, 600, "0"))
    body["approval_rule"]["checks"] = checks
    answer = call("approvals", "create_approval_rule", shop=shop, body=body)
    assert answer.status == 201, answer.text
    shown = answer.json["approval_rule"]["checks"]
    assert shown["total_value"] == {"minimum_percent": "95.00", "maximum_percent": None}
    assert shown["post_keys"]["divisor"] == "total"
    assert call("approvals", "replace_approval_rule", shop=shop, path=PATH, body=answer.json).json == answer.json
    return shop


FACTS: dict[str, Any] = {
    "table_price_cents": 52_000_000,
    "keys_on": "2028-11-10",
    "occupancy_permit_on": "2028-10-01",
    "customer_income_cents": 1_000_000,
    "associates_income_cents": 500_000,
    "pre_registration_installment_cents": 100_000,
}
PAYMENTS = [
    {"due_date": "2026-11-10", "amount_cents": 10_000_000, "kind": "down_payment"},
    {"due_date": "2026-12-10", "amount_cents": 400_000, "kind": "monthly", "installments": 24},
    {"due_date": "2028-12-10", "amount_cents": 500_000, "kind": "monthly", "installments": 60},
]


def test_a_sale_is_held_against_every_check(call: Call, careful: Shop) -> None:
    evaluation = evaluate(call, careful, PAYMENTS, **FACTS).json["evaluation"]
    found = {check["name"]: (check["found_percent"], check["approved"]) for check in evaluation["checks"]}
    assert found == {
        "total_value": ("96.1538", True),
        # 4,000.00 on average and half of 1,000.00, of 15,000.00 a month.
        "pre_keys": ("30.0000", True),
        "post_keys": ("1.0000", True),
        "pre_work_risk": ("39.2000", True),
        "post_work_risk": ("61.6000", False),
    }
    assert evaluation["approved"] is False
    assert evaluation["smallest_change"] is None


def test_one_cent_more_than_a_check_allows_is_refused(call: Call, careful: Shop) -> None:
    dearer = {**FACTS, "pre_registration_installment_cents": 100_001}
    evaluation = evaluate(call, careful, PAYMENTS, **dearer).json["evaluation"]
    [check] = [one for one in evaluation["checks"] if one["name"] == "pre_keys"]
    assert (check["found_percent"], check["approved"]) == ("30.0000", False)


def test_facts_that_the_rule_checks_are_asked_for_all_at_once(call: Call, careful: Shop) -> None:
    answer = evaluate(call, careful, PAYMENTS)
    assert answer.status == 422
    assert answer.rules() == {f"flow.{name}": "required" for name in FACTS}


def test_a_rule_is_not_looser_for_a_misspelt_field_and_is_taken_as_it_was_read(call: Call, shop: Shop) -> None:
    body = rule_with({**cycle(0, 6), "maximum_percents": "40"})
    body["approval_rule"]["checks"] = {"prekeys": {"measure": "sum", "maximum_percent": "1"}}
    assert call("approvals", "create_approval_rule", shop=shop, body=body).rules() == {
        "approval_rule.cycles.0.maximum_percents": "unknown_field",
        "approval_rule.checks.prekeys": "unknown_field",
    }
    made = call("approvals", "create_approval_rule", shop=shop, body=rule_with(cycle(0, 6))).json["approval_rule"]
    path = {"approval_rule_id": str(made["id"])}
    again = call("approvals", "replace_approval_rule", shop=shop, path=path, body={"approval_rule": made})
    assert again.status == 200, again.text


def test_a_check_without_a_bound_or_with_crossed_ones_is_refused_by_name(call: Call, shop: Shop) -> None:
    body = rule_with(cycle(0, 6))
    body["approval_rule"]["checks"] = {
        "total_value": {},
        "pre_keys": {"measure": "sum", "minimum_percent": "2", "maximum_percent": "1"},
    }
    answer = call("approvals", "create_approval_rule", shop=shop, body=body)
    assert answer.rules() == {
        "approval_rule.checks.total_value.minimum_percent": "required",
        "approval_rule.checks.pre_keys.maximum_percent": "below_minimum",
    }
