"""The API's reference in a browser: read, searched and tried on the local cloud, and made of nothing from elsewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey


def test_the_reference_is_read_and_a_call_is_tried_with_nothing_from_elsewhere(
    screen: Screen, cloud: RunningCloud
) -> None:
    page, asked = screen.page, set[str]()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(f"{cloud.base_url}/docs#tag/system/GET/health")
    expect(page.get_by_role("heading", name="Lastro — API")).to_be_visible()
    expect(page.get_by_text("Originação").first).to_be_visible()
    screen.check()
    page.get_by_role("button", name=re.compile("Testar Requisição")).first.click()
    tried = page.get_by_role("dialog")
    expect(tried).to_be_visible()
    tried.get_by_role("button", name=re.compile("^(Enviar|Send)")).first.click()
    expect(tried.get_by_text("200").first).to_be_visible()
    assert asked - {""} == {urlsplit(cloud.base_url).netloc}
    assert page.evaluate("window.refusals") == []
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "lk_" not in kept
