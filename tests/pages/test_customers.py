"""Clientes on a screen: a record from its form to its class, the classes' editor, the board, surveys and the report."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from sandbox.cloud.background import RunningCloud
from tests.journeys.patience import LONGEST
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey

ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture
def office(cloud: RunningCloud) -> Iterator[httpx.Client]:
    """The partner's own key; the classes are what they were when it is done."""
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as client:
        before = client.get("/api/v1/customer_classes").json()["customer_classes"]["classes"]
        yield client
        sent = {
            "customer_classes": {"classes": [{"name": each["name"], "condition": each["condition"]} for each in before]}
        }
        client.put("/api/v1/customer_classes", json=sent).raise_for_status()


def cpf_of(number: int) -> str:
    """A CPF with right check digits for nine digits."""
    digits = [int(digit) for digit in f"{number:09d}"]
    for _ in range(2):
        rest = (
            sum(digit * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True)) * 10 % 11
        )
        digits.append(rest % 10)
    text = "".join(map(str, digits))
    return f"{text[:3]}.{text[3:6]}.{text[6:9]}-{text[9:]}"


def fill(page: Page, fields: dict[str, str]) -> None:
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)


def test_a_customer_from_the_form_to_a_class_that_somebody_set(screen: Screen, office: httpx.Client) -> None:
    page, mark = screen.page, uuid4().hex[:8]
    page.on("dialog", lambda dialog: screen.complaints.append(dialog.message))
    screen.log_in()
    page.get_by_role("link", name="Clientes", exact=True).click()
    page.get_by_role("link", name="Classes", exact=True).click()
    expect(page.get_by_role("heading", name="Classes de clientes")).to_be_visible()
    form = page.get_by_role("form", name="Classes")
    while form.get_by_role("button", name="Remover a classe 1").count():
        form.get_by_role("button", name="Remover a classe 1").click()
    for number, name in enumerate((f"Alta renda {mark}", f"Demais {mark} {ATTACK}"), 1):
        form.get_by_role("button", name="Acrescentar classe").click()
        form.get_by_role("group", name=f"Classe {number}").get_by_label("Nome").fill(name)
    first = form.get_by_role("group", name="Classe 1")
    first.get_by_label("Condição, tipo").select_option("all_of")
    first.get_by_role("button", name="Acrescentar parte em Condição").click()
    part = first.get_by_role("group", name="Condição.1")
    part.get_by_label("Valor").fill("1.500")
    first.get_by_label("Condição.2, tipo").select_option("not")
    first.get_by_role("group", name="Condição.2.1").get_by_label("Dado").select_option("state_id")
    first.get_by_label("São Paulo").check()
    form.get_by_role("group", name="Classe 2").get_by_label("Condição, tipo").select_option("known")
    form.get_by_role("button", name="Guardar").click()
    expect(part.get_by_text("Informe o valor, como 15.000,00")).to_be_visible()
    part.get_by_label("Valor").fill("R$ 15.000,00")
    page.reload()
    expect(part.get_by_label("Valor")).to_have_value("R$ 15.000,00")
    screen.check()
    with page.expect_response(lambda answer: answer.request.method == "PUT") as kept:
        form.get_by_role("button", name="Guardar").click()
    assert kept.value.ok
    expect(form.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("Versão")

    screen.open("#/clientes/lista/novo")
    document, name = cpf_of(int(uuid4().int % 10**9)), f"Carla {mark} {ATTACK}"
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Informe um CPF ou CNPJ")).to_be_visible()
    fill(page, {"Nascimento": "1990-05-17", "Nome da mãe": "Maria Exemplo", "E-mail": f"{mark}@example.com"})
    page.get_by_label("CPF ou CNPJ").fill(f" {document} ")
    page.get_by_label("Nome", exact=False).first.fill(name)
    fill(page, {"Telefone com DDD": "(84) 90000-0000", "CEP": "01001-000", "Renda mensal": "R$ 20.000,00"})
    page.get_by_label("Estado", exact=True).select_option(label="Rio de Janeiro")
    fill(page, {"Cargo": "Prefeita", "No cargo desde": "2025-01-01"})
    page.get_by_label("Declara-se exposta").select_option("true")
    page.reload()
    expect(page.get_by_label("Renda mensal")).to_have_value("R$ 20.000,00")
    screen.check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("Exposto politicamente")).to_be_visible()
    data, group = (page.get_by_role("region", name=title) for title in ("Dados", "Classificação"))
    expect(group).to_contain_text(f"Alta renda {mark}")
    assert document not in page.content()
    data.get_by_role("button", name="Mostrar CPF").click()
    expect(data).to_contain_text(document)
    [told, *_] = office.get("/api/v1/disclosures").json()["data"]
    assert told["field"] == "document"
    group.get_by_label("Classe definida por você").select_option(label=f"Demais {mark} {ATTACK}")
    group.get_by_label("Por quê").fill("Cliente fundadora")
    group.get_by_role("button", name="Definir").click()
    expect(group).to_contain_text("gestor@example.com definiu")
    group.get_by_role("button", name="Ver histórico").click()
    expect(group.get_by_role("table")).to_contain_text("gestor@example.com: Cliente fundadora")
    screen.check()
    page.get_by_role("link", name="Cessões: 0").click()
    expect(page.get_by_text("Nenhuma, deste cliente.")).to_be_visible()

    screen.open("#/clientes/lista")
    page.get_by_role("heading", name="Clientes").wait_for()
    page.keyboard.press("/")
    page.keyboard.type(f"{document}\n")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("link", name="Alterar").click()
    fill(page, {"Cidade": "Niterói"})
    page.get_by_role("button", name="Guardar").click()
    page.get_by_role("link", name="Alterar").click()
    expect(page.get_by_label("Cidade", exact=True)).to_have_value("Niterói")


