"""What the panel's pages weigh and how soon they can be used, in a browser with nothing kept: `python -m bench.panel`.

The figures are of the kinds that Lighthouse tells: bytes of scripts, first paint, time until what a page is for can be
used, time for which long tasks held the page up, and how far its layout shifted.
"""

import asyncio
import sys
import time
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.measuring.cloud import open_cloud
from bench.measuring.figures import print_result
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.browser import find_browser
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.panel import build_panel, install_panel
from sandbox.cloud.seeding.people import DEMO_PASSWORD, PEOPLE

ROUNDS = 5
MOST_SCRIPT_BYTES = 250_000
"""Compressed, of the first load."""
MOST_READY_MS = 3_000
MOST_SHIFT = 0.1
"""Above it a shift of the layout is no longer good (web.dev/articles/cls)."""
_WATCH = """
window.held = 0;
window.shifted = 0;
const watch = (type, tell) =>
  new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({type, buffered: true});
watch("longtask", (each) => { window.held += Math.max(0, each.duration - 50); });
watch("layout-shift", (each) => { window.shifted += each.hadRecentInput ? 0 : each.value; });
"""
_FIGURES = """
() => {
  const loaded = performance.getEntriesByType("resource");
  const scripts = loaded.filter((each) => new URL(each.name).pathname.endsWith(".js"));
  return {
    script_bytes: scripts.reduce((sum, each) => sum + each.encodedBodySize, 0),
    requests: loaded.length,
    first_paint_ms: Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0),
    held_ms: Math.round(window.held),
    shift: Math.round(window.shifted * 1000) / 1000,
  };
}
"""


def main() -> int:
    try:
        with open_cloud() as cloud:
            print_result(measure(cloud))
    except CloudFailure as failure:
        print(failure.report(), file=sys.stderr)
        return 1
    return 0


def measure(cloud: RunningCloud) -> dict[str, Any]:
    """Medians of each page, and what the panel's first load is held to."""
    program = find_browser(cloud.settings)
    asyncio.run(install_panel(cloud.settings, asyncio.run(build_panel(cloud.settings))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        pages = {
            "login": _rounds(browser, lambda page: _open(page, cloud, "panel", "button[type=submit]")),
            "work": _rounds(browser, lambda page: _log_in(page, cloud)),
            "reference": _rounds(browser, lambda page: _open(page, cloud, "docs", "h1")),
        }
        browser.close()
    first = pages["login"]
    targets = {
        "script_bytes": {"target": MOST_SCRIPT_BYTES, **_met(first["script_bytes"], MOST_SCRIPT_BYTES)},
        "ready_ms": {"target": MOST_READY_MS, **_met(first["ready_ms"], MOST_READY_MS)},
        "shift": {"target": MOST_SHIFT, **_met(pages["work"]["shift"], MOST_SHIFT)},
    }
    return {"targets": targets, "rounds": ROUNDS, **pages}


def _met(found: float, most: float) -> dict[str, Any]:
    return {"measured": found, "met": found <= most}


def _rounds(browser: Browser, load: Any) -> dict[str, float]:
    found: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        context = browser.new_context(locale="pt-BR")
        context.add_init_script(_WATCH)
        page = context.new_page()
        ready = load(page)
        figures: dict[str, float] = page.evaluate(_FIGURES)
        found.append({"ready_ms": ready, **figures})
        context.close()
    return {name: median(each[name] for each in found) for name in found[0]}


def _open(page: Page, cloud: RunningCloud, path: str, wanted: str) -> float:
    """Milliseconds from asking for a page until what it is for is there."""
    began = time.perf_counter()
    page.goto(f"{cloud.base_url}/{path}", wait_until="commit")
    page.locator(wanted).first.wait_for()
    return round((time.perf_counter() - began) * 1000)


def _log_in(page: Page, cloud: RunningCloud) -> float:
    """From logging in until the first area shows its heading."""
    _open(page, cloud, "panel", "button[type=submit]")
    page.get_by_label("E-mail").fill(PEOPLE[0][1])
    page.locator("input[autocomplete=current-password]").fill(DEMO_PASSWORD)
    began = time.perf_counter()
    page.get_by_role("button", name="Entrar").click()
    page.get_by_role("heading", level=1, name="Simulações").wait_for()
    return round((time.perf_counter() - began) * 1000)


if __name__ == "__main__":
    sys.exit(main())
