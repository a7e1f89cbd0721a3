"""Decisions on reservations: within limits, handed up, never one's own, and each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lastro.aws.dynamodb.keys.approvals import approval_authority
from lastro.aws.dynamodb.table import Delete, Put, Table
from lastro.bureaus.service import SubjectScore, SubjectScores
from tests.functions.approvals.conftest import ALMOST, MET, Office
from tests.functions.customers.visitors import staff_of
from tests.functions.invocation import call_function


def test_what_meets_the_rule_within_the_limits_of_who_asks_is_approved(office: Office) -> None:
    office.authorise("ana.souza", 1, maximum_cents=50_000_000)
    office.authorise("bia.lima", 2)
    assert office.reserve(by="Ana.Souza").json["reservation"]["state"] == "approved"
    dearer = office.reserve({**MET, "total_cents": 50_000_001}).json["reservation"]
    assert (dearer["state"], dearer["rank"]) == ("awaiting_decision", 2)
    assert dearer["exceeded"] == ["maximum_cents", "minimum_percent"]


def test_who_has_no_authority_asks_the_first_who_may_approve(office: Office) -> None:
    office.authorise("bia.lima", 1, maximum_cents=49_999_999)
    office.authorise("caio.reis", 2, minimum_percent="97")
    office.authorise("dora.melo", 3, minimum_percent="96")
    office.authorise("eva.nunes", 4, minimum_percent="0")
    assert office.reserve().json["reservation"]["rank"] == 2
    assert office.reserve(ALMOST).json["reservation"]["rank"] == 3


def test_where_nobody_may_approve_the_highest_is_asked(office: Office) -> None:
    office.authorise("bia.lima", 1, maximum_lots=1)
    office.authorise("caio.reis", 2, maximum_lots=2)
    number = office.reserve(lots=3).json["reservation"]["id"]
    refused = office.decide(number, "caio.reis")
    assert (refused.status, refused.json["code"]) == (403, "beyond_limits")
    assert "maximum_lots" in refused.json["detail"]
    office.authorise("caio.reis", 2, maximum_lots=3)
    assert office.decide(number, "caio.reis").json["reservation"]["state"] == "approved"


def test_an_authority_sees_what_waits_and_decides_with_a_justification(office: Office) -> None:
    office.authorise("bia.lima", 1, minimum_percent="90")
    number = office.reserve(ALMOST).json["reservation"]["id"]
    [waiting] = office.list(authority="BIA.LIMA").json["reservations"]
    assert (waiting["id"], waiting["met_percent"], waiting["requested_by"]) == (number, "96.0000", "ana.souza")
    assert office.decide(number, "bia.lima", why=" ").rules() == {"decision.justification": "string_too_short"}
    decided = office.decide(number, "bia.lima", why="Entrada completa até a assinatura")
    assert (decided.status, decided.json["reservation"]["state"], decided.json["reservation"]["rank"]) == (
        200,
        "approved",
        None,
    )
    [step] = office.show(number)["history"]
    assert (step["verdict"], step["decided_by"], step["rank"], step["justification"]) == (
        "approve",
        "bia.lima",
        1,
        "Entrada completa até a assinatura",
    )
    assert office.list(authority="bia.lima").json == {"reservations": [], "next_cursor": None}


def test_the_queue_of_an_authority_goes_by_cursor(office: Office) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    numbers = [office.reserve(ALMOST).json["reservation"]["id"] for _ in range(3)]
    first = office.list(authority="bia.lima", per_page="2").json
    rest = office.list(authority="bia.lima", per_page="2", cursor=first["next_cursor"]).json
    assert [row["id"] for row in (*first["reservations"], *rest["reservations"])] == numbers
    assert rest["next_cursor"] is None


def test_nobody_decides_their_own(office: Office) -> None:
    office.authorise("ana.souza", 5, minimum_percent="0")
    office.authorise("bia.lima", 6, minimum_percent="0")
    number = office.reserve(ALMOST).json["reservation"]["id"]
    for name in ("ana.souza", " ANA.SOUZA "):
        own = office.decide(number, name)
        assert (own.status, own.json["code"]) == (403, "requester_cannot_decide")
    assert office.show(number)["state"] == "awaiting_decision"


def test_a_number_with_zeros_before_it_is_the_same_person(office: Office) -> None:
    assert office.authorise("042", 5, minimum_percent="0").status == 200
    office.authorise("bia.lima", 6, minimum_percent="0")
    number = office.reserve(ALMOST, by="42").json["reservation"]["id"]
    for name in ("42", "042", "0042"):
        assert office.decide(number, name).json["code"] == "requester_cannot_decide"
    assert office.authorise("42", 7).json["authority"]["name"] == "042"


def test_an_authority_that_was_kept_by_its_small_letters_is_found_and_changed(office: Office, table: Table) -> None:
    office.authorise("042", 5, minimum_percent="0")
    kept = table.get(approval_authority(office.shop.partner_id, "42"))
    assert kept
    old = approval_authority(office.shop.partner_id, "042")
    item = {name: value for name, value in kept.items() if name not in ("PK", "SK")}
    table.commit([Put(old, item), Delete(approval_authority(office.shop.partner_id, "42"))])
    number = office.reserve(ALMOST).json["reservation"]["id"]
    assert office.authorise("42", 6, minimum_percent="0").json["authority"]["rank"] == 6
    assert (table.get(old) or {})["version"] == 2
    assert office.decide(number, "42").json["reservation"]["state"] == "approved"


def test_who_is_the_last_authority_has_nobody_to_ask(office: Office) -> None:
    office.authorise("ana.souza", 5, minimum_percent="0")
    assert office.reserve(ALMOST).json["reservation"]["state"] == "refused"


def test_only_an_authority_of_the_rank_decides(office: Office) -> None:
    office.authorise("bia.lima", 1)
    office.authorise("caio.reis", 2, minimum_percent="0")
    number = office.reserve(ALMOST).json["reservation"]["id"]
    assert office.decide(number, "zoe.ramos").json["code"] == "no_authority"
    below = office.decide(number, "bia.lima")
    assert (below.status, below.json["code"]) == (403, "below_authority")
    office.authorise("caio.reis", 2, minimum_percent="0", enabled=False)
    assert office.decide(number, "caio.reis").json["code"] == "no_authority"


def test_an_authority_hands_up_and_the_next_one_sees_why(office: Office) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    office.authorise("caio.reis", 2, minimum_percent="0")
    number = office.reserve(ALMOST).json["reservation"]["id"]
    handed = office.decide(number, "bia.lima", "escalate", "Cliente antigo, acima da minha confiança")
    assert (handed.status, handed.json["reservation"]["rank"]) == (200, 2)
    again = office.decide(number, "bia.lima", "escalate")
    assert (again.status, again.json["code"]) == (409, "reservation_escalated")
    [waiting] = office.list(authority="caio.reis").json["reservations"]
    assert office.show(waiting["id"])["history"][0]["justification"].startswith("Cliente antigo")
    last = office.decide(number, "caio.reis", "escalate")
    assert (last.status, last.json["code"]) == (422, "no_next_authority")
    assert office.decide(number, "caio.reis", "refuse").json["reservation"]["state"] == "refused"


@pytest.mark.parametrize("other", ["approve", "refuse"])
def test_of_two_decisions_at_once_one_is_told_that_it_came_late(
    office: Office, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.authorise("bia.lima", 1, minimum_percent="0")
    office.authorise("caio.reis", 1, minimum_percent="0")
    number = office.reserve(ALMOST).json["reservation"]["id"]
    commit, answers = Table.commit, []

    def slip_in(table: Table, writes: Any) -> bool:
        monkeypatch.setattr(Table, "commit", commit)
        answers.append(office.decide(number, "caio.reis", other))
        return commit(table, writes)

    monkeypatch.setattr(Table, "commit", slip_in)
    late = office.decide(number, "bia.lima")
    assert ([answer.status for answer in answers], late.status) == ([200], 409)
    assert late.json["code"] == "reservation_decided"
    [step] = office.show(number)["history"]
    assert (step["decided_by"], step["verdict"]) == ("caio.reis", other)


def test_a_bound_that_is_misspelt_is_not_one_that_is_left_out(office: Office) -> None:
    refused = office.authorise("bia.lima", 1, maximum_cent=100)
    assert refused.rules() == {"authority.maximum_cent": "unknown_field"}
    made = office.authorise("bia.lima", 1, maximum_cents=100).json["authority"]
    again = office.authorise("bia.lima", **made)
    assert (again.status, again.json["authority"]["maximum_cents"]) == (200, 100)


def test_what_is_owed_and_not_told_is_beyond_every_bound(office: Office) -> None:
    office.authorise("bia.lima", 1, maximum_owed_cents=100)
    office.authorise("caio.reis", 2)
    assert office.reserve(owed_cents=100).json["reservation"]["rank"] == 1
    assert office.reserve(owed_cents=101).json["reservation"]["rank"] == 2
    assert office.reserve(owed_cents=None).json["reservation"]["rank"] == 2


@pytest.fixture
def scores(office: Office, monkeypatch: pytest.MonkeyPatch) -> dict[str, SubjectScore | None]:
    """What the bureaus say of client 42."""
    said: dict[str, SubjectScore | None] = {"42": None}

    def find(_: SubjectScores, partner_id: str, client_id: str, since: datetime) -> SubjectScore | None:
        assert partner_id == office.shop.partner_id
        assert timedelta(days=89) < datetime.now(UTC) - since < timedelta(days=91)
        return said[client_id]

    monkeypatch.setattr(SubjectScores, "find_latest", find)
    return said


def test_a_score_of_the_bureau_decides_who_is_asked(office: Office, scores: dict[str, SubjectScore | None]) -> None:
    office.authorise("bia.lima", 1, minimum_score=600, without_bureau_report=False)
    office.authorise("caio.reis", 2, minimum_score=500, without_bureau_report=False)
    office.authorise("dora.melo", 3)
    assert office.reserve().json["reservation"]["rank"] == 3
    for score, rank in ((600, 1), (599, 2), (500, 2), (499, 3), (None, 3)):
        scores["42"] = SubjectScore("3f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", score)
        reservation = office.reserve().json["reservation"]
        assert (reservation["rank"], reservation["score"]["value"]) == (rank, score)


@pytest.mark.parametrize(("panel", "told"), [("broker", None), ("agency", None), ("manager", 600)])
def test_who_sells_reads_no_score_by_reserving(
    office: Office, scores: dict[str, SubjectScore | None], panel: str, told: int | None
) -> None:
    scores["42"] = SubjectScore("3f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", 600)
    seller = Office(staff_of(office.shop, panel), office.units)
    made = seller.reserve().json["reservation"]
    [row] = seller.list().json["reservations"]
    seen = [made, row, seller.show(made["id"]), seller.cancel(made["id"]).json["reservation"]]
    assert [(each["score"] or {"value": None})["value"] for each in seen] == [told] * 4
    # What is kept is whole: an authority decides by it.
    assert office.show(made["id"])["score"]["value"] == 600


def test_a_report_that_came_since_counts_when_it_is_decided(
    office: Office, scores: dict[str, SubjectScore | None]
) -> None:
    office.authorise("bia.lima", 1, minimum_score=600, without_bureau_report=False)
    number = office.reserve().json["reservation"]["id"]
    assert "without_bureau_report" in office.decide(number, "bia.lima").json["detail"]
    scores["42"] = SubjectScore("3f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11", 600)
    assert office.decide(number, "bia.lima").json["reservation"]["score"]["value"] == 600


def test_who_approves_is_listed_in_order_and_the_same_again_changes_nothing(office: Office) -> None:
    first = office.authorise("Caio Reis", 2, minimum_percent=95)
    assert (first.status, first.json["authority"]["minimum_percent"]) == (200, "95.00")
    office.authorise("bia.lima", 1)
    assert office.authorise("Caio Reis", 2, minimum_percent="95.000").json == first.json
    assert office.authorise("CAIO REIS", 3).json["authority"]["name"] == "Caio Reis"
    listed = call_function("approvals", "list_approval_authorities", shop=office.shop).json["authorities"]
    assert [(one["name"], one["rank"]) for one in listed] == [("bia.lima", 1), ("Caio Reis", 3)]
