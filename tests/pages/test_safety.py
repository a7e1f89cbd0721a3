"""What keeps a panel's person safe: the end of a session, addresses that lead nowhere else, and what a tab leaves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from tests.pages.conftest import OpenScreen, Screen

pytestmark = pytest.mark.journey

DOCUMENT = "111.444.777-35"


def test_a_session_that_ended_leaves_nothing_of_anybody_for_the_next(screen: Screen) -> None:
    page = screen.page
    screen.log_in("analista@example.com")
    screen.open("#/simulacoes/nova")
    page.get_by_label("CPF ou CNPJ").fill(DOCUMENT)
    assert "11144477735" in page.evaluate("JSON.stringify({...sessionStorage})")
    # The cookie ran out, or was ended elsewhere.
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("button", name="Entrar")).to_be_visible()
    assert page.evaluate("JSON.stringify({...sessionStorage})") == "{}"
    screen.check()
    screen.log_in()
    screen.open("#/simulacoes/nova")
    expect(page.get_by_label("CPF ou CNPJ")).to_have_value("")


def test_a_logout_in_one_tab_takes_what_another_held(open_screen: OpenScreen) -> None:
    first = open_screen()
    first.log_in("analista@example.com")
    second = open_screen(beside=first)
    second.open("#/simulacoes/nova")
    second.page.get_by_label("CPF ou CNPJ").fill(DOCUMENT)
    first.page.context.set_offline(True)
    first.page.get_by_role("button", name="Sair").click()
    expect(first.page.get_by_text("Você ainda não saiu.")).to_be_visible()
    first.page.context.set_offline(False)
    first.page.get_by_role("button", name="Sair").click()
    expect(second.page.get_by_role("button", name="Entrar")).to_be_visible()
    assert second.page.evaluate("JSON.stringify({...sessionStorage})") == "{}"
    assert first.complaints == second.complaints == []


@pytest.mark.parametrize(
    "address",
    [
        "#//outro.example/x",
        "#/https:%2F%2Foutro.example",
        "#javascript:window.stolen=1",
        "?next=https://outro.example#/propostas/javascript:window.stolen=1",
        "#/propostas/%E0%A4%A",
    ],
)
def test_no_address_of_the_panel_leads_out_of_it(screen: Screen, cloud: RunningCloud, address: str) -> None:
    screen.log_in()
    screen.open(address)
    screen.page.reload()
    expect(screen.page.get_by_role("button", name="Sair")).to_be_visible()
    assert screen.page.url.startswith(f"{cloud.base_url}/panel")
    for link in screen.page.locator("a").all():
        assert not str(link.get_attribute("href")).startswith(("http", "//", "javascript:"))
    assert screen.page.evaluate("window.stolen") is None
