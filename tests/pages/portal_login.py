"""Logging in to the customers' portal."""

from __future__ import annotations

from playwright.sync_api import expect

from sandbox.demo.portal import Portal
from tests.pages.conftest import Screen


def enter(screen: Screen, office: Portal, address: str) -> None:
    page, before = screen.page, len(office.codes(address))
    screen.open()
    page.get_by_label("E-mail ou celular").fill(f" {address} ")
    page.get_by_role("button", name="Receber código").click()
    expect(page.get_by_label("Código")).to_be_focused()
    code = office.wait_for_code(address, before)
    page.get_by_label("Código").fill(f"{code[:3]} {code[3:]}")
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("button", name="Sair")).to_be_visible()
