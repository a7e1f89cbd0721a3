"""The Workstation on a screen: proposals by status, one proposal, and a person's decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from tests.journeys.caas_partner import Borrower, CaasPartner
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey

WHY = "Renda conferida <img src=x onerror=window.stolen=1> no extrato."


@pytest.fixture
def flagged(cloud: RunningCloud) -> Iterator[Borrower]:
    """A proposal that waits for a person."""
    partner = CaasPartner(cloud)
    person = partner.sign_up()
    script = {"rules": [{"when": {"document": person.cpf}, "score": 100}]}
    assert partner.sandbox.put("/bureaus/serasa/script", json=script).is_success
    partner.propose(person)
    partner.wait(person.csn, "AGUARDANDO_DOCUMENTOS")
    partner.hand_in(person)
    partner.wait(person.csn, "EM_ANALISE_MANUAL")
    yield person
    assert partner.sandbox.delete("/scripts").is_success


def formatted(cpf: str) -> str:
    return f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}"


def test_a_proposal_is_found_read_and_decided_by_another_person(
    screen: Screen, cloud: RunningCloud, flagged: Borrower
) -> None:
    page = screen.page
    screen.log_in("analista@example.com")
    page.get_by_role("link", name="Propostas").click()
    expect(page.get_by_role("button", name=re.compile("^Em análise manual: [1-9]"))).to_be_visible()
    screen.check()
    page.keyboard.press("/")
    page.keyboard.type(flagged.csn)
    page.keyboard.press("Enter")
    waiting = page.get_by_role("region", name="Decisão")
    expect(waiting).to_contain_text("escore baixo")
    expect(page.get_by_role("region", name="Verificações da análise")).to_contain_text("Bases externas")
    expect(page.get_by_role("region", name="Documentos")).to_contain_text("Selfie")
    expect(page.get_by_role("region", name="Birô de crédito")).to_contain_text("100")
    assert flagged.cpf not in page.content()
    page.get_by_role("button", name=re.compile("^Ver Selfie")).click()
    picture = page.get_by_role("img", name="self")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('img.file').naturalWidth > 0")
    screen.check()
    # Who looks at what stands masked is recorded, and only then told.
    page.get_by_role("button", name="Mostrar o CPF; fica registrado").click()
    expect(page.get_by_text(formatted(flagged.cpf))).to_be_visible()
    kept = httpx.get(f"{cloud.base_url}/api/v1/disclosures", headers=cloud.headers).json()["data"][0]
    assert (kept["kind"], kept["subject_id"], kept["field"]) == ("proposal", flagged.csn, "cpf")
    page.get_by_role("button", name="Ocultar o CPF").click()
    assert formatted(flagged.cpf) not in page.content()
    # An analyst proposes; deciding is another job's.
    expect(waiting).to_contain_text("Quem aprova decide.")
    expect(waiting.get_by_role("button", name="Aprovar")).to_have_count(0)
    page.get_by_role("button", name="Sair").click()
    expect(page.get_by_role("button", name="Entrar")).to_be_visible()

    screen.log_in("aprovadora@example.com")
    screen.open(f"#/propostas/{flagged.csn}")
    expect(waiting.get_by_label("Justificativa")).to_have_value("")
    waiting.get_by_label("Justificativa").fill(WHY)
    page.reload()
    expect(waiting.get_by_label("Justificativa")).to_have_value(WHY)
    waiting.get_by_role("button", name="Aprovar").click()
    expect(waiting).to_have_count(0)
    expect(page.get_by_role("region", name="Histórico")).to_contain_text(WHY)
    assert page.evaluate("window.stolen") is None


def test_a_number_that_is_nobodys_says_so(screen: Screen) -> None:
    screen.log_in()
    screen.open("#/propostas/20261103090000000000009")
    expect(screen.page.get_by_role("alert")).to_contain_text("Requisição")
    screen.open("#/nada/disto")
    expect(screen.page.get_by_role("heading", name="Nada por aqui")).to_be_visible()
    screen.check()
