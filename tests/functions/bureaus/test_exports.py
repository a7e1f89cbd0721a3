"""The report as a file: CSV and XLSX in its readers' words."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lastro.aws.clients import open_client
from lastro.bureaus.model import InquiryStatus, Purpose, SubjectKind
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.statistics import exporting, words
from lastro.kernel.callers.caller import Panel
from lastro.kernel.texts.formulas import plain_text
from tests.functions.bureaus.conftest import BUCKET
from tests.functions.bureaus.office import CLEAN, PERIOD, REQUESTER, RESTRICTED, Office
from tests.functions.invocation import Shop


def export(office: Office, shop: Shop, kind: str, **changes: str) -> bytes:
    report = {**PERIOD, "format": kind, **changes}
    answer = office.call("export_bureau_inquiries", shop, body={"report": report})
    assert answer.status == 201, answer.text
    link = answer.json["data"]
    days = "-".join(report[name].replace("-", "") for name in ("start", "end"))
    assert link["file_name"] == f"consultas-{days}.{kind}"
    assert "X-Amz-Signature" in link["url"]
    assert "X-Amz-Expires=60" in link["url"]
    return content_of(link["url"])


def content_of(url: str) -> bytes:
    key = url.split("?")[0].partition(".amazonaws.com/")[2].removeprefix(f"{BUCKET}/")
    content: bytes = open_client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read()
    return content


def test_the_report_as_csv(office: Office, busy_shop: Shop) -> None:
    text = export(office, busy_shop, "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    headings, *lines = rows[: rows.index([])]
    assert len(lines) == 5
    by_name = [dict(zip(headings, line, strict=True)) for line in lines]
    assert {row["Solicitante"] for row in by_name} == {"ana", "bia"}
    assert sum(row["Situação"] == "repetida" for row in by_name) == 1
    assert CLEAN not in text
    totals = dict(rows[rows.index([]) + 1 :])
    assert totals["Consultas"] == "5"
    assert "," in totals["Custo"]


def test_every_cell_of_the_report_is_in_its_readers_words(office: Office) -> None:
    # Nine in the evening of the last of February in São Paulo is March already in UTC.
    office.clock.moment = datetime(2026, 3, 1, 0, 30, 15, tzinfo=UTC)
    shop, integration = office.open_integrated(prices={"RELATORIO_BASICO_PF_PME": 390})
    office.inquire(shop, RESTRICTED, subject={"type": "prospect", "id": "P-1"})
    text = export(office, shop, "csv", start="2026-02-28", end="2026-02-28").decode("utf-8-sig")
    headings, row = list(csv.reader(io.StringIO(text), delimiter=";"))[:2]
    told = dict(zip(headings, row, strict=True))
    assert told == {
        "Data": "28/02/2026 21:30:15",
        "Situação": "respondida",
        "Documento": "***.999.102-**",
        "Tipo": "prospecção",
        "Código": "P-1",
        "Finalidade": "análise de crédito",
        "Solicitante": REQUESTER,
        "Painel": "gestor",
        "Filial": str(integration["branch_id"]),
        "CNPJ cobrado": "11.222.333/0001-81",
        "Integração": str(integration["id"]),
        "Birô": "Serasa Experian",
        "Ambiente": "homologação",
        "Relatório": "RELATORIO_BASICO_PF_PME",
        "Score": "310",
        "Restrições": "3",
        "Valor restrições": "12034,63",
        "Cobrada": "sim",
        "Custo": "3,90",
    }


def test_the_reports_words_name_everything_there_is() -> None:
    for kind, spelt in (
        (InquiryStatus, words.STATUSES),
        (SubjectKind, words.SUBJECTS),
        (Purpose, words.PURPOSES),
        (Panel, words.PANELS),
        (Environment, words.ENVIRONMENTS),
    ):
        assert set(spelt) == set(kind)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_spreadsheet_takes_no_name_for_a_formula(office: Office, sign: str) -> None:
    shop, _ = office.open_integrated()
    subject = {"type": "lead", "id": f"{sign}cmd|' /C calc'!A0"}
    office.inquire(shop, requested_by=f'{sign}HYPERLINK("https://example.com")', subject=subject)
    rows = csv.reader(io.StringIO(export(office, shop, "csv").decode("utf-8-sig")), delimiter=";")
    headings, row = next(rows), next(rows)
    told = dict(zip(headings, row, strict=True))
    assert told["Solicitante"] == f'\'{sign}HYPERLINK("https://example.com")'
    assert told["Código"] == f"'{sign}cmd|' /C calc'!A0"
    with zipfile.ZipFile(io.BytesIO(export(office, shop, "xlsx"))) as workbook:
        assert "<f>" not in workbook.read("xl/worksheets/sheet1.xml").decode()
        assert f"{sign}HYPERLINK" in workbook.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n"])
def test_no_text_of_a_cell_begins_like_a_formula(sign: str) -> None:
    """Names kept before full-width signs were refused are exported too."""
    assert plain_text(f"{sign}cmd") == f"'{sign}cmd"
    assert plain_text("ana") == "ana"


def test_the_report_as_a_workbook(office: Office, busy_shop: Shop) -> None:
    with zipfile.ZipFile(io.BytesIO(export(office, busy_shop, "xlsx"))) as workbook:
        assert workbook.testzip() is None
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
        texts = workbook.read("xl/sharedStrings.xml").decode()
    assert sheet.count("<row ") == 6
    assert "Solicitante" in texts
    assert CLEAN not in texts
    assert "<f>" not in sheet


def test_a_file_looks_at_no_more_than_so_many_and_leads_to_the_next(
    office: Office, busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_WALKED", 2)

    def make(cursor: str | None) -> tuple[list[str], str | None]:
        report = {**PERIOD, "format": "csv", "requested_by": "ana", **({"cursor": cursor} if cursor else {})}
        headers = {"Idempotency-Key": str(uuid4())}
        [link, again] = [
            office.call("export_bureau_inquiries", busy_shop, body={"report": report}, headers=headers).json["data"]
            for _ in range(2)
        ]
        assert (link["next_cursor"], link["file_name"]) == (again["next_cursor"], again["file_name"])
        rows = list(csv.reader(io.StringIO(content_of(link["url"]).decode("utf-8-sig")), delimiter=";"))
        return [row[0] for row in rows[1 : rows.index([])]], link["next_cursor"]

    parts = [make(None)]
    while cursor := parts[-1][1]:
        parts.append(make(cursor))
    monkeypatch.undo()
    [whole] = [make(None)]
    assert (len(parts), whole[1]) == (3, None)
    assert [row for rows, _ in parts for row in rows] == whole[0]
    assert len(whole[0]) == 2
    report = {**PERIOD, "format": "csv", "cursor": "MTIz"}
    refused = office.call("export_bureau_inquiries", busy_shop, body={"report": report})
    assert (refused.status, refused.rules()) == (422, {"report.cursor": "cursor"})


def test_the_same_key_exports_one_file(office: Office, busy_shop: Shop) -> None:
    body = {"report": {**PERIOD, "format": "csv"}}
    headers = {"Idempotency-Key": "arquivo"}
    first, second = (
        office.call("export_bureau_inquiries", busy_shop, body=body, headers=headers).json["data"]["url"].split("?")[0]
        for _ in range(2)
    )
    assert first == second
