"""Negative listings on a screen: a file that is imported, what is true of a person, deadlines, approval, collection."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect

from lastro.kernel.calendar import local_date
from lastro.kernel.documents import Cnpj, Cpf
from sandbox.cloud.background import RunningCloud
from sandbox.demo.creditor import Creditor, Owed, spell_file
from tests.journeys.documents import spell_documents
from tests.journeys.patience import LONGEST
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey

NAME = "Ana <img src=x onerror=window.stolen=1>"
RUN = os.getpid() % 10**4
CPFS = spell_documents(Cpf, f"78{RUN:04d}", 3)
CNPJS = spell_documents(Cnpj, f"77N{RUN:04d}", 5)


@dataclass(frozen=True)
class Town:
    """A branch that lists by PEFIN, where each manual listing waits for a second person."""

    creditor: Creditor
    branch_id: int

    def owe(self, number: str) -> Owed:
        return Owed(next(CPFS), NAME, f"T{self.branch_id}-{number}", today() - timedelta(days=60))


def today() -> date:
    return local_date(datetime.now(UTC))


@pytest.fixture
def town(cloud: RunningCloud) -> Iterator[Town]:
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:
        creditor = Creditor(cloud, api, LONGEST)
        creditor.sandbox("DELETE", "/scripts")
        branch_id = creditor.open_branch(next(CNPJS))
        settings = {"settings": {"approval_required": True}}
        creditor.call("PUT", f"/api/v1/negativation_settings/{branch_id}", settings)
        yield Town(creditor, branch_id)


def open_debtor(screen: Screen, owed: Owed) -> None:
    screen.open("#/negativacoes/devedores")
    screen.page.get_by_role(
        "row", name=re.compile(rf"{re.escape(owed.document[-5:-2])}-{owed.document[-2:]}")
    ).get_by_role("link").click()
    expect(screen.page.get_by_role("region", name=f"Boleto {owed.number}")).to_be_visible()


def change_person(page: Page) -> None:
    page.get_by_role("button", name="Sair").click()
    expect(page.get_by_role("button", name="Entrar")).to_be_visible()


def test_a_file_is_imported_while_one_looks_at_something_else(screen: Screen, town: Town) -> None:
    page, owed = screen.page, town.owe("1")
    file = spell_file([owed]) + b"\r\n12345678900;Errado;;;;N;T-0;T-0;TI;31/12/2025;10,00;;;;;;;"
    screen.log_in("analista@example.com")
    page.get_by_role("link", name="Negativações").click()
    page.get_by_role("link", name="Importar").click()
    page.locator("input[type=file]").set_input_files({"name": "dividas.csv", "mimeType": "text/csv", "buffer": file})
    page.get_by_label("Filial das linhas que não nomeiam uma").select_option(str(town.branch_id))
    page.get_by_role("button", name="Importar", exact=True).click()
    card = page.get_by_role("region", name="Importação de dividas.csv")
    expect(card).to_be_visible()
    page.get_by_role("link", name="Devedores").click()
    page.get_by_role("button", name="Novo devedor").click()
    page.get_by_label("Nome", exact=False).first.fill("Bia Exemplo")
    page.reload()
    expect(page.get_by_label("Nome", exact=False).first).to_have_value("Bia Exemplo")
    screen.check()
    screen.open("#/negativacoes/importar")
    expect(card).to_contain_text("Terminada")
    expect(card).to_contain_text("1 criaram")
    expect(card).to_contain_text("1 com erro")
    with page.expect_download() as errors:
        card.get_by_role("link", name="Baixar as linhas com erro").click()
    assert errors.value.suggested_filename.endswith(".csv")
    screen.check()
    open_debtor(screen, owed)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    assert owed.document not in re.sub(r"\D", "", str(page.locator("main").text_content()))
    screen.check()
    # What is shown has been recorded before.
    page.get_by_role("button", name=re.compile("Mostrar o documento")).click()
    shown = f"{owed.document[:3]}.{owed.document[3:6]}.{owed.document[6:9]}-{owed.document[9:]}"
    expect(page.get_by_text(shown)).to_be_visible()
    [record, *_] = town.creditor.call("GET", "/api/v1/disclosures")["data"]
    assert (record["kind"], record["field"]) == ("debtor", "document")
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()
    assert page.evaluate("window.stolen") is None


def test_a_listing_is_approved_by_another_and_told_as_it_is(screen: Screen, town: Town) -> None:
    page, owed = screen.page, town.owe("2")
    told = town.creditor.import_file(town.branch_id, spell_file([owed]))
    assert told["created"] == 1, told
    screen.log_in("analista@example.com")
    open_debtor(screen, owed)
    page.get_by_role("button", name="Pedir a negativação").click()
    expect(page.get_by_text("Você pediu esta negativação: outra pessoa decide.")).to_be_visible()
    expect(page.get_by_text("Ainda não negativado")).to_be_visible()
    address = page.url
    screen.check()
    change_person(page)

    screen.log_in("aprovadora@example.com")
    screen.open("#/negativacoes/aprovacoes")
    waiting = page.get_by_role("region", name=f"Aprovação de {owed.number}")
    waiting.get_by_label("Justificativa").fill("Conferido")
    page.reload()
    expect(waiting.get_by_label("Justificativa")).to_have_value("Conferido")
    screen.check()
    waiting.get_by_role("button", name="Aprovar").click()
    expect(waiting).to_have_count(0)
    page.goto(address)
    # Sent, received and noticed: at no time is that called listed.
    expect(page.get_by_text("Devedor avisado", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("^Ainda não negativado: outros veem a partir de"))).to_be_visible()
    expect(page.get_by_text(re.compile("^Negativado desde"))).to_have_count(0)
    expect(page.get_by_label("Motivo da baixa")).to_have_count(0)
    screen.check()
    change_person(page)

    # Paid long ago: the last legal day is over, which is told in red until somebody asks for the removal.
    screen.log_in()
    open_debtor(screen, owed)
    boleto = page.get_by_role("region", name=f"Boleto {owed.number}")
    boleto.get_by_text("Registrar um pagamento").click()
    boleto.get_by_label("Valor pago").fill("R$ 189,90")
    paid = (today() - timedelta(days=20)).isoformat()
    boleto.get_by_label("Pago em").fill(paid)
    boleto.get_by_label("Dinheiro disponível em").fill(paid)
    boleto.get_by_role("button", name="Registrar pagamento").click()
    expect(boleto.get_by_text("Quitado")).to_be_visible()
    screen.open("#/negativacoes")
    late = page.get_by_role("region", name="Prazos de baixa").get_by_text(re.compile("^Atrasada desde")).first
    expect(late).to_be_visible()
    reddish = late.evaluate("node => getComputedStyle(node).color.match(/[0-9.]+/g).map(Number)")
    assert reddish[0] > 2 * max(reddish[1:3])
    expect(page.get_by_role("region", name="Críticas").first).to_contain_text("A dívida foi paga")
    screen.check()
    page.goto(address)
    page.get_by_label("Motivo da baixa").select_option("01")
    page.get_by_role("button", name="Pedir a baixa").click()
    expect(page.get_by_text(re.compile(r"Baixa pedida por .*motivo 01"))).to_be_visible()
    expect(page.get_by_text("Não está negativado")).to_be_visible()
    screen.open("#/negativacoes/relatorio")
    expect(page.get_by_role("img", name=re.compile(r"Em 12 meses, [1-9]\d* inclus"))).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()
    assert page.evaluate("window.stolen") is None


def test_the_collection_of_a_branch_is_kept_by_who_may(screen: Screen, town: Town) -> None:
    page = screen.page
    screen.log_in()
    screen.open("#/negativacoes/cobranca")
    page.get_by_label("Filial", exact=True).select_option(str(town.branch_id))
    steps = page.get_by_role("region", name="Parâmetros da cobrança")
    expect(steps.get_by_text("Esta filial ainda não tem cobrança.")).to_be_visible()
    steps.get_by_label("A rotina diária acontece").check()
    steps.get_by_label("Usar").last.check()
    steps.get_by_label("Custo de uma negativação").fill("1.234")
    expect(steps.get_by_role("alert")).to_contain_text("dias de atraso")
    steps.get_by_label("Dias de atraso").last.fill("45")
    expect(steps.get_by_role("alert")).to_contain_text("3,50")
    steps.get_by_label("Custo de uma negativação").fill("R$ 3,50")
    steps.get_by_label("Feriados locais de todo ano").fill("25/01")
    steps.get_by_role("button", name="Guardar cobrança").click()
    expect(steps.get_by_text("Guardado.")).to_be_visible()
    kept = town.creditor.call("GET", f"/api/v1/collection_parameters/{town.branch_id}")["data"]
    assert (kept["enabled"], kept["yearly_holidays"], kept["listing_cost_cents"]) == (True, ["01-25"], 350)
    assert [(each["step"], each["days_overdue"]) for each in kept["steps"]] == [(5, 45)]
    screen.check()
    change_person(page)
    screen.log_in("analista@example.com")
    screen.open("#/negativacoes/cobranca")
    page.get_by_label("Filial", exact=True).select_option(str(town.branch_id))
    expect(steps.get_by_label("Dias de atraso").last).to_have_value("45")
    expect(steps.get_by_label("Dias de atraso").last).to_be_disabled()
    expect(steps.get_by_role("button", name="Guardar cobrança")).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()
