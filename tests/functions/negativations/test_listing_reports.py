"""The report "Negativações de crédito": what it shows, adds up, and puts into a file; a person's history, críticas."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.negativations.reports import reporting
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import OTHER_CPF
from tests.functions.negativations.conftest import REPORTS
from tests.functions.negativations.registry import Registry

MARCH = {"start": "2026-03-01", "end": "2026-03-31"}


@pytest.fixture
def busy(registry: Registry) -> dict[str, Any]:
    """Three listings of March: one taken down in April, one listed, one to be sent; the second is paid."""
    first = registry.add_debt()
    second = registry.add_debt(OTHER_CPF, amount_cents=20_050)
    listings = []
    for boleto in (first, second, registry.add_boleto(first["debtor_id"])):
        listings.append(registry.place(boleto["id"]))
        registry.clock.advance(hours=1)
    for listing in listings[:2]:
        registry.work(listing["id"])
    registry.ledger.settle(second["id"], 20_050)
    registry.clock.advance(days=31)
    registry.remove(listings[0]["id"], "02")
    registry.work(listings[0]["id"])
    return {"registry": registry, "ids": [each["id"] for each in listings], "debtor": second["debtor_id"]}


def report(registry: Registry, **query: str) -> dict[str, Any]:
    answer = registry.ledger.call("report_negativations", query={**MARCH, **query})
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_totals_months_and_reasons_are_of_what_the_filters_let_through(busy: dict[str, Any]) -> None:
    registry, ids = busy["registry"], busy["ids"]
    whole = report(registry, end="2026-04-30")
    assert [each["id"] for each in whole["data"]] == ids[::-1]
    totals = whole["totals"]
    assert (totals["listings"], totals["amount_cents"], totals["critical"]) == (3, 40_050, 1)
    assert {each["status"]: each["listings"] for each in totals["statuses"]} == {
        "baixada": 1,
        "notificada": 1,
        "pendente_envio": 1,
    }
    assert totals["reasons"] == [{"reason": "02", "listings": 1}]
    assert len(totals["months"]) == 12
    assert totals["months"][-2:] == [
        {"month": "2026-03", "inclusions": 2, "removals": 0},
        {"month": "2026-04", "inclusions": 0, "removals": 1},
    ]
    assert report(registry, status="notificada")["totals"]["listings"] == 1
    assert report(registry, origin="automatic")["totals"]["listings"] == 0
    assert report(registry, provider="serasa")["data"] == []
    assert report(registry, start="2026-03-03")["totals"]["listings"] == 0


def test_pages_follow_each_other_and_the_first_alone_has_totals(busy: dict[str, Any]) -> None:
    registry, ids = busy["registry"], busy["ids"]
    first = report(registry, per_page="2")
    assert first["totals"]["listings"] == 3
    second = report(registry, per_page="2", cursor=first["next_cursor"])
    assert (second["totals"], second["next_cursor"]) == (None, None)
    assert [each["id"] for page in (first, second) for each in page["data"]] == ids[::-1]
    # A later page ends where its period begins, and a page that is full to its end has none behind it.
    assert report(registry, per_page="1", cursor=first["next_cursor"], start="2026-03-03")["data"] == []
    assert report(registry, per_page="3")["next_cursor"] is None


def test_figures_of_more_than_one_answer_counts_go_on_and_add_up(
    busy: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, ids = busy["registry"], busy["ids"]
    whole = report(registry, end="2026-04-30")["totals"]
    monkeypatch.setattr(reporting, "MOST_COUNTED", 2)
    first = report(registry, end="2026-04-30", per_page="1")
    assert first["totals"]["listings"] == 2
    rest = report(registry, end="2026-04-30", totals_cursor=first["totals"]["next_cursor"])
    assert (rest["data"], rest["next_cursor"], rest["totals"]["next_cursor"]) == ([], None, None)
    for name in ("listings", "amount_cents", "critical"):
        assert first["totals"][name] + rest["totals"][name] == whole[name]
    for kind, name in (("months", "inclusions"), ("months", "removals"), ("statuses", "listings")):
        parts = [sum(each[name] for each in part[kind]) for part in (first["totals"], rest["totals"])]
        assert sum(parts) == sum(each[name] for each in whole[kind])
    # Rows go on by their own cursor, past what the first answer looked at.
    rows, cursor = list(first["data"]), first["next_cursor"]
    while cursor:
        further = report(registry, end="2026-04-30", per_page="1", cursor=cursor)
        rows, cursor = rows + further["data"], further["next_cursor"]
    assert [each["id"] for each in rows] == ids[::-1]


def test_a_page_that_a_filter_narrows_looks_at_no_more_than_so_many(
    busy: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, ids = busy["registry"], busy["ids"]
    monkeypatch.setattr(reporting, "MOST_COUNTED", 1)
    monkeypatch.setattr(reporting, "MOST_LOOKED", 1)
    first = report(registry, status="baixada")
    assert first["data"] == []
    found: list[Any] = []
    cursor = first["next_cursor"]
    while cursor:
        page = report(registry, status="baixada", cursor=cursor)
        found, cursor = found + page["data"], page["next_cursor"]
    assert [each["id"] for each in found] == ids[:1]


def test_rows_and_figures_do_not_go_on_together(busy: dict[str, Any]) -> None:
    registry = busy["registry"]
    cursor = report(registry, per_page="1")["next_cursor"]
    answer = registry.ledger.call("report_negativations", query={**MARCH, "cursor": cursor, "totals_cursor": cursor})
    assert answer.rules() == {"totals_cursor": "one_cursor"}
    answer = registry.ledger.call("report_negativations", query={**MARCH, "totals_cursor": "MTIz"})
    assert answer.rules() == {"totals_cursor": "cursor"}


def test_a_period_has_a_length(registry: Registry) -> None:
    answer = registry.ledger.call("report_negativations", query={"start": "2026-03-02", "end": "2026-03-01"})
    assert answer.rules() == {"end": "period"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_is_a_file(busy: dict[str, Any], kind: str) -> None:
    registry = busy["registry"]

    def export() -> str:
        body = {"report": {**MARCH, "format": kind}}
        answer = registry.ledger.call("export_negativations", body=body, headers={"Idempotency-Key": f"k-{kind}"})
        assert answer.status == 201, answer.text
        assert answer.json["data"]["file_name"] == f"negativacoes-20260301-20260331.{kind}"
        return str(answer.json["data"]["url"].partition("?")[0])

    assert export() == export()
    files = open_whole_client("s3").list_objects_v2(Bucket=REPORTS, Prefix=f"reports/{registry.shop.partner_id}/")
    [stored] = files["Contents"]
    content = open_client("s3").get_object(Bucket=REPORTS, Key=stored["Key"])["Body"].read()
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        assert [row[1] for row in rows[1:4]] == ["pendente_envio", "notificada", "baixada"]
        assert rows[2][11:12] + rows[2][-1:] == ["200,50", "sim"]
        assert rows[5:7] == [["Negativações", "3"], ["Valor", "400,50"]]
    else:
        assert "xl/worksheets/sheet2.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_a_file_looks_at_no_more_than_so_many_and_leads_to_the_next(
    busy: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = busy["registry"]
    monkeypatch.setattr(reporting, "MOST_WALKED", 1)
    found, cursor = [], ""
    while True:
        body = {"report": {**MARCH, "format": "csv", "status": "baixada", **({"cursor": cursor} if cursor else {})}}
        answer = registry.ledger.call("export_negativations", body=body, headers={"Idempotency-Key": f"k-{cursor}"})
        assert answer.status == 201, answer.text
        address = answer.json["data"]["url"].partition("?")[0]
        key = address[address.index(f"reports/{registry.shop.partner_id}") :]
        content = open_client("s3").get_object(Bucket=REPORTS, Key=key)["Body"].read().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content), delimiter=";"))
        found.append([row[1] for row in rows[1 : rows.index([])]])
        cursor = answer.json["data"]["next_cursor"]
        if cursor is None:
            break
    assert found == [[], [], ["baixada"]]
    body = {"report": {**MARCH, "format": "csv", "cursor": "MTIz"}}
    assert registry.ledger.call("export_negativations", body=body).rules() == {"report.cursor": "cursor"}


def test_criticas_and_the_history_of_a_person_are_lists(busy: dict[str, Any]) -> None:
    registry, ids = busy["registry"], busy["ids"]

    def listed(**query: str) -> list[str]:
        answer = registry.ledger.call("list_negativations", query=query)
        assert answer.status == 200, answer.text
        return [each["id"] for each in answer.json["data"]]

    assert listed(critical="true") == [ids[1]]
    assert listed(debtor_id=busy["debtor"]) == [ids[1]]
    assert listed(debtor_id=busy["debtor"], critical="false") == []
    boletos = [registry.read(each)["boleto_id"] for each in ids]
    assert listed(debtor_id=busy["debtor"], boleto_id=boletos[1]) == [ids[1]]
    assert listed(debtor_id=busy["debtor"], boleto_id=boletos[0]) == []
    assert listed(debtor_id=busy["debtor"], **MARCH) == listed(boleto_id=boletos[1], **MARCH) == [ids[1]]
    assert listed(debtor_id=busy["debtor"], start="2026-04-01") == listed(boleto_id=boletos[1], end="2026-01-31") == []
    turned = registry.ledger.call("list_negativations", query={"start": "2026-03-02", "end": "2026-03-01"})
    assert turned.rules() == {"end": "period"}
