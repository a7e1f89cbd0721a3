"""Simulating on a screen: the form, what banks answer while one looks, and the three groups of offers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from tests.journeys.partner import Partner
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey

BANKS = ("655", "422")
"""One that tells an ideal down payment, and one that tells a minimum alone."""

CPF = "11144477735"
NAME = "Ana <img src=x onerror=window.stolen=1>"


@pytest.fixture
def partner(cloud: RunningCloud) -> Iterator[Partner]:
    one = Partner(cloud)
    yield one
    one.forget_scripts()


def fill(screen: Screen, document: str) -> None:
    page = screen.page
    page.get_by_label("CPF ou CNPJ").fill(document)
    for label, text in (
        ("Valor do veículo", "R$ 100.000,00"),
        ("Código Molicar", "02106163-7"),
        ("UF do emplacamento", "sp"),
        ("Cidade do emplacamento", "São Paulo"),
        ("Ano de fabricação", "2024"),
        ("Ano do modelo", "2025"),
        ("Entrada", "5.000,00"),
    ):
        page.get_by_label(label, exact=False).first.fill(text)
    for box in page.get_by_role("group", name="Bancos").get_by_role("checkbox").all():
        if box.get_attribute("value") not in BANKS:
            box.uncheck()


def test_a_simulation_from_the_form_to_its_three_groups(screen: Screen, partner: Partner) -> None:
    screen.log_in()
    page = screen.page
    page.get_by_role("link", name="Nova simulação").click()
    page.get_by_role("button", name="Simular").click()
    expect(page.get_by_text("Corrija os campos marcados.")).to_be_visible()
    screen.check()
    page.get_by_label("Buscar no catálogo").fill("nada que exista em catálogo algum")
    page.keyboard.press("Enter")
    expect(page.get_by_text("O catálogo não conhece este veículo")).to_be_visible()
    fill(screen, partner.cloud.credentials["lead_cpf"])
    expect(page.get_by_label("Nome", exact=False).first).to_have_value("Ana Exemplo")
    # Nothing is lost with a reload, nor while nobody answers.
    page.reload()
    expect(page.get_by_label("Valor do veículo")).to_have_value("R$ 100.000,00")
    page.context.set_offline(True)
    page.get_by_role("button", name="Simular").click()
    expect(page.get_by_role("alert").first).to_contain_text("O servidor não respondeu.")
    page.context.set_offline(False)
    partner.script("422", {"when": {}, "outcome": "approved", "delay_ms": 2500})
    page.get_by_role("button", name="Simular").click()
    expect(page.get_by_text(re.compile(r"\d+ de \d+ condições respondidas"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Pronta:"))).to_be_visible()
    likely = page.get_by_role("region", name="Com grandes chances de aprovação")
    expect(likely).to_contain_text("R$ 5.000,00")
    least = page.get_by_role("region", name="Só com a entrada mínima do banco")
    red = least.locator(".minimum").first
    expect(red).to_be_visible()
    reddish = red.evaluate("node => getComputedStyle(node).color.match(/[0-9.]+/g).map(Number)")
    assert reddish[0] > 2 * max(reddish[1:3])
    for place in range(2):
        page.get_by_role("checkbox", name=re.compile("^Comparar")).nth(place).check()
    compared = page.get_by_role("region", name="Comparação")
    expect(compared.get_by_role("columnheader")).to_have_count(2)
    expect(compared.get_by_role("row", name="CET ao ano").get_by_role("cell")).to_have_count(2)
    likely.get_by_role("button", name=re.compile("^Abrir")).first.click()
    expect(page.get_by_text("Despesas financiadas")).to_be_visible()
    screen.check()
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()


def test_a_name_is_text_wherever_it_is_shown(screen: Screen, partner: Partner) -> None:
    lead = {"cpf_cnpj": CPF, "name": NAME, "has_cnh": True, "phone_number": "(84) 90000-0000"}
    assert partner.api.post("/api/v1/banks_api/leads", json={"lead": lead}).status_code in (200, 201, 409)
    body = partner.body(terms=(36,), banks=("341",))
    body["simulation"]["retrieve_lead"] = {"cpf_cnpj": CPF}
    partner.post(body)
    uuid = partner.post(body)["uuid"]
    screen.log_in("aprovadora@example.com")
    page = screen.page
    expect(page.get_by_text(NAME).first).to_be_visible()
    # The list is sorted by the API, and gone through with the keyboard alone.
    created = page.get_by_role("columnheader", name="Criada em")
    expect(created).to_have_attribute("aria-sort", "descending")
    created.get_by_role("button").click()
    expect(created).to_have_attribute("aria-sort", "ascending")
    created.get_by_role("button").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text(NAME)
    page.get_by_role("row").nth(2).focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("row").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(screen.page.get_by_text(NAME).first).to_be_visible()
    assert uuid in screen.page.url
    assert screen.page.evaluate("window.stolen") is None
    screen.check()
