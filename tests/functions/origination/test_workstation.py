"""GET /v2.1/proposals, /v2.1/proposals/{customerServiceNumber} and /v2.1/proposals/totals."""

from __future__ import annotations

import base64
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.origination.processes.changes import Change, Row, RowPut
from lastro.origination.processes.statuses import CreditEvent, CreditStatus, ProcessEvent
from tests.functions.invocation import CPF, OTHER_CPF
from tests.functions.origination.journey import Journey, sample_body

PRODUCT: dict[str, Any] = sample_body("create_proposal")["products"][0]


def listed(journey: Journey, **query: str) -> list[str]:
    """Numbers of every page of a list, in order."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        asked = {**query, **({"cursor": cursor} if cursor else {})}
        answer = journey.call("list_proposals", query=asked)
        assert answer.status == 200, answer.text
        found += [proposal["customerServiceNumber"] for proposal in answer.json["proposals"]]
        cursor = answer.json["next"]
    return found


@pytest.fixture
def proposals(journey: Journey) -> list[str]:
    """Six proposals, oldest first: two people, two products, one a day from 3 November on, some moved on."""
    journey.add_product(2)
    found = []
    people = [journey.ready(cpf=CPF), journey.ready(cpf=OTHER_CPF)]
    for day in range(6):
        journey.clock.moment = datetime(2026, 11, 3 + day, 12, tzinfo=UTC)
        person = people[day % 2]
        dates = {"releaseDate": "2026-11-20", "dueDate": "2026-12-20"}
        answer = journey.propose(person, products=[{**PRODUCT, **dates, "productId": 1 + day // 3}])
        assert answer.status == 201, answer.text
        found.append(answer.json["proposals"][-1]["customerServiceNumber"])
        journey.move_process(person, ProcessEvent.PROPOSAL_APPROVED)
    for csn in found[1:5]:
        journey.move_credit(csn, CreditEvent.PRE_APPROVED)
    journey.move_credit(found[4], CreditEvent.DENIED)
    return found


def test_filters_and_their_combinations(journey: Journey, proposals: list[str]) -> None:
    a, b, c, d, e, f = proposals
    assert listed(journey) == [f, e, d, c, b, a]
    assert listed(journey, status="PRE_APROVADO") == [d, c, b]
    assert listed(journey, status=" PRE_PROCESSAMENTO") == [f, a]
    assert listed(journey, productId="2") == [f, e, d]
    assert listed(journey, status="PRE_APROVADO", productId="2") == [d]
    assert listed(journey, cpf=CPF) == [e, c, a]
    assert listed(journey, cpf="529.982.247-25", status="PRE_APROVADO") == [c]
    assert listed(journey, cpf=CPF, productId="2", status="REPROVADO") == [e]
    assert listed(journey, **{"from": "2026-11-04", "to": "2026-11-06"}) == [d, c, b]
    assert listed(journey, status="PRE_APROVADO", **{"from": "2026-11-05"}) == [d, c]
    assert listed(journey, cpf=CPF, to="2026-11-05") == [c, a]
    assert listed(journey, status="LIBERADO") == []
    assert listed(journey, **{"from": "2027-01-01"}) == []
    assert listed(journey, to="2026-01-01") == []


def test_pages_join_to_the_whole(journey: Journey, proposals: list[str]) -> None:
    queries: tuple[dict[str, str], ...] = ({}, {"cpf": CPF}, {"status": "PRE_APROVADO"}, {"from": "2026-11-04"})
    for query in queries:
        whole = listed(journey, **query)
        for limit in ("1", "2", "4", "6"):
            assert listed(journey, limit=limit, **query) == whole, (limit, query)


def test_a_cursor_of_before_a_period_is_harmless(journey: Journey, proposals: list[str]) -> None:
    cursor = journey.call("list_proposals", query={"limit": "5"}).json["next"]
    answer = journey.call("list_proposals", query={"from": "2026-11-08", "cursor": cursor})
    assert (answer.status, answer.json) == (200, {"proposals": [], "next": None})


def test_a_list_shows_whose_a_proposal_is(journey: Journey, proposals: list[str]) -> None:
    shown = journey.call("list_proposals", query={"limit": "1"}).json["proposals"][0]
    process_id = journey.store.find_registration(journey.partner_id, OTHER_CPF)
    assert (shown["cpf"], shown["name"], shown["processId"]) == (OTHER_CPF, "Fulana d'Tal", process_id)
    assert (shown["lastStatus"], shown["productId"]) == ("PRE_PROCESSAMENTO", 2)


def test_a_page_costs_the_same_whatever_it_finds(journey: Journey, proposals: list[str]) -> None:
    """One index query and one batch, never a scan: a CPF's list is looked through a page at a time."""
    requests: list[str] = []

    def note(model: Any, **_: Any) -> None:
        requests.append(model.name)

    events = open_client("dynamodb").meta.events
    events.register("before-call.dynamodb", note, unique_id="note")
    journey.call("list_proposals", query={"cpf": CPF, "status": "LIBERADO", "limit": "2"})
    journey.call("get_proposal_totals")
    events.unregister("before-call.dynamodb", unique_id="note")
    assert requests == ["Query", "BatchGetItem", "BatchGetItem"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "APROVADO"}, "status"),
        ({"productId": "um"}, "productId"),
        ({"cpf": "123"}, "cpf"),
        ({"from": "ontem"}, "from"),
        ({"from": "2026-11-05", "to": "2026-11-04"}, "to"),
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "é"}, "cursor"),
        ({"cursor": base64.urlsafe_b64encode(b"~#1").decode()}, "cursor"),
    ],
)
def test_a_wrong_filter_is_named(journey: Journey, query: dict[str, str], field: str) -> None:
    answer = journey.call("list_proposals", query=query)
    assert (answer.status, list(answer.rules())) == (400, [field])


