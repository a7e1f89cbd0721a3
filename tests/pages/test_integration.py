"""What a partner's own integration needs, on a screen: keys, notices and the log of requests."""

from __future__ import annotations

import base64
import hmac
import json
import os
import re
import subprocess
import sys
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.settings import STACK
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey


def operate(cloud: RunningCloud, *words: str) -> dict[str, Any]:
    """The operator's command for the demo partner, and what it answered."""
    partner = httpx.get(f"{cloud.base_url}/api/v1/users/current", headers=cloud.headers).json()["user"]["uuid"]
    made = subprocess.run(
        [sys.executable, "-m", "lastro.operator.command", words[0], "--partner", partner, *words[1:]],
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
    answer: dict[str, Any] = json.loads(made.stdout)
    return answer


@pytest.fixture
def spare_key(cloud: RunningCloud) -> str:
    """Another key of the demo partner: whatever happens to it, the journeys' own goes on."""
    return str(operate(cloud, "create_key")["key_id"])


def test_a_key_is_replaced_shown_once_and_ended(screen: Screen, cloud: RunningCloud, spare_key: str) -> None:
    page = screen.page
    short = spare_key[:8]
    screen.log_in()
    page.get_by_role("link", name="Integração").click()
    expect(page.get_by_role("heading", name="Requisições")).to_be_visible()
    screen.check()
    page.get_by_role("button", name=f"Trocar a chave {short}").click()
    page.get_by_role("button", name=f"Trocar mesmo? a chave {short}").click()
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


def test_the_address_of_notices_their_secret_and_a_signature_are_looked_after_here(
    screen: Screen, cloud: RunningCloud
) -> None:
    page = screen.page
    screen.log_in()
    screen.open("#/integracao")
    notices = page.get_by_role("region", name="Avisos")
    notices.get_by_placeholder("https://").fill("ftp://exemplo.invalid/")
    notices.locator("input[type=password]").fill("segredo-do-parceiro")
    notices.get_by_role("button", name="Guardar").click()
    expect(notices.get_by_role("alert")).to_contain_text("Só são chamados endereços HTTPS.")
    screen.check()
    notices.get_by_role("button", name="Trocar o segredo de assinatura").click()
    notices.get_by_role("button", name=re.compile("^Trocar mesmo")).click()
    secret = str(page.get_by_text(re.compile("^whsec_")).text_content())
    moment, body = "1793707200", '{"event": "process_changed"}'
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(raw, f"msg_1.{moment}.{body}".encode(), "sha256").digest()
    form = page.get_by_role("form", name="Conferir uma assinatura")
    form.locator("input[type=password]").fill(secret)
    for label, text in (
        ("webhook-id", "msg_1"),
        ("webhook-timestamp", moment),
        ("webhook-signature", f"v1,{base64.b64encode(digest).decode()}"),
        ("Corpo", body),
    ):
        form.get_by_label(label).fill(text)
    form.get_by_role("button", name="Conferir").click()
    expect(form.get_by_role("status")).to_contain_text("A assinatura confere.")
    form.get_by_label("Corpo").fill(body.replace(" ", ""))
    form.get_by_role("button", name="Conferir").click()
    expect(form.get_by_role("status")).to_contain_text("não confere")
    screen.check()
    page.reload()
    expect(page.get_by_role("region", name="Documentos de teste", exact=True)).to_contain_text("999.999.001-00")
    assert secret not in page.content()


@pytest.fixture
def spare_client(cloud: RunningCloud) -> int:
    """A client of the demo partner's own, beside the journeys'."""
    return int(operate(cloud, "create_client")["client_id"])


def test_a_clients_secret_is_made_anew_and_shown_once(screen: Screen, cloud: RunningCloud, spare_client: int) -> None:
    page = screen.page
    screen.log_in()
    screen.open("#/integracao")
    clients = page.get_by_role("region", name="Clientes da API")
    clients.get_by_role("button", name=f"Trocar segredo do cliente {spare_client}").click()
    clients.get_by_role("button", name=f"Trocar mesmo? do cliente {spare_client}").click()
    secret = str(clients.get_by_text(re.compile("^ls_")).text_content())
    body = {"client_id": spare_client, "client_secret": secret, "scopes": ["api-external"]}
    assert httpx.post(f"{cloud.base_url}/api/external/client/auth", json=body).is_success
    clients.get_by_role("button", name="Já guardei").click()
    end = clients.get_by_role("button", name=re.compile(f"^Encerrar.* do cliente {spare_client}$"))
    end.click()
    end.click()
    expect(end).to_have_count(0)
    assert secret not in page.content()
    screen.check()


def test_a_client_and_a_key_are_made_bound_and_ended(screen: Screen, cloud: RunningCloud) -> None:
    page = screen.page
    screen.log_in()
    screen.open("#/integracao")
    clients = page.get_by_role("region", name="Clientes da API")
    form = clients.get_by_role("form", name="Criar cliente")
    form.get_by_role("button", name="Criar cliente").click()
    expect(form).to_contain_text("Escolha ao menos um.")
    form.get_by_label("api-external").check()
    page.reload()
    expect(form.get_by_label("api-external")).to_be_checked()
    form.get_by_label("Pode").select_option("só ler")
    form.get_by_role("button", name="Criar cliente").click()
    secret = str(clients.get_by_text(re.compile("^ls_")).text_content())
    row = clients.get_by_role("row", name=re.compile("só lê"))
    number = int(str(row.get_by_role("rowheader").text_content()))
    body = {"client_id": number, "client_secret": secret, "scopes": ["api-external"]}
    login = f"{cloud.base_url}/api/external/client/auth"
    assert httpx.post(login, json=body).is_success
    screen.check()
    row.get_by_role("button", name=f"Encerrar o cliente {number}").click()
    row.get_by_role("button", name=f"Encerrar mesmo? o cliente {number}").click()
    expect(row).to_contain_text("Encerrado em")
    assert httpx.post(login, json=body).status_code == 401
    keys = page.get_by_role("region", name="Chaves de API")
    form = keys.get_by_role("form", name="Criar chave")
    form.get_by_label("Painel").select_option("corretor")
    form.get_by_role("button", name="Criar chave").click()
    key = str(keys.get_by_text(re.compile("^lk_")).text_content())
    expect(keys.get_by_role("row", name=re.compile("painel: corretor"))).to_be_visible()
    headers = {"Authorization": f"Bearer {key}"}
    assert httpx.get(f"{cloud.base_url}/api/v1/stores", headers=headers).is_success
    assert httpx.post(f"{cloud.base_url}/api/v1/api_keys", headers=headers, json={}).status_code == 403
    page.reload()
    expect(keys.get_by_role("row", name=re.compile("painel: corretor"))).to_be_visible()
    assert key not in page.content()
    screen.check()
