"""What is done on the panel without a mouse: the search that `/` leads to, and the rows of tables."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Request, expect

from tests.pages.conftest import SETTLED, Screen
from tests.pages.estate import Estate

pytestmark = pytest.mark.journey

SEARCHES = {
    "simulacoes": "Filtrar por nome, CPF, CNPJ ou número",
    "propostas": "Buscar por CPF ou número da proposta",
    "biros": "Número dele no seu sistema",
    "negativacoes/registros": "Filtrar por contrato ou número",
    "negativacoes/devedores": "Filtrar por nome, CPF, CNPJ ou número",
    "negativacoes/boletos": "Filtrar por boleto ou contrato",
    "clientes/lista": "Buscar por CPF, CNPJ ou começo do nome",
    "reservas": "Buscar pelo número do cliente",
    "alcadas": "Filtrar por nome, empreendimento ou tabela",
    "integracao": "Texto",
}
"""What `/` leads to, by place."""


def test_the_slash_leads_to_each_search_and_a_filter_narrows_what_is_shown(screen: Screen, estate: Estate) -> None:
    page = screen.page
    screen.log_in()
    for place, name in SEARCHES.items():
        screen.open(f"#/{place}")
        page.wait_for_function(SETTLED)
        page.keyboard.press("/")
        field = page.get_by_label(name, exact=True)
        expect(field, place).to_be_focused()
        if not name.startswith("Filtrar"):
            continue
        rows = page.locator("tr.row")
        expect(rows.first, place).to_be_visible()
        shown = rows.count()
        page.keyboard.type("zzzz")
        expect(page.get_by_text("Nenhuma das linhas mostradas é assim.")).to_be_visible()
        expect(page.get_by_text(f"0 de {shown} linhas mostradas")).to_be_visible()
        page.keyboard.press("Escape")
        expect(rows).to_have_count(shown)
    # What has a number is opened by it, wherever in the list it stands.
    for place, uuid in (
        ("simulacoes", "uuid"),
        ("negativacoes/registros", "listing"),
        ("negativacoes/devedores", "debtor"),
    ):
        screen.open(f"#/{place}")
        page.wait_for_function(SETTLED)
        page.keyboard.press("/")
        page.keyboard.insert_text(estate.ids[uuid])
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/panel#/{place}/{estate.ids[uuid]}")


def test_rows_are_gone_through_and_a_key_alone_changes_nothing(screen: Screen, estate: Estate) -> None:
    page = screen.page
    screen.log_in()
    screen.open("#/integracao")
    sent = set[str]()

    def note(request: Request) -> None:
        sent.add(request.method)

    page.on("request", note)
    for table in ("chaves de api", "clientes da api", "documentos de teste"):
        rows = page.get_by_role("region", name=f"Tabela: {table}").locator("tr.row")
        expect(rows.first).to_be_visible()
        expect(rows.and_(page.locator("[tabindex='0']"))).to_have_count(1)
        rows.first.focus()
        page.keyboard.press("End")
        expect(rows.last).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(rows.last).to_be_focused()
        page.keyboard.press("Home")
        expect(rows.first).to_be_focused()
    # Enter leads to the button, which is pressed by whoever means it.
    rows.first.press("Enter")
    expect(rows.first.get_by_role("button")).to_be_focused()
    assert sent <= {"GET"}

    screen.open(f"#/simulacoes/{estate.ids['uuid']}")
    rows = page.locator("tr.row")
    expect(rows.first).to_be_visible()
    rows.first.press("Enter")
    expect(rows.first.get_by_role("button", name=re.compile("^Fechar"))).to_be_visible()
    # What is unfolded below a row is passed by: it was the only one of its table.
    rows.first.press("ArrowDown")
    expect(rows.first).to_be_focused()
