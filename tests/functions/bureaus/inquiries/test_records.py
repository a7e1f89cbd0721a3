"""What is on record: lists, a subject's history, the report with its files, a data subject's access request."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.bureaus.inquiries import access_requests
from lastro.bureaus.inquiries.views import AccessAnswer, InquiryList, InquiryReportAnswer
from lastro.bureaus.statistics import counting
from lastro.kernel.cursors import spell_cursor
from tests.functions.bureaus.office import (
    CLEAN,
    PERIOD,
    RESTRICTED,
    TIMEOUT,
    ZERO_SCORE,
    Office,
)
from tests.functions.emulation.faults import watch
from tests.functions.invocation import Shop, call_function


def walk(office: Office, operation: str, shop: Shop, query: dict[str, str], **more: Any) -> list[dict[str, Any]]:
    """Every row, page by page."""
    rows: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        answer = office.call(operation, shop, query={**query, **cursor}, **more)
        assert answer.status == 200, answer.text
        rows += answer.json["data"]
        if answer.json["next_cursor"] is None:
            return rows
        cursor = {"cursor": answer.json["next_cursor"]}


def test_the_list_is_walked_page_by_page_newest_first(office: Office, busy_shop: Shop) -> None:
    for per_page in ("1", "2", "5", "6", "100"):
        rows = walk(office, "list_bureau_inquiries", busy_shop, {"per_page": per_page})
        assert len(rows) == len({row["id"] for row in rows}) == 6, per_page
        moments = [row["created_at"] for row in rows]
        assert moments == sorted(moments, reverse=True)
        assert {row["document"] for row in rows} == {
            "***.999.101-**",
            "***.999.102-**",
            "**.TES.TE1/****-**",
            "***.999.107-**",
        }
        answer = office.call("list_bureau_inquiries", busy_shop, query={"per_page": per_page})
        InquiryList.model_validate(answer.json)


def test_a_cursor_that_was_never_given_is_refused(office: Office) -> None:
    shop = office.open_shop()
    for cursor in ("x", "é", "MjAyNi0xMS0wMw", "A" * 300):
        assert office.call("list_bureau_inquiries", shop, query={"cursor": cursor}).status == 422


def test_a_subject_has_its_history(office: Office, busy_shop: Shop) -> None:
    path = {"subject_type": "lead", "subject_id": "lead-0"}
    for per_page in ("1", "25"):
        rows = walk(office, "list_subject_inquiries", busy_shop, {"per_page": per_page}, path=path)
        assert [row["requested_by"] for row in rows] == ["bia", "ana"]
        assert rows[0]["repeated_from"] == rows[1]["id"]
    other = {**path, "subject_type": "client"}
    assert office.call("list_subject_inquiries", busy_shop, path=other, query=None).json["data"] == []
    assert office.call("list_subject_inquiries", office.open_shop(), path=path, query=None).json["data"] == []


def test_a_subject_id_of_any_letters_is_found_by_its_path(office: Office) -> None:
    shop, _ = office.open_integrated()
    subject = {"type": "prospect", "id": "obra 7/ção #1"}
    office.inquire(shop, subject=subject)
    path = {"subject_type": "prospect", "subject_id": "obra%207%2F%C3%A7%C3%A3o%20%231"}
    [row] = office.call("list_subject_inquiries", shop, path=path, query=None).json["data"]
    assert row["subject"] == subject


# the report ---------------------------------------------------------------------------------------------------------


def test_the_report_has_its_totals_and_cost(office: Office, busy_shop: Shop) -> None:
    answer = office.call("report_bureau_inquiries", busy_shop, query=PERIOD)
    assert answer.status == 200
    InquiryReportAnswer.model_validate(answer.json)
    assert len(answer.json["data"]) == 5
    cost = sum(row["cost"] for row in answer.json["data"])
    assert answer.json["totals"] == {
        "inquiries": 5,
        "done": 3,
        "stored": 1,
        "failed": 1,
        "unknown": 0,
        "open": 0,
        "billed": 3,
        "cost": cost,
        "next_cursor": None,
    }
    assert cost > 0


def test_figures_of_more_than_one_answer_counts_go_on_and_add_up(
    office: Office, busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(**query: str) -> dict[str, Any]:
        answer = office.call("report_bureau_inquiries", busy_shop, query={**PERIOD, "per_page": "1", **query})
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    whole = ask()["totals"]
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    parts = [first := ask()]
    while cursor := parts[-1]["totals"]["next_cursor"]:
        parts.append(ask(totals_cursor=cursor))
    assert [part["totals"]["inquiries"] for part in parts] == [2, 2, 1]
    assert all((part["data"], part["next_cursor"]) == ([], None) for part in parts[1:])
    for name in set(whole) - {"next_cursor"}:
        assert sum(part["totals"][name] for part in parts) == whole[name]
    # Rows go on by their own cursor, past what the first answer looked at.
    rows = walk(office, "report_bureau_inquiries", busy_shop, {**PERIOD, "per_page": "1"})
    assert (rows[0], len({row["id"] for row in rows})) == (first["data"][0], 5)


def test_a_page_that_a_filter_narrows_looks_at_no_more_than_so_many(
    office: Office, busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 1)
    monkeypatch.setattr(counting, "MOST_LOOKED", 1)
    query = {**PERIOD, "requested_by": "ana"}
    first = office.call("report_bureau_inquiries", busy_shop, query=query).json
    assert (first["data"], first["totals"]["inquiries"]) == ([], 0)
    assert len(walk(office, "report_bureau_inquiries", busy_shop, query)) == 2


def test_rows_and_figures_do_not_go_on_together(office: Office, busy_shop: Shop) -> None:
    cursor = office.call("report_bureau_inquiries", busy_shop, query={**PERIOD, "per_page": "1"}).json["next_cursor"]
    both = {"cursor": cursor, "totals_cursor": cursor}
    for sent, rule in ((both, "one_cursor"), ({"totals_cursor": "MTIz"}, "cursor")):
        answer = office.call("report_bureau_inquiries", busy_shop, query={**PERIOD, **sent})
        assert (answer.status, answer.rules()) == (422, {"totals_cursor": rule})


FILTERS: tuple[tuple[dict[str, str], int], ...] = (
    ({"report": "RELATORIO_BASICO_PJ_PME"}, 1),
    ({"requested_by": "ana"}, 2),
    ({"requested_by": "ninguém"}, 0),
    ({"branch_id": "999999"}, 0),
    ({"integration_id": "999999"}, 0),
    ({"start": "2026-03-02", "end": "2026-03-02"}, 5),
    ({"start": "2026-03-03"}, 0),
    ({"start": "2026-03-01", "end": "2026-04-30", "requested_by": "ana"}, 3),
)


def test_the_report_filters(office: Office, busy_shop: Shop) -> None:
    for filters, found in FILTERS:
        for per_page in ("1", "100"):
            query = {**PERIOD, **filters, "per_page": per_page}
            assert len(walk(office, "report_bureau_inquiries", busy_shop, query)) == found, query
            first = office.call("report_bureau_inquiries", busy_shop, query=query)
            assert first.json["totals"]["inquiries"] == found, query


def test_the_report_filters_by_integration_and_branch(office: Office, busy_shop: Shop) -> None:
    [integration] = office.call("list_bureau_integrations", busy_shop).json["data"]
    for name, value in (("integration_id", integration["id"]), ("branch_id", integration["branch_id"])):
        answer = office.call("report_bureau_inquiries", busy_shop, query={**PERIOD, name: str(value)})
        assert len(answer.json["data"]) == 5


def test_a_day_is_a_day_in_sao_paulo(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.clock.advance(hours=14, minutes=30)  # 02:30 UTC on the 3rd is 23:30 of the 2nd in São Paulo
    office.inquire(shop)
    for day, found in (("2026-03-02", 1), ("2026-03-03", 0)):
        answer = office.call("report_bureau_inquiries", shop, query={"start": day, "end": day})
        assert answer.json["totals"]["inquiries"] == found


@pytest.mark.parametrize(
    "period",
    [
        {"start": "2026-03-02", "end": "2026-03-01"},
        {"start": "2026-01-01", "end": "2027-01-02"},
        {"start": "9999-12-31", "end": "9999-12-31"},
    ],
)
def test_a_period_that_cannot_be_is_refused(office: Office, period: dict[str, str]) -> None:
    answer = office.call("report_bureau_inquiries", office.open_shop(), query=period)
    assert (answer.status, answer.rules()) == (422, {"end": "period"})


@pytest.mark.parametrize(
    "day", ["20260301", "0", "2026-03-01T10:00:00", "2026-03-01T::::", "2026-02-30", "01/03/2026", "", "2026-3-1"]
)
def test_what_is_no_day_is_named(office: Office, day: str) -> None:
    shop = office.open_shop()
    answer = office.call("report_bureau_inquiries", shop, query={"start": day, "end": "2026-03-31"})
    assert (answer.status, list(answer.rules())) == (422, ["start"])
    body = {"report": {"start": "2026-03-01", "end": day, "format": "csv"}}
    assert list(office.call("export_bureau_inquiries", shop, body=body).rules()) == ["report.end"]


def test_a_day_is_no_number(office: Office) -> None:
    body = {"report": {"start": 1772323200, "end": "2026-03-31", "format": "csv"}}
    answer = office.call("export_bureau_inquiries", office.open_shop(), body=body)
    assert (answer.status, list(answer.rules())) == (422, ["report.start"])


def test_a_cursor_of_another_period_shows_nothing_outside_this_one(office: Office, busy_shop: Shop) -> None:
    april = {"start": "2026-04-01", "end": "2026-04-30"}
    listed = office.call("list_bureau_inquiries", busy_shop, query={"per_page": "1"}).json
    foreign = office.call("report_bureau_inquiries", busy_shop, query={**PERIOD, "cursor": listed["next_cursor"]})
    assert foreign.rules() == {"cursor": "cursor"}
    [row] = listed["data"]
    newest = spell_cursor(f"{row['created_at']}#{row['id']}", "inquiries_reported")
    for cursor, period in ((newest, PERIOD), (newest, april)):
        with watch("dynamodb", "Query") as asked:
            answer = office.call("report_bureau_inquiries", busy_shop, query={**period, "cursor": cursor})
        assert answer.status == 200
        assert all("2026-03" <= row["created_at"] < "2026-04" for row in answer.json["data"])
        ranges = [request["ExpressionAttributeValues"] for request in asked if "BETWEEN" in str(request)]
        assert all(between[":v1"]["S"] <= between[":v2"]["S"] for between in ranges)
    oldest = walk(office, "list_bureau_inquiries", busy_shop, {"per_page": "1"})[-2]
    assert oldest["created_at"] < "2026-04"
    cursor = spell_cursor(f"{oldest['created_at']}#{oldest['id']}", "inquiries_reported")
    with watch("dynamodb", "Query") as asked:
        answer = office.call("report_bureau_inquiries", busy_shop, query={**april, "cursor": cursor})
    assert (answer.status, answer.json["data"], asked) == (200, [], [])


def test_pages_stand_still_while_inquiries_are_added_and_end(office: Office, busy_shop: Shop) -> None:
    whole = [row["id"] for row in walk(office, "list_bureau_inquiries", busy_shop, {"per_page": "100"})]
    seen: list[str] = []
    cursor: dict[str, str] = {}
    office.clock.advance(minutes=1)
    waiting = office.inquire(busy_shop, ZERO_SCORE, prefer="respond-async").json["data"]["id"]
    while True:
        page = office.call("list_bureau_inquiries", busy_shop, query={"per_page": "2", **cursor}).json
        seen += [row["id"] for row in page["data"]]
        office.clock.advance(minutes=1)
        office.inquire(busy_shop, CLEAN)
        office.deliver(office.take())
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert seen == [waiting, *whole]


# the data subject ---------------------------------------------------------------------------------------------------


def test_a_data_subject_learns_who_asked_in_the_last_six_months(office: Office) -> None:
    shop, _ = office.open_integrated(shared_with=["broker"])
    old = office.inquire(shop, CLEAN, requested_by="antiga").json["data"]
    office.clock.advance(days=184)  # 2 September: the whole of 2 March is within six calendar months
    asked = {"access_request": {"document": CLEAN, "requested_by": "encarregado"}}
    access = office.call("create_access_request", shop, body=asked).json["data"]
    assert access["consulters_since"] == "2026-03-02T03:00:00.000Z"
    assert [each["requested_by"] for each in access["consulters"]] == ["antiga"]
    office.clock.advance(days=1)
    new = office.inquire(shop, CLEAN, requested_by="corretor.1", panel="broker", purpose="lead_qualification").json[
        "data"
    ]
    office.inquire(shop, RESTRICTED)
    body = {"access_request": {"document": "999.999.101-73", "requested_by": "encarregado"}}
    answer = office.call("create_access_request", shop, body=body)
    assert answer.status == 201
    AccessAnswer.model_validate(answer.json)
    access = answer.json["data"]
    assert access["document"] == "999.999.101-73"
    assert [row["id"] for row in access["inquiries"]] == [new["id"], old["id"]]
    [consulter] = access["consulters"]
    assert consulter == {
        "inquiry_id": new["id"],
        "asked_at": new["created_at"],
        "requested_by": "corretor.1",
        "panel": "broker",
        "company_cnpj": "11.222.333/0001-81",
        "purpose": "lead_qualification",
        "legal_basis": "LGPD art. 7, X",
    }


def test_no_consulter_of_the_last_six_months_is_left_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_requests, "MAX_INQUIRIES", 2)
    shop, _ = office.open_integrated()
    for who in ("a", "b", "c", "d"):
        office.inquire(shop, CLEAN, requested_by=who)
        office.clock.advance(days=1)
    body = {"access_request": {"document": CLEAN, "requested_by": "encarregado"}}
    access = office.call("create_access_request", shop, body=body).json["data"]
    assert [each["requested_by"] for each in access["consulters"]] == ["d", "c", "b", "a"]
    office.clock.advance(days=200)
    access = office.call("create_access_request", shop, body=body).json["data"]
    assert (access["consulters"], [row["requested_by"] for row in access["inquiries"]]) == ([], ["d", "c"])


def test_one_partner_tells_nothing_of_another(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop, CLEAN)
    body = {"access_request": {"document": CLEAN, "requested_by": "encarregado"}}
    access = office.call("create_access_request", office.open_shop(), body=body).json["data"]
    assert (access["inquiries"], access["consulters"]) == ([], [])


def test_the_same_access_request_keeps_its_id(office: Office) -> None:
    shop = office.open_shop()
    body = {"access_request": {"document": CLEAN, "requested_by": "encarregado"}}
    ids = [
        office.call("create_access_request", shop, body=body, headers={"Idempotency-Key": "a"}).json["data"]["id"]
        for _ in range(2)
    ]
    assert ids[0] == ids[1]


def test_unknown_outcomes_are_counted_as_such(office: Office) -> None:
    shop, _ = office.open_integrated()
    office.inquire(shop, TIMEOUT)
    totals = office.call("report_bureau_inquiries", shop, query=PERIOD).json["totals"]
    assert (totals["unknown"], totals["billed"]) == (1, 0)


def test_the_sample_events_are_understood(office: Office) -> None:
    shop = office.open_shop()
    for operation in ("list_bureau_inquiries", "report_bureau_inquiries", "list_subject_inquiries"):
        assert call_function("bureaus", operation, shop=shop).json["data"] == []
    for operation in ("get_bureau_inquiry", "download_bureau_inquiry"):
        assert call_function("bureaus", operation, shop=shop).status == 404
    for operation in ("create_access_request", "export_bureau_inquiries"):
        assert call_function("bureaus", operation, shop=shop).status == 201
