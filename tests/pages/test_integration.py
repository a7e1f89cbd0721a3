"""What a partner's own integration needs, on a screen: keys, notices and the log of requests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import httpx
import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.settings import STACK
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey


@pytest.fixture
def spare_key(cloud: RunningCloud) -> str:
    """Another key of the demo partner: whatever happens to it, the journeys' own goes on."""
    partner = httpx.get(f"{cloud.base_url}/api/v1/users/current", headers=cloud.headers).json()["user"]["uuid"]
    made = subprocess.run(
        [sys.executable, "-m", "lastro.operator.command", "create_key", "--partner", partner],
        env={
            **cloud.settings.client_environment(),
            "LASTRO_TABLE": cloud.table,
            "LASTRO_SECRETS_PREFIX": STACK,
            "PYTHONPATH": os.pathsep.join(map(str, (cloud.settings.project, cloud.settings.project / "layers/lastro"))),
        },
        check=True,
        capture_output=True,
        text=True,
    )
    return str(json.loads(made.stdout)["key_id"])


def test_a_key_is_replaced_shown_once_and_ended(screen: Screen, cloud: RunningCloud, spare_key: str) -> None:
    page = screen.page
    short = spare_key[:8]
    screen.log_in()
    page.get_by_role("link", name="Integração").click()
    expect(page.get_by_role("heading", name="Requisições")).to_be_visible()
    screen.check()
    page.get_by_role("button", name=f"Trocar a chave {short}").click()
    shown = page.get_by_text(re.compile("^lk_"))
    expect(shown).to_be_visible()
    key = str(shown.text_content())
    answer = httpx.get(f"{cloud.base_url}/api/v1/stores", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200
    screen.check()
    page.get_by_role("button", name="Já guardei").click()
    page.reload()
    expect(page.get_by_role("row", name=re.compile(f"^{short}"))).to_contain_text("Vale até")
    assert key not in page.content()
    page.get_by_role("button", name=f"Encerrar a chave {short}").click()
    page.get_by_role("button", name="Encerrar mesmo?").click()
    expect(page.get_by_role("row", name=re.compile(f"^{short}"))).to_contain_text("Encerrada em")
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()


def test_an_analyst_has_no_such_area(screen: Screen) -> None:
    screen.log_in("analista@example.com")
    expect(screen.page.get_by_role("link", name="Simulações", exact=True)).to_be_visible()
    assert screen.page.get_by_role("link", name="Integração").count() == 0
    screen.open("#/integracao")
    expect(screen.page.get_by_role("heading", name="Nada por aqui")).to_be_visible()
    screen.check()
