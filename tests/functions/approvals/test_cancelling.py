"""Giving reservations up: the unit is free once, whoever cancels, decides and reserves at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.functions.approvals.conftest import ALMOST, Office
from tests.functions.conftest import OpenShop
from tests.functions.invocation import call_function


def approved(office: Office) -> dict[str, Any]:
    reservation: dict[str, Any] = office.reserve(unit="A-1").json["reservation"]
    assert reservation["state"] == "approved"
    return reservation


def test_an_approved_reservation_is_given_up_and_its_unit_is_free(office: Office) -> None:
    number = approved(office)["id"]
    assert office.reserve(unit="A-1").json["code"] == "unit_reserved"
    told = office.cancel(number, "bia.lima", "O cliente desistiu da compra")
    assert (told.status, told.json["reservation"]["state"]) == (200, "cancelled")
    [step] = told.json["reservation"]["history"]
    assert (step["verdict"], step["decided_by"], step["rank"], step["justification"]) == (
        "cancel",
        "bia.lima",
        None,
        "O cliente desistiu da compra",
    )
    assert office.show(number) == told.json["reservation"]
    assert office.reserve(unit="a-1").json["reservation"]["state"] == "approved"


def test_what_waits_is_given_up_and_waits_for_nobody(office: Office) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    number = office.reserve(ALMOST).json["reservation"]["id"]
    assert office.cancel(number).json["reservation"]["history"][-1]["rank"] == 1
    assert office.list(authority="bia.lima").json["reservations"] == []
    assert office.decide(number, "bia.lima").json["code"] == "reservation_decided"


def test_two_cancel_at_once_and_the_unit_is_freed_once(office: Office) -> None:
    number = approved(office)["id"]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: office.cancel(number, name), ("ana.souza", "bia.lima")))
    assert sorted(each.status for each in answers) == [200, 409]
    [late] = [each for each in answers if each.status == 409]
    assert late.json["code"] == "reservation_not_held"
    assert len(office.show(number)["history"]) == 1


def test_a_cancellation_that_comes_late_frees_no_unit_of_another(office: Office) -> None:
    number = approved(office)["id"]
    office.cancel(number)
    second = office.reserve(unit="A-1").json["reservation"]
    assert office.cancel(number).status == 409
    taken = office.reserve(unit="A-1")
    assert (taken.status, taken.json["code"]) == (409, "unit_reserved")
    assert str(second["id"]) in taken.text


def test_a_decision_and_a_cancellation_at_once_leave_one_of_both(office: Office) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    number = office.reserve(ALMOST, unit="A-1").json["reservation"]["id"]
    with ThreadPoolExecutor(2) as pool:
        refusal = pool.submit(office.decide, number, "bia.lima", "refuse")
        cancellation = pool.submit(office.cancel, number)
        assert sorted([refusal.result().status, cancellation.result().status]) == [200, 409]
    assert office.reserve(unit="A-1").status == 201


@pytest.mark.parametrize("state", ["refused", "cancelled"])
def test_what_holds_nothing_is_not_given_up(office: Office, state: str) -> None:
    if state == "refused":
        office.authorise("ana.souza", 5, minimum_percent="0")
        number = office.reserve(ALMOST).json["reservation"]["id"]  # nobody may decide
    else:
        number = approved(office)["id"]
        office.cancel(number)
    answer = office.cancel(number)
    assert (answer.status, answer.json["code"]) == (409, "reservation_not_held")


def test_a_reason_and_a_person_are_wanted_and_a_reservation_is_a_partners_own(
    office: Office, open_shop: OpenShop
) -> None:
    number = approved(office)["id"]
    assert set(office.cancel(number, " ", "").rules()) == {"cancellation.cancelled_by", "cancellation.reason"}
    body = {"cancellation": {"cancelled_by": "ana.souza", "reason": "Engano"}}
    path = {"reservation_id": str(number)}
    foreign = call_function("approvals", "cancel_reservation", shop=open_shop(), path=path, body=body)
    assert (foreign.status, foreign.json["code"]) == (404, "reservation_not_found")
    assert office.show(number)["state"] == "approved"


def test_a_customer_there_is_not_reserves_nothing(office: Office, open_shop: OpenShop) -> None:
    unknown = office.reserve(customer_id=999_999)
    assert (unknown.status, unknown.rules()) == (422, {"reservation.customer_id": "not_found"})
    # Nor does another partner's.
    foreign = Office(open_shop()).reserve(customer_id=42)
    assert foreign.rules() == {"reservation.customer_id": "not_found"}
