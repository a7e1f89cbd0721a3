"""What data subjects ask for on a screen: a copy, the end of what is kept, and a legal hold in its way."""

from __future__ import annotations

import json
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect

from lastro.kernel.documents import Cpf, parse_document
from sandbox.cloud.background import RunningCloud
from tests.journeys.documents import spell_documents
from tests.journeys.patience import LONGEST
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey

REASON = "Processo <img src=x onerror=window.stolen=1>"


@pytest.fixture
def person(cloud: RunningCloud) -> str:
    """A lead of whom nothing else is kept: its document, masked as people write it."""
    document = next(spell_documents(Cpf, f"{uuid4().int % 10**8:08d}", 1))
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:
        made = api.post("/api/v1/banks_api/leads", json={"lead": {"cpf_cnpj": document, "name": "Titular Exemplo"}})
        assert made.status_code == 201, made.text
    return parse_document(document).formatted


def test_a_copy_is_made_a_hold_keeps_the_data_and_once_lifted_they_end(screen: Screen, person: str) -> None:
    page = screen.page
    screen.log_in()
    page.get_by_role("link", name="Titulares").click()
    page.get_by_label("CPF ou CNPJ do titular").fill(f" {person} ")
    page.reload()
    expect(page.get_by_label("CPF ou CNPJ do titular")).to_have_value(person)
    page.get_by_role("button", name="Pedir cópia").click()
    done = page.get_by_text("Terminado", exact=True)
    expect(done).to_be_visible()
    expect(page.get_by_role("row", name="Cadastro de lead")).to_contain_text("1")
    with page.expect_download() as saved:
        page.get_by_role("region", name="Arquivos").get_by_role("link").first.click()
    exported = json.loads(saved.value.path().read_text(encoding="utf-8"))
    assert "Titular Exemplo" in json.dumps(exported, ensure_ascii=False)
    assert person not in str(page.locator("main").text_content())
    screen.check()

    page.get_by_role("link", name="Guarda legal").click()
    expect(page.get_by_label("Por quê")).to_be_visible()
    page.get_by_label("CPF ou CNPJ do titular").fill(person)
    page.get_by_label("Por quê").fill(f"{REASON} {person}")
    page.get_by_role("button", name="Pôr em guarda").click()
    hold = page.get_by_role("row").filter(has_text=person)
    expect(hold).to_contain_text("Em vigor")
    screen.check()

    page.get_by_role("link", name="Pedidos").click()
    request = page.get_by_role("form", name="Novo pedido")
    request.get_by_label("CPF ou CNPJ do titular").fill(person)
    request.get_by_label("Eliminação").check()
    request.get_by_role("button", name="Pedir eliminação").click()
    expect(page.get_by_role("alert")).to_contain_text("são apagados e não voltam")
    screen.check()
    screen.check_in_the_dark()
    page.get_by_role("button", name="Eliminar mesmo").click()
    expect(page.get_by_text("Segurado por uma guarda legal")).to_be_visible()
    number = page.url.rpartition("/")[2]

    page.get_by_role("link", name="Guarda legal").click()
    hold.get_by_role("button").click()
    page.get_by_label("Por que levantar").fill("Trânsito em julgado")
    page.get_by_role("button", name="Levantar mesmo").click()
    expect(hold).to_contain_text("Levantada")
    page.get_by_role("link", name="Pedidos").click()
    expect(page.get_by_role("link", name=number)).to_be_visible()
    page.get_by_label("Número do pedido").fill(number.upper())
    page.get_by_role("button", name="Ver", exact=True).click()
    expect(done).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()
    for part in ("consultas", "vistas"):
        screen.open(f"#/titulares/{part}")
        expect(page.get_by_role("heading", name="Titulares de dados")).to_be_visible()
        screen.check()
    assert page.evaluate("window.stolen") is None
