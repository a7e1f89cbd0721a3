"""Reservations over the API: evaluated at once, kept with their evaluation, listed by customer and by authority."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.approvals.reservations import reading
from lastro.aws.services.json_service import JsonService
from tests.functions.approvals.conftest import ALMOST, MET, Office, flow_of
from tests.functions.conftest import OpenShop
from tests.functions.customers.visitors import staff_of
from tests.functions.invocation import call_function


def test_a_reservation_is_kept_with_its_evaluation_and_shown_as_it_was_answered(office: Office) -> None:
    made = office.reserve(unit="Torre A, 101", pre_registration_id="10751", lots=2)
    assert made.status == 201
    reservation = made.json["reservation"]
    assert (reservation["id"], reservation["state"], reservation["met_percent"]) == (1, "approved", "100.0000")
    assert reservation["evaluation"]["approval_rule"] == {"id": 1, "version": 1}
    assert reservation["evaluation"]["smallest_change"] == []
    assert reservation["flow"]["signed_on"] == "2026-11-10"
    assert office.show(1) == reservation
    [row] = office.list().json["reservations"]
    assert row == {name: reservation[name] for name in row}
    assert {"flow", "evaluation", "history"}.isdisjoint(row)


def test_what_the_evaluation_was_stays_when_the_rule_changes(office: Office) -> None:
    before = office.reserve().json["reservation"]
    body = {"approval_rule": {"name": "Outra", "development": "Outro", "price_table": "Outra", "cycles": [CYCLE]}}
    path = {"approval_rule_id": "1"}
    changed = call_function("approvals", "replace_approval_rule", shop=office.shop, path=path, body=body)
    assert changed.json["approval_rule"]["version"] == 2
    assert office.show(1) == before
    assert office.reserve().rules() == {"reservation.price_table": "no_rule"}
    assert office.reserve(development="OUTRO", price_table="outra").json["reservation"]["state"] == "approved"


CYCLE: dict[str, Any] = {"start_month": 0, "end_month": 600, "minimum_percent": "0"}


def test_without_authorities_the_rule_alone_decides(office: Office) -> None:
    refused = office.reserve(ALMOST).json["reservation"]
    assert (refused["state"], refused["rank"], refused["met_percent"]) == ("refused", None, "96.0000")
    assert refused["evaluation"]["smallest_change"][0]["amount_cents"] == 200_000


def test_the_same_attempt_reserves_once(office: Office) -> None:
    first = office.reserve(key="reserva-1")
    assert office.reserve(key="reserva-1").json == first.json
    other = office.reserve(key="reserva-1", unit="102")
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
    assert len(office.list().json["reservations"]) == 1


def test_the_rule_of_a_sale_is_one(office: Office) -> None:
    call_function("approvals", "create_approval_rule", shop=office.shop, headers={"Idempotency-Key": "other"})
    assert office.reserve().rules() == {"reservation.approval_rule_id": "several_rules"}
    assert office.reserve(approval_rule_id=2).json["reservation"]["evaluation"]["approval_rule"]["id"] == 2
    assert office.reserve(approval_rule_id=3).rules() == {"reservation.approval_rule_id": "not_found"}
    other = office.reserve(approval_rule_id=2, price_table="Outra")
    assert other.rules() == {"reservation.approval_rule_id": "other_sale"}


def test_facts_and_the_pre_registration_are_asked_for_where_the_rule_uses_them(office: Office) -> None:
    phase = {"measure": "sum", "maximum_percent": "100", "pre_registration_percent": "50"}
    rule = {"name": "Com pré", "development": "Jardim", "price_table": "B", "cycles": [CYCLE]}
    body = {"approval_rule": {**rule, "checks": {"pre_keys": phase}}}
    headers = {"Idempotency-Key": "pre"}
    assert (
        call_function("approvals", "create_approval_rule", shop=office.shop, body=body, headers=headers).status == 201
    )
    sale: dict[str, Any] = {"development": "Jardim", "price_table": "B"}
    assert office.reserve(**sale).rules() == {
        "reservation.flow.keys_on": "required",
        "reservation.flow.pre_registration_installment_cents": "required",
        "reservation.pre_registration_id": "required",
    }
    facts: dict[str, Any] = {"keys_on": "2028-11-10", "pre_registration_installment_cents": 100}
    assert office.reserve({**MET, **facts}, pre_registration_id=10751, **sale).status == 201


def test_a_risk_above_its_limit_blocks_the_approval_whoever_may_decide(office: Office) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    rule = {"name": "Risco", "development": "Jardim", "price_table": "B", "cycles": [CYCLE]}
    body = {"approval_rule": {**rule, "checks": {"post_work_risk": {"maximum_percent": "68"}}}}
    headers = {"Idempotency-Key": "risk"}
    assert (
        call_function("approvals", "create_approval_rule", shop=office.shop, body=body, headers=headers).status == 201
    )
    sale: dict[str, Any] = {"development": "Jardim", "price_table": "B"}
    permit: dict[str, Any] = {"occupancy_permit_on": "2028-10-01"}
    over = flow_of(("2026-11-10", 15_999_999), ("2029-11-10", 34_000_001), **permit)
    blocked = office.reserve(over, **sale).json["reservation"]
    assert (blocked["state"], blocked["rank"]) == ("blocked", None)
    assert office.decide(blocked["id"], "bia.lima").json["code"] == "reservation_decided"
    within = flow_of(("2026-11-10", 16_000_000), ("2029-11-10", 34_000_000), **permit)
    assert office.reserve(within, **sale).json["reservation"]["state"] == "awaiting_decision"


def test_the_list_of_a_customer_is_one_query_a_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for customer in (42, 7, 42, 42):
        office.reserve(customer_id=customer)
    first = office.list(customer_id="42", per_page="2").json
    assert [row["id"] for row in first["reservations"]] == [1, 3]
    asked: list[str] = []
    ask = JsonService.ask

    def count(client: JsonService, operation: str, /, **parameters: Any) -> Any:
        asked.append(operation)
        return ask(client, operation, **parameters)

    monkeypatch.setattr(JsonService, "ask", count)
    rest = office.list(customer_id="42", per_page="2", cursor=first["next_cursor"]).json
    assert ([row["id"] for row in rest["reservations"]], rest["next_cursor"]) == ([4], None)
    assert [name for name in asked if name in ("Query", "Scan", "BatchGetItem")] == ["Query", "BatchGetItem"]
    assert office.list(customer_id="8").json == {"reservations": [], "next_cursor": None}


def test_pages_of_all_follow_each_other(office: Office) -> None:
    for _ in range(3):
        office.reserve()
    first = office.list(per_page="2").json
    assert [row["id"] for row in first["reservations"]] == [1, 2]
    rest = office.list(per_page="2", cursor=first["next_cursor"]).json
    assert ([row["id"] for row in rest["reservations"]], rest["next_cursor"]) == ([3], None)


def test_one_filter_at_a_time(office: Office) -> None:
    assert office.list(customer_id="42", authority="bia.lima").rules() == {"authority": "one_filter"}
    assert office.list(authority="bia.lima").json["code"] == "approval_authority_not_found"


def test_a_page_of_who_sells_is_short_at_the_end_alone(office: Office) -> None:
    seller = Office(staff_of(office.shop, "broker"), office.units)
    for who in (office, seller, office, office, seller, office, seller, office):
        assert who.reserve().status == 201
    first = seller.list(per_page="2").json
    assert [row["id"] for row in first["reservations"]] == [2, 5]
    rest = seller.list(per_page="2", cursor=first["next_cursor"]).json
    assert ([row["id"] for row in rest["reservations"]], rest["next_cursor"]) == ([7], None)
    assert [row["id"] for row in seller.list(customer_id="42", per_page="3").json["reservations"]] == [2, 5, 7]


def test_a_page_of_who_sells_reads_no_more_than_so_many(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_READS", 2)
    monkeypatch.setattr(reading, "_READ", 1)
    seller = Office(staff_of(office.shop, "agency"), office.units)
    for who in (office, office, office, seller):
        assert who.reserve().status == 201
    first = seller.list(per_page="1").json
    assert (first["reservations"], first["next_cursor"]) == ([], "2")
    assert [row["id"] for row in seller.list(per_page="1", cursor="2").json["reservations"]] == [4]


@pytest.mark.parametrize("panel", ["broker", "agency"])
def test_who_sells_is_not_told_who_decides(office: Office, panel: str) -> None:
    office.authorise("bia.lima", 1)
    seller = Office(staff_of(office.shop, panel))
    known, unknown = (seller.list(authority=name) for name in ("bia.lima", "nobody.here"))
    assert known.status == unknown.status == 404
    assert {**known.json, "request_id": ""} == {**unknown.json, "request_id": ""}
    assert Office(staff_of(office.shop, "manager")).list(authority="bia.lima").status == 200


def test_another_partners_reservation_is_not_found(office: Office, open_shop: OpenShop) -> None:
    office.authorise("bia.lima", 1)
    number = office.reserve(ALMOST).json["reservation"]["id"]
    other = Office(open_shop())
    path = {"reservation_id": str(number)}
    assert call_function("approvals", "get_reservation", shop=other.shop, path=path).status == 404
    assert other.decide(number, "bia.lima").status == 404
    assert other.list().json["reservations"] == other.list(customer_id="42").json["reservations"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"customer_id": 0}, "customer_id"),
        ({"customer_id": "42x"}, "customer_id"),
        ({"customer_id": None}, "customer_id"),
        ({"lots": 0}, "lots"),
        ({"owed_cents": "1.234,56"}, "owed_cents"),
        ({"requested_by": " "}, "requested_by"),
        ({"unit": ""}, "unit"),
        ({"flow": {**MET, "signed_on": "2027-01-01"}}, "flow.payments.0.due_date"),
        ({"flow": {**MET, "total_cents": 0}}, "flow.total_cents"),
    ],
)
def test_what_is_no_reservation_is_refused_by_name(office: Office, change: dict[str, Any], field: str) -> None:
    assert set(office.reserve(**change).rules()) == {f"reservation.{field}"}


def test_the_longest_flow_is_kept_and_shown(office: Office) -> None:
    series = {"due_date": "2026-11-10", "amount_cents": 100_000, "kind": "monthly", "installments": 600}
    made = office.reserve({"signed_on": "2026-11-10", "total_cents": 60_000_000, "payments": [series]})
    assert len(office.show(made.json["reservation"]["id"])["evaluation"]["payments"]) == 600