def test_board_surveys_portal_and_report_are_kept_by_the_manager(screen: Screen, office: httpx.Client) -> None:
    page, mark = screen.page, uuid4().hex[:8]
    page.on("dialog", lambda dialog: screen.complaints.append(dialog.message))
    page.set_viewport_size({"width": 360, "height": 740})
    screen.log_in()
    screen.open("#/clientes/mural/novo")
    title = f"Assembleia {mark} {ATTACK}"
    page.get_by_label("Título").fill(title)
    page.get_by_label("Texto").fill("No dia 10.\n\nTragam o convite.")
    page.reload()
    expect(page.get_by_label("Título")).to_have_value(title)
    page.get_by_role("button", name="Publicar").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("Ninguém leu ainda.")).to_be_visible()
    screen.check()
    page.get_by_role("button", name="Retirar").click()
    page.get_by_role("button", name="Retirar mesmo? Não volta").click()
    expect(page.get_by_text("Retirado")).to_be_visible()

    screen.open("#/clientes/pesquisas/nova")
    page.get_by_label("Nome").fill(f"Depois {mark} {ATTACK}")
    page.get_by_label("Pergunta").fill("Quanto você nos recomendaria?")
    page.get_by_label("Chamado").check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("region", name="Resultado")).to_contain_text("0 de 0 responderam")
    page.get_by_role("button", name="Baixar em CSV").click()
    expect(page.get_by_role("link", name=".csv")).to_be_visible()
    screen.check()

    screen.open("#/clientes/portal")
    people = page.get_by_role("form", name="Dar acesso")
    people.get_by_label("Nome").fill(f"Davi {mark} {ATTACK}")
    people.get_by_label("E-mail para entrar").fill(f"davi.{mark}@example.com")
    people.get_by_role("button", name="Dar acesso").click()
    access = page.get_by_role("row", name=f"Davi {mark}")
    expect(access).to_contain_text("d•••@example.com")
    access.get_by_role("button", name="Encerrar").click()
    access.get_by_role("button", name="Encerrar mesmo?").click()
    expect(access).to_contain_text("Encerrado em")
    screen.check()

    screen.open("#/clientes/alteracoes")
    for period in ("previous_month", "current_month"):
        page.get_by_label("Período").select_option(period)
        expect(page.get_by_role("button", name="Baixar em XLSX")).to_be_visible()
    page.get_by_label("Período").select_option("custom")
    expect(page.get_by_text("Escolha o primeiro e o último dia.")).to_be_visible()
    fill(page, {"De": "2026-01-01", "Até": "2026-01-31"})
    expect(page.get_by_text("De 01/01/2026 a 31/01/2026")).to_be_visible()
    screen.check()


def test_who_analyses_registers_and_classifies_but_neither_defines_classes_nor_writes_to_the_portal(
    screen: Screen,
) -> None:
    page = screen.page
    screen.log_in("analista@example.com")
    screen.open("#/clientes")
    expect(page.get_by_role("link", name="Novo cliente")).to_be_visible()
    assert page.get_by_role("link", name="Mural").count() == 0
    page.get_by_role("link", name="Classes", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    assert page.get_by_role("button", name="Guardar").count() == 0
    screen.open("#/clientes/mural")
    expect(page.get_by_role("heading", name="Nada por aqui")).to_be_visible()
    screen.check()
