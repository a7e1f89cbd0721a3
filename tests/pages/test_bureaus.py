"""Bureaus on a screen: an inquiry and its report, what a period cost, and secrets that are replaced and never shown."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest
from playwright.sync_api import Download, Route, expect

from lastro.kernel.cursors import spell_cursor
from lastro.kernel.documents import Cnpj
from sandbox.cloud.background import RunningCloud
from tests.journeys.documents import spell_documents
from tests.journeys.patience import LONGEST
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey

INDEBTED = "99999910254"
"""Has a score of 310, two notes of PEFIN and one of REFIN."""

SCORED = "RELATORIO_AVANCADO_TOP_SCORE_PF_PME"
SECRET, NEXT, WRONG = "segredo-da-tela", "segredo-trocado", "invalid-segredo"
BRANCH = "Filial da tela <img src=x onerror=window.stolen=1>"
ASKER = "ana <img src=x onerror=window.stolen=1>"
CNPJS = spell_documents(Cnpj, f"77T{os.getpid() % 10**6:06d}", 3)


class Branch(NamedTuple):
    """A branch with an integration of its own."""

    number: int
    name: str


@pytest.fixture
def branch(cloud: RunningCloud) -> Branch:
    """One that has been asked by the API as well."""
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:

        def send(path: str, body: dict[str, Any]) -> Any:
            made = api.post(f"/api/v1/{path}", json=body)
            assert made.status_code == 201, made.text
            return made.json()["data"]["id"]

        cnpj = next(CNPJS)
        name = f"{BRANCH} {cnpj}"
        number = int(send("branches", {"branch": {"name": name, "cnpj": cnpj}}))
        fields = {"client_id": "empresa-exemplo", "client_secret": SECRET, "reports": [SCORED]}
        integration = {"provider": "serasa", "branch_id": number, "environment": "homologation"}
        prices = {"prices": {SCORED: 490}}
        send("bureau_integrations", {"bureau_integration": {**integration, **prices, "fields": fields}})
        inquiry = {"document": "99999910173", "purpose": "collection", "requested_by": ASKER, "branch_id": number}
        send("bureau_inquiries", {"bureau_inquiry": inquiry})
        return Branch(number, name)


def test_an_inquiry_from_the_form_to_a_report_that_is_read(screen: Screen, branch: Branch) -> None:
    page = screen.page
    screen.log_in("analista@example.com")
    page.get_by_role("link", name="Birôs").click()
    expect(page.get_by_text(ASKER).first).to_be_visible()
    screen.check()
    page.get_by_role("link", name="Nova consulta").click()
    page.get_by_role("button", name="Consultar").click()
    expect(page.get_by_text("Corrija os campos marcados.")).to_be_visible()
    page.get_by_label("CPF ou CNPJ").fill(" 999.999.102-54 ")
    page.get_by_label("Filial que consulta").select_option(str(branch.number))
    page.get_by_label("Relatório").select_option(SCORED)
    page.get_by_label("É no seu sistema").select_option("client")
    page.get_by_label("Número no seu sistema").fill(f"cliente-{branch.number}")
    screen.check()
    page.reload()
    expect(page.get_by_label("CPF ou CNPJ")).to_have_value("999.999.102-54")
    page.get_by_role("button", name="Consultar").click()
    expect(page.get_by_role("img", name="Escore 310 de 1000")).to_be_visible()
    notes = page.get_by_role("region", name="Anotações", exact=True)
    expect(notes).to_contain_text("R$ 12.034,63")
    notes.get_by_role("button", name=re.compile("PEFIN", re.IGNORECASE)).first.click()
    expect(notes.locator(".within").first).to_be_visible()
    expect(page.get_by_text("R$ 4,90")).to_be_visible()
    text = str(page.locator("main").text_content())
    assert INDEBTED not in text
    assert "999.999.102-54" not in text
    screen.check()
    page.get_by_role("button", name="Mostrar o documento; fica registrado").click()
    expect(page.get_by_text("999.999.102-54")).to_be_visible()
    # The history of one client, with the keyboard alone.
    screen.open("#/biros")
    expect(page.get_by_text(ASKER).first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(f"cliente-{branch.number}")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Histórico de cliente cliente-{branch.number}")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("row").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="Escore 310 de 1000")).to_be_visible()
    assert page.evaluate("window.stolen") is None


def test_what_a_period_cost_is_shown_and_saved(screen: Screen, branch: Branch, tmp_path: Path) -> None:
    page = screen.page
    screen.log_in("aprovadora@example.com")
    screen.open("#/biros/relatorio")
    page.get_by_label("Filial").select_option(str(branch.number))
    page.get_by_role("button", name="Filtrar").click()
    totals = page.get_by_role("region", name="Totais do período")
    expect(totals).to_contain_text("R$ 4,90")
    expect(page.get_by_role("row")).to_have_count(2)
    for kind in ("CSV", "JSON"):
        with page.expect_download() as saved:
            page.get_by_role("button", name=f"Baixar {kind}").click()
        saved.value.save_as(tmp_path / kind)
    assert ASKER in (tmp_path / "CSV").read_text(encoding="utf-8-sig")
    assert json.loads((tmp_path / "JSON").read_text(encoding="utf-8"))["totals"]["cost"] == 490
    # A file that does not come to the end of the period is followed by the next one.
    further = spell_cursor(f"2099-01-01T00:00:00.000Z#{UUID(int=0)}", "inquiries_written")
    asked: list[str | None] = []
    files: list[Download] = []

    def go_on(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or "")["report"].get("cursor"))
        answer = route.fetch()
        told = answer.json()
        route.fulfill(
            response=answer, json={"data": told["data"] | {"next_cursor": further if len(asked) == 1 else None}}
        )

    page.route("**/bureau_inquiries_report/files", go_on)
    page.on("download", lambda each: files.append(each))
    with page.expect_event("download", lambda _: len(files) == 2):
        page.get_by_role("button", name="Baixar XLSX").click()
    assert asked == [None, further]


def test_secrets_are_tested_and_replaced_and_never_shown(screen: Screen, branch: Branch) -> None:
    page = screen.page
    screen.log_in()
    screen.open("#/biros/integracoes")
    expect(page.get_by_role("row", name=re.compile(re.escape(branch.name)))).to_be_visible()
    screen.check()
    page.get_by_role("row", name=re.compile(re.escape(branch.name))).get_by_role("link").last.click()
    secrets = page.get_by_role("region", name="Segredos")
    secret = secrets.get_by_label("Client Secret", exact=True)
    secrets.get_by_role("button", name="Testar o guardado: Client Secret").click()
    expect(secrets.get_by_text("O birô aceita o guardado.")).to_be_visible()
    secret.fill(WRONG)
    secrets.get_by_role("button", name="Testar o digitado: Client Secret").click()
    expect(secrets.get_by_text(re.compile("O birô não aceita o digitado"))).to_be_visible()
    secret.fill(NEXT)
    secrets.get_by_role("button", name="Trocar: Client Secret").click()
    expect(secrets.get_by_text("Trocado.")).to_be_visible()
    expect(secret).to_have_value("")
    screen.check()
    assert not {each for each in (SECRET, NEXT, WRONG) if each in page.content()}
    assert not page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})").count("segredo")
    assert page.evaluate("window.stolen") is None


def test_another_environment_and_a_branchs_new_name_and_end(screen: Screen, branch: Branch) -> None:
    page = screen.page
    screen.log_in("operador@example.com")
    page.get_by_role("link", name="Birôs").click()
    row = page.get_by_role("row", name=re.compile(re.escape(branch.name)))
    row.get_by_role("link").last.click()
    page.get_by_role("button", name="Passar para produção").click()
    part = page.get_by_role("region", name="Ambiente")
    expect(part.get_by_role("button", name="Passar para produção")).to_be_disabled()
    for secret in ("Client ID", "Client Secret"):
        part.get_by_label(f"{secret} (produção)").fill(NEXT)
    part.get_by_role("button", name="Passar para produção").click()
    expect(part.get_by_role("alert")).to_contain_text("cada consulta é cobrada")
    screen.check()
    part.get_by_role("button", name="Passar mesmo para produção").click()
    expect(part.get_by_role("button", name="Passar para homologação")).to_be_visible()
    assert NEXT not in page.content()

    screen.open("#/biros/integracoes")
    row.get_by_role("link").first.click()
    expect(page.get_by_text("desligue-a da integração")).to_be_visible()
    renamed = f"Renomeada {branch.number} <b>x</b>"
    page.get_by_label("Nome da filial").fill(renamed)
    page.reload()
    expect(page.get_by_label("Nome da filial")).to_have_value(renamed)
    page.get_by_role("button", name="Guardar filial").click()
    expect(page.get_by_role("heading", name=renamed)).to_be_visible()
    screen.check()
    page.get_by_role("region", name="Remover filial").get_by_role("link").click()
    page.get_by_role("button", name=f"Desligar {renamed}").click()
    expect(page.get_by_text("Ela deixa de consultar e de negativar até ser ligada de novo")).to_be_visible()
    page.get_by_role("button", name=f"Desligar mesmo {renamed}").click()
    expect(page.get_by_text("Nenhuma.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Remover integração").click()
    expect(page.get_by_role("alert")).to_contain_text("Os segredos se perdem")
    page.get_by_role("button", name="Remover mesmo").click()
    page.get_by_role("row", name=renamed).get_by_role("link").first.click()
    page.get_by_role("button", name="Remover filial").click()
    expect(page.get_by_role("alert")).to_contain_text("Ela deixa de consultar e de negativar")
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()
    page.get_by_role("button", name=f"Remover mesmo {renamed}").click()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_text(renamed)).to_have_count(0)


def test_an_analyst_reads_integrations_and_is_offered_no_change(screen: Screen, branch: Branch) -> None:
    page = screen.page
    screen.log_in("analista@example.com")
    screen.open("#/biros/integracoes")
    row = page.get_by_role("row", name=re.compile(re.escape(branch.name)))
    expect(row).to_be_visible()
    expect(page.get_by_role("button", name="Cadastrar filial")).to_have_count(0)
    row.get_by_role("link").last.click()
    expect(page.get_by_role("region", name="Contrato")).to_be_visible()
    for act in ("Guardar contrato", "Remover integração", "Passar para produção", "Trocar: Client Secret"):
        expect(page.get_by_role("button", name=act)).to_have_count(0)
    expect(page.get_by_label("Incluir/Remover automaticamente")).to_be_disabled()
    screen.check()
