"""The panel and the portal in a real browser, on the local cloud of the journeys: nothing of the API is stood in for.

Whatever a page complains of fails its test: an error of a script, a refusal of the content security policy, and what
axe-core finds serious or critical.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Response, expect, sync_playwright

from sandbox.cloud.background import RunningCloud, on_free_ports
from sandbox.cloud.browser import LACKING, find_browser
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.panel import build_panel, install_panel, portal_url
from sandbox.cloud.seeding.people import DEMO_PASSWORD
from sandbox.cloud.settings import PROJECT, Settings
from tests.journeys.patience import LONGEST
from tests.pages.estate import Estate, plant

LONGEST_MS = 60_000
"""Of one expectation: a page that works is far quicker, a machine that is busy is not."""

SOURCES = "\n".join(
    file.read_text(encoding="utf-8")
    for file in (PROJECT / "panel/src").rglob("*.ts*")
    # What is made from the API's description names all of it.
    if file.name != "schema.ts"
)
_WATCH = """
window.refusals = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusals.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`));
"""
_ARRIVE = 'addEventListener("hashchange", () => { window.arrived = location.hash; });'
"""Runs before the page's own listener, which shows another screen before anything else happens."""
_ARRIVED = "() => window.arrived === undefined || window.arrived === location.hash"
_AXE = PROJECT / "panel/node_modules/axe-core/axe.min.js"
_STILL = """
() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished))
"""
SETTLED = """
() => document.querySelector("main h1, main h2, main form")
  && !document.querySelector("main [class*=Skeleton], main [data-loading]")
"""
"""A page that shows what it asked for."""
TOO_WIDE = """
() => document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > window.innerWidth && !each.closest(".scroll"))
  .map((each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 60)}`)
"""
_LOOKS = 5
_COLOURED = "(scheme) => document.documentElement.dataset.mantineColorScheme === scheme"
_FINDINGS = """
async (rules) => (await axe.run(document, {resultTypes: ["violations"], ...rules})).violations
  .filter((each) => ["serious", "critical"].includes(each.impact))
  .map((each) => `${each.id}: ${each.nodes.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`)}`)
"""


@pytest.fixture(scope="session", autouse=True)
def built(tmp_path_factory: pytest.TempPathFactory) -> Path | CloudFailure:
    """The folder of the built panel: made before the cloud, while the journeys' worker deploys what both start from."""
    try:
        return asyncio.run(build_panel(on_free_ports(tmp_path_factory.mktemp("panel"))))
    except CloudFailure as failure:
        return failure


@pytest.fixture(scope="session")
def panel(built: Path | CloudFailure, cloud: RunningCloud) -> str:
    """The address of the panel, handed to the running cloud."""
    if isinstance(built, CloudFailure):
        pytest.skip(f"no page is tested, for the panel cannot be built here: {str(built).splitlines()[0]}")
    asyncio.run(install_panel(cloud.settings, built))
    return f"{cloud.base_url}/panel"


@pytest.fixture(scope="session")
def portal(panel: str, cloud: RunningCloud) -> str:
    """The address of the demo partner's portal, which is built and handed over with the panel."""
    return portal_url(cloud.settings)


@pytest.fixture(scope="session", autouse=True)
def _go_on_when_arrived() -> Iterator[None]:
    """Whoever follows an address within the page goes on at its screen: the one before may have fields of that name."""
    click, goto = Locator.click, Page.goto

    def click_and_arrive(locator: Locator, **options: Any) -> None:
        click(locator, **options)
        locator.page.wait_for_function(_ARRIVED)

    def go_and_arrive(page: Page, url: str, **options: Any) -> Response | None:
        answer = goto(page, url, **options)
        page.wait_for_function(_ARRIVED)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click_and_arrive)
        patch.setattr(Page, "goto", go_and_arrive)
        yield


_running = ExitStack()
"""The browser of all pages."""


@pytest.fixture(scope="session")
def browser() -> Browser:
    try:
        path = find_browser(Settings.from_environment(os.environ))
    except CloudFailure as failure:
        pytest.skip(f"no page is tested without a browser: {str(failure).splitlines()[0]}; {LACKING}")
    playwright = _running.enter_context(sync_playwright())
    try:
        # Who is root, as in a container, has no sandbox of Chromium's own.
        return _running.enter_context(playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]))
    except Error as error:
        pytest.skip(f"no page is tested, for {path} does not start: {LACKING} ({str(error).splitlines()[0]})")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """It is gone before other tests of the worker: while it is there, an event loop of its own runs."""
    yield
    if not (nextitem and nextitem.nodeid.startswith("tests/pages/")):
        _running.close()


@pytest.fixture(scope="session")
def estate(cloud: RunningCloud) -> Iterator[Estate]:
    """What a partner keeps, each text of it hostile."""
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:
        kept = plant(cloud, api)
        yield kept
        # A cloud that was started for the pages is gone by now.
        for name in kept.authorities if os.environ.get("LASTRO_REUSE") == "1" else ():
            kept.put_authority(name, {"rank": 1, "minimum_percent": "99", "enabled": False})


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
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        assert self._look({}) == []
        assert self.page.evaluate("window.refusals") == []
        assert self.page.evaluate(TOO_WIDE) == []
        assert self.complaints == []

    def check_in_the_dark(self) -> None:
        """After `check` in light colours, what the dark ones change."""
        self._colour("dark")
        assert self._look({"runOnly": ["color-contrast"]}) == []
        self._colour("light")

    def _colour(self, scheme: Literal["dark", "light"]) -> None:
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function(_COLOURED, arg=scheme)

    def _look(self, rules: dict[str, Any]) -> list[str]:
        """What axe-core finds once the page is still: what fades in meanwhile has its colours only when it is there."""
        found: list[str] = []
        for _ in range(_LOOKS):
            self.page.evaluate(_STILL)
            found = self.page.evaluate(_FINDINGS, rules)
            if not found:
                break
        return found


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
            context.add_init_script(_WATCH + _ARRIVE)
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
