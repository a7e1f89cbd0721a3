"""Limits that hold against disabled authorities, prices told too low, and changes made meanwhile; units held once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from tests.functions.approvals.conftest import ALMOST, MET, Office, flow_of
from tests.functions.conftest import OpenShop


def test_disabling_the_only_authority_lifts_no_limit(office: Office) -> None:
    assert office.reserve().json["reservation"]["state"] == "approved"
    office.authorise("bia.lima", 1, maximum_cents=1, enabled=False)
    for name in ("ana.souza", "bia.lima"):
        assert office.reserve(by=name).json["reservation"]["state"] == "refused"


def test_a_price_told_too_low_passes_no_limit(office: Office) -> None:
    office.authorise("ana.souza", 1, maximum_cents=50_000_000)
    office.authorise("bia.lima", 2, maximum_cents=100_000_000, minimum_percent="0")
    office.authorise("caio.reis", 3, minimum_percent="0")
    dear = flow_of(("2026-11-10", 50_000_000), ("2027-12-10", 50_000_001), total=50_000_000)
    reservation = office.reserve(dear).json["reservation"]
    assert reservation["rank"] == 3
    assert "maximum_cents" in reservation["exceeded"]
    within = flow_of(("2026-11-10", 50_000_000), ("2027-12-10", 50_000_000), total=50_000_000)
    assert office.reserve(within).json["reservation"]["rank"] == 2


def test_payments_of_more_than_ten_times_the_price_are_refused(office: Office) -> None:
    assert office.reserve(flow_of(("2026-11-10", 1_000), total=100)).status == 201
    assert office.reserve(flow_of(("2026-11-10", 1_001), total=100)).rules() == {
        "reservation.flow.payments": "implausible_payments"
    }
    series = {"due_date": "2026-11-10", "amount_cents": 3, "kind": "monthly", "installments": 334}
    flow = {**flow_of(total=100), "payments": [series]}
    assert office.reserve(flow).rules() == {"reservation.flow.payments": "implausible_payments"}


@pytest.fixture
def slip_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Does something between what the next request reads and what it writes."""
    commit = Table.commit

    def arm(act: Callable[[], object]) -> None:
        def first(table: Table, writes: Any) -> bool:
            monkeypatch.setattr(Table, "commit", commit)
            act()
            return commit(table, writes)

        monkeypatch.setattr(Table, "commit", first)

    return arm


Slip = Callable[[Callable[[], object]], None]


@pytest.mark.parametrize(
    ("change", "code"), [({"enabled": False}, "no_authority"), ({"minimum_percent": "97"}, "beyond_limits")]
)
def test_who_loses_the_right_while_deciding_does_not_decide(
    office: Office, slip_in: Slip, change: dict[str, Any], code: str
) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    number = office.reserve(ALMOST).json["reservation"]["id"]
    slip_in(lambda: office.authorise("bia.lima", 1, **{"minimum_percent": "0", **change}))
    late = office.decide(number, "bia.lima")
    assert (late.status, late.json["code"]) == (403, code)
    shown = office.show(number)
    assert (shown["state"], shown["history"]) == ("awaiting_decision", [])


def test_limits_lowered_while_reserving_hold(office: Office, slip_in: Slip) -> None:
    office.authorise("ana.souza", 1)
    office.authorise("bia.lima", 2)
    slip_in(lambda: office.authorise("ana.souza", 1, maximum_cents=1))
    assert office.reserve().json["reservation"]["state"] == "awaiting_decision"


def test_a_decision_leaves_the_authority_as_it_was(office: Office) -> None:
    before = office.authorise("bia.lima", 1, minimum_percent="0").json
    number = office.reserve(ALMOST).json["reservation"]["id"]
    assert office.decide(number, "bia.lima").status == 200
    assert office.authorise("bia.lima", 1, minimum_percent="0").json == before


def test_who_handed_it_up_does_not_decide_it_when_promoted(office: Office) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    office.authorise("caio.reis", 2, minimum_percent="0")
    number = office.reserve(ALMOST).json["reservation"]["id"]
    assert office.decide(number, "bia.lima", "escalate").status == 200
    office.authorise("bia.lima", 3, minimum_percent="0")
    for verdict in ("approve", "refuse", "escalate"):
        again = office.decide(number, "BIA.LIMA", verdict)
        assert (again.status, again.json["code"]) == (409, "reservation_escalated")
    nobody_else = office.decide(number, "caio.reis", "escalate")
    assert (nobody_else.status, nobody_else.json["code"]) == (422, "no_next_authority")
    assert office.decide(number, "caio.reis").json["reservation"]["state"] == "approved"


def test_what_waits_for_a_rank_that_nobody_enabled_has_is_shown_above(office: Office) -> None:
    for name, rank in (("bia.lima", 1), ("caio.reis", 2), ("dora.melo", 4)):
        office.authorise(name, rank, minimum_percent="0" if rank < 4 else "100")
    numbers = [office.reserve(ALMOST).json["reservation"]["id"] for _ in range(2)]
    office.authorise("bia.lima", 3, minimum_percent="100")
    numbers.append(office.reserve(ALMOST).json["reservation"]["id"])
    assert [row["id"] for row in office.list(authority="caio.reis").json["reservations"]] == numbers
    # Nobody has rank 1 any more, and caio.reis has rank 2.
    assert [row["id"] for row in office.list(authority="dora.melo").json["reservations"]] == numbers[:2]
    office.authorise("caio.reis", 2, enabled=False)
    office.authorise("bia.lima", 3, enabled=False)
    first = office.list(authority="dora.melo", per_page="2").json
    rest = office.list(authority="dora.melo", per_page="2", cursor=first["next_cursor"]).json
    assert [row["id"] for row in (*first["reservations"], *rest["reservations"])] == numbers
    assert rest["next_cursor"] is None


def test_a_unit_is_reserved_once_until_it_is_refused(office: Office, open_shop: OpenShop) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    number = office.reserve(ALMOST, unit="Torre A, 101").json["reservation"]["id"]
    names: list[dict[str, Any]] = [
        {"unit": "TORRE A,  101"},
        {"unit": "Torre A, 101", "development": "residencial exemplo"},
    ]
    for same in names:
        other = office.reserve(customer_id=7, **same)
        assert (other.status, other.json["code"]) == (409, "unit_reserved")
        assert str(number) in other.json["detail"]
    assert office.reserve(unit="Torre A, 102").status == 201
    office.decide(number, "bia.lima", "refuse")
    again = office.reserve(ALMOST, unit="torre a, 101")
    assert again.status == 201
    assert office.decide(again.json["reservation"]["id"], "bia.lima").json["reservation"]["state"] == "approved"
    assert office.reserve(unit="torre a, 101").json["code"] == "unit_reserved"


def test_what_is_refused_at_once_holds_no_unit_and_the_same_attempt_is_answered_again(office: Office) -> None:
    assert office.reserve(ALMOST, unit="101").json["reservation"]["state"] == "refused"
    first = office.reserve(MET, unit="101", key="reserva-1")
    assert (first.status, office.reserve(MET, unit="101", key="reserva-1").json) == (201, first.json)


def test_of_two_reservations_of_a_unit_at_once_one_is_kept(office: Office, slip_in: Slip) -> None:
    answers: list[Any] = []
    slip_in(lambda: answers.append(office.reserve(customer_id=7, unit="101")))
    late = office.reserve(unit="101")
    assert ([answer.status for answer in answers], late.status, late.json["code"]) == ([201], 409, "unit_reserved")
    assert str(answers[0].json["reservation"]["id"]) in late.json["detail"]
    assert len(office.list().json["reservations"]) == 1
