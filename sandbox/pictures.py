"""The pictures of docs/panel.md, made from a running system: `python -m sandbox.pictures`.

A local cloud of its own runs the demo's journeys, whose people are made up, and every area of the panel is photographed
as whoever manages sees it. An area that comes later is in the pictures by itself.
"""

import asyncio
import io
import os
import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright
from rich.console import Console

from sandbox.cloud.background import RunningCloud, background_cloud
from sandbox.cloud.browser import find_browser
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.panel import build_panel, install_panel
from sandbox.cloud.seeding.people import DEMO_PASSWORD, PEOPLE
from sandbox.cloud.settings import PROJECT, Settings
from sandbox.demo import approvals, bureaus, caas, negativations, portal, simulation

FOLDER = PROJECT / "docs/pictures"
JOURNEYS = (simulation, caas, approvals, bureaus, negativations, portal)
WINDOW: ViewportSize = {"width": 1100, "height": 760}
LONGEST_MS = 60_000
_SETTLE_MS = 2_500
"""What a page goes on asking for is there by then."""


def main() -> int:
    quiet = Console(file=io.StringIO(), width=150)
    try:
        with background_cloud(Settings.from_environment(os.environ), print) as cloud:
            for journey in JOURNEYS:
                print(journey.__name__.rpartition(".")[2], flush=True)
                journey.run(cloud, quiet)
            take_pictures(cloud, FOLDER)
    except CloudFailure as failure:
        print(failure.report(), file=sys.stderr)
        return 1
    return 0


def take_pictures(cloud: RunningCloud, folder: Path) -> None:
    """One picture of each area, and of what its first link leads to where that is told below."""
    program = find_browser(cloud.settings)
    asyncio.run(install_panel(cloud.settings, asyncio.run(build_panel(cloud.settings))))
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(locale="pt-BR", timezone_id="America/Sao_Paulo", viewport=WINDOW, color_scheme="light")
        page.set_default_timeout(LONGEST_MS)
        panel = f"{cloud.base_url}/panel"
        page.goto(panel)
        page.get_by_role("button", name="Entrar").wait_for()
        _save(page, folder, "login")
        page.get_by_label("E-mail").fill(PEOPLE[0][1])
        page.locator("input[autocomplete=current-password]").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Entrar").click()
        page.get_by_role("button", name="Sair").wait_for()
        page.locator("nav a").first.wait_for()
        for area in [str(link.get_attribute("href")) for link in page.locator("nav a").all()]:
            page.goto(f"{panel}{area}")
            name = area.strip("#/").replace("/", "-")
            _save(page, folder, name)
            row = page.locator("main table tbody a").first
            if row.count():
                row.click()
                _save(page, folder, f"{name}-um")
        page.goto(f"{cloud.base_url}/docs")
        page.get_by_role("heading", level=1).first.wait_for()
        _save(page, folder, "referencia")
        browser.close()


def _save(page: Page, folder: Path, name: str) -> None:
    page.wait_for_timeout(_SETTLE_MS)
    page.screenshot(path=folder / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    sys.exit(main())
