"""Logging in to the panel, staying logged in, and leaving it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from tests.pages.conftest import OpenScreen, Screen

pytestmark = pytest.mark.journey

FIRST_LOAD = 250_000
"""Bytes, compressed, of all that is loaded before somebody has logged in."""


def test_the_login_page_names_the_people_of_this_machine_and_says_what_was_wrong(screen: Screen) -> None:
    sizes: list[int] = []
    screen.page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    screen.open()
    expect(screen.page.get_by_role("heading", name="Lastro")).to_be_visible()
    for person in ("gestor", "analista", "aprovadora", "corretor", "imobiliaria", "operador"):
        expect(screen.page.get_by_role("button", name=f"{person}@example.com")).to_be_visible()
    assert 50_000 < sum(sizes) < FIRST_LOAD
    screen.check()
    screen.page.get_by_label("E-mail").fill("gestor@example.com")
    screen.page.locator("input[autocomplete=current-password]").fill("errada")
    screen.page.get_by_role("button", name="Entrar").click()
    alert = screen.page.get_by_role("alert")
    expect(alert).to_contain_text("O e-mail ou a senha está errado.")
    expect(alert).to_contain_text("Requisição")
    screen.check()


def test_a_login_outlives_a_reload_lies_in_no_storage_and_ends_in_every_tab(open_screen: OpenScreen) -> None:
    first = open_screen()
    first.log_in()
    first.page.reload()
    expect(first.page.get_by_role("button", name="Sair")).to_be_visible()
    kept = first.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "eyJ" not in kept
    [cookie] = first.page.context.cookies()
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    second = open_screen(beside=first)
    second.open()
    expect(second.page.get_by_role("button", name="Sair")).to_be_visible()
    second.page.get_by_role("button", name="Sair").click()
    for screen in (first, second):
        expect(screen.page.get_by_role("button", name="Entrar")).to_be_visible()
    first.page.reload()
    expect(first.page.get_by_role("button", name="Entrar")).to_be_visible()
    assert first.page.context.cookies() == []
    assert first.complaints == second.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_shows_everything_in_both_colours(open_screen: OpenScreen, scheme: str) -> None:
    narrow = open_screen(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    narrow.log_in("analista@example.com")
    narrow.page.get_by_role("button", name="Menu").click()
    expect(narrow.page.get_by_text("Ana Analista")).to_be_visible()
    narrow.check()


def test_no_other_page_holds_the_panel_or_speaks_in_its_name(screen: Screen, cloud: RunningCloud) -> None:
    screen.log_in()
    held = screen.page.context.new_page()
    held.goto(f"{cloud.sandbox_url}/health")
    held.evaluate(
        "(address) => new Promise((done) => { const frame = document.createElement('iframe'); frame.onload = done;"
        " frame.src = address; document.body.append(frame); setTimeout(done, 2000); })",
        screen.address,
    )
    assert not any(frame.locator("#root").count() for frame in held.frames[1:])
    status = "(address) => fetch(address, {method: 'POST', credentials: 'include'}).then((got) => got.status, () => 0)"
    assert held.evaluate(status, f"{cloud.base_url}/panel/sessions/renewal") == 0
    expect(screen.page.get_by_role("button", name="Sair")).to_be_visible()