def test_one_proposal_with_its_history_and_documents(journey: Journey) -> None:
    process_id, csn = journey.proposed()
    journey.clock.advance(seconds=1)
    journey.put_document(process_id)
    journey.move_credit(csn, CreditEvent.PRE_APPROVED)
    check = {"outcome": "passed", "reasons": [], "checked_at": "2026-11-03T12:00:01.000Z"}
    assert journey.store.commit(Change(rows=[RowPut(journey.credit(csn).owner, Row("CHECK#income", check))]))
    answer = journey.call("get_proposal", path={"customerServiceNumber": csn})
    assert answer.status == 200
    assert (answer.json["customerServiceNumber"], answer.json["processId"]) == (csn, process_id)
    assert [(e["version"], e["event"], e["fromStatus"], e["toStatus"]) for e in answer.json["history"]] == [
        (1, "created", None, "PRE_PROCESSAMENTO"),
        (2, "document_received", "PRE_PROCESSAMENTO", "PRE_PROCESSAMENTO"),
        (3, "pre_approved", "PRE_PROCESSAMENTO", "PRE_APROVADO"),
    ]
    [document] = answer.json["documents"]
    assert (document["type"], document["mimeType"], document["receivedAt"]) == (
        "SELF",
        "image/png",
        "2026-11-03T12:00:01.000Z",
    )
    assert answer.json["checks"] == [
        {"name": "income", "outcome": "passed", "reasons": [], "checkedAt": "2026-11-03T12:00:01.000Z"}
    ]


def test_totals_follow_every_change(journey: Journey, proposals: list[str]) -> None:
    def totals() -> dict[str, int]:
        answer = journey.call("get_proposal_totals")
        assert answer.status == 200
        counts: dict[str, int] = answer.json["totals"]
        assert set(counts) == set(CreditStatus)
        assert answer.json["total"] == sum(counts.values())
        return {status: count for status, count in counts.items() if count}

    assert totals() == {"PRE_PROCESSAMENTO": 2, "PRE_APROVADO": 3, "REPROVADO": 1}
    assert totals() == Counter(str(journey.credit(csn).status) for csn in proposals)
    journey.move_credit(proposals[0], CreditEvent.PRE_APPROVED, CreditEvent.DOCUMENTS_REQUESTED)
    assert totals() == {"PRE_PROCESSAMENTO": 1, "PRE_APROVADO": 3, "AGUARDANDO_DOCUMENTOS": 1, "REPROVADO": 1}


def test_a_period_may_be_told_in_moments_and_ends_after_it_begins(journey: Journey) -> None:
    journey.proposed()
    inside = journey.call("list_proposals", query={"from": "2026-11-03T12:00:00-03:00", "to": "2026-11-04T01:00:00Z"})
    assert len(inside.json["proposals"]) == 1
    backwards = journey.call("list_proposals", query={"from": "2026-11-04T12:00:00Z", "to": "2026-11-04T01:00:00Z"})
    assert (backwards.status, backwards.rules()) == (400, {"to": "before_from"})
