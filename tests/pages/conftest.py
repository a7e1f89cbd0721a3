"""The panel and the portal in a real browser, on the local cloud of the journeys: nothing of the API is stood in for.

Whatever a page complains of fails its test: an error of a script, a refusal of the content security policy, and what
axe-core finds serious or critical.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.browser import LACKING, find_browser
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.panel import build_panel, install_panel, portal_url
from sandbox.cloud.seeding.people import DEMO_PASSWORD
from sandbox.cloud.settings import PROJECT, Settings

LONGEST_MS = 60_000
"""Of one expectation: a page that works is far quicker, a machine that is busy is not."""

_WATCH = """
window.refusals = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusals.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`));
"""
_AXE = PROJECT / "panel/node_modules/axe-core/axe.min.js"
_SETTLED = """
() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished))
"""
_FINDINGS = """
async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((each) => ["serious", "critical"].includes(each.impact))
  .map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`)
"""


@pytest.fixture(scope="session")
def panel(cloud: RunningCloud) -> str:
    """The address of the panel, built and handed to the running cloud."""
    try:
        folder = asyncio.run(build_panel(cloud.settings))
    except CloudFailure as failure:
        pytest.skip(f"no page is tested, for the panel cannot be built here: {str(failure).splitlines()[0]}")
    asyncio.run(install_panel(cloud.settings, folder))
    return f"{cloud.base_url}/panel"


@pytest.fixture(scope="session")
def portal(panel: str, cloud: RunningCloud) -> str:
    """The address of the demo partner's portal, which is built and handed over with the panel."""
    return portal_url(cloud.settings)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Gone before other tests of the worker: while it is there, an event loop of its own runs."""
    try:
        path = find_browser(Settings.from_environment(os.environ))
    except CloudFailure as failure:
        pytest.skip(f"no page is tested without a browser: {str(failure).splitlines()[0]}; {LACKING}")
    with sync_playwright() as playwright:
        try:
            # Who is root, as in a container, has no sandbox of Chromium's own.
            running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"no page is tested, for {path} does not start: {LACKING} ({str(error).splitlines()[0]})")
        yield running
        running.close()


@dataclass
class Screen:
    """A page of the panel, and what it complained of."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, fragment: str = "") -> None:
        self.page.goto(f"{self.address}{fragment}")

    def log_in(self, person: str = "gestor@example.com") -> None:
        self.open()
        self.page.get_by_label("E-mail").fill(person)
        self.page.locator("input[autocomplete=current-password]").fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Entrar").click()
        expect(self.page.get_by_role("button", name="Sair")).to_be_visible()

    def check(self) -> None:
        """Nothing serious for axe-core, nothing refused by the policy, nothing wider than the window."""
        # What fades in has its colours only once it is there.
        self.page.evaluate(_SETTLED)
        self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        assert self.page.evaluate(_FINDINGS) == []
        assert self.page.evaluate("window.refusals") == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert self.complaints == []


OpenScreen = Callable[..., Screen]


@pytest.fixture
def open_screen(panel: str, browser: Browser) -> Iterator[OpenScreen]:
    """Opens pages: each in a browser of its own, or as a further tab of another's."""
    contexts: list[BrowserContext] = []

    def opened(beside: Screen | None = None, address: str = panel, **options: Any) -> Screen:
        if beside is None:
            contexts.append(browser.new_context(locale="pt-BR", timezone_id="America/Sao_Paulo", **options))
            context = contexts[-1]
            context.set_default_timeout(LONGEST_MS)
            context.add_init_script(_WATCH)
        else:
            context = beside.page.context
        screen = Screen(context.new_page(), address)
        screen.page.on("pageerror", lambda error: screen.complaints.append(str(error)))
        return screen

    expect.set_options(timeout=LONGEST_MS)
    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def screen(open_screen: OpenScreen) -> Iterator[Screen]:
    """One page, which must not have complained by the end of its test."""
    one = open_screen()
    yield one
    assert one.complaints == []
