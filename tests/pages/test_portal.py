"""The customers' portal on a screen: login by a code, the update that comes back, the board, surveys and one's data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from sandbox.cloud.background import RunningCloud
from sandbox.demo.portal import Portal
from tests.journeys.patience import LONGEST
from tests.pages.conftest import OpenScreen
from tests.pages.portal_login import enter

pytestmark = pytest.mark.journey

FIRST_LOAD = 120_000
"""Bytes, compressed, of all that is loaded before somebody has logged in."""
ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture
def office(cloud: RunningCloud) -> Iterator[Portal]:
    """The partner's side of the portal, and the outbox."""
    quiet = {"registration_schedule": {"enabled": False, "every_days": 30}}
    with Portal(cloud) as office:
        office.staff("PUT", "/api/v1/registration_schedule", quiet)
        yield office
        office.staff("PUT", "/api/v1/registration_schedule", quiet)


@dataclass(frozen=True)
class Visitor:
    """Somebody of the portal."""

    id: str
    name: str
    address: str


def admit(office: Portal) -> Visitor:
    email = f"cliente.{uuid4().hex[:10]}@example.com"
    person = {"kind": "customer", "name": f"Carla {ATTACK}", "login_email": email, "email": email}
    made = office.staff("POST", "/api/v1/portal_people", {"portal_person": person})["portal_person"]
    return Visitor(made["id"], made["name"], email)


def send_survey(office: Portal, cloud: RunningCloud, visitor: Visitor) -> str:
    """A survey that came to the visitor: its question."""
    question = f"Que nota? {uuid4().hex[:8]} {ATTACK}"
    survey = {"name": "Nota", "question": question, "lowest_score": 0, "highest_score": 10, "triggers": ["ticket"]}
    office.staff("POST", "/api/v1/surveys", {"survey": survey})
    told = {"feature": "ticket", "id": uuid4().hex, "service_id": "88", "portal_person_id": visitor.id}
    office.staff("POST", "/api/v1/survey_events", {"survey_event": told})
    httpx.post(f"{cloud.sandbox_url}/schedules/send_surveys/run", timeout=LONGEST).raise_for_status()
    return question


def settle(page: Page) -> None:
    expect(page.locator(".waiting")).to_have_count(0)


def test_a_customer_logs_in_by_a_code_reads_answers_and_leaves(
    open_screen: OpenScreen, portal: str, office: Portal, cloud: RunningCloud
) -> None:
    screen = open_screen(address=portal)
    page = screen.page
    page.on("dialog", lambda dialog: screen.complaints.append(dialog.message))
    visitor = admit(office)
    title = f"Assembleia {uuid4().hex[:8]} {ATTACK}"
    bulletin = {"kind": "diversos", "title": title, "paragraphs": [f"No dia 10. {ATTACK}"]}
    office.staff("POST", "/api/v1/bulletins", {"bulletin": bulletin})
    question = send_survey(office, cloud, visitor)
    enter(screen, office, visitor.address)

    unread = page.get_by_role("link", name=re.compile("^Mural"))
    expect(unread).to_contain_text("não lidos")
    before = int(re.findall(r"\d+", str(unread.text_content()))[0])
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text(f"No dia 10. {ATTACK}")).to_be_visible()
    expect(unread).to_contain_text(str(before - 1) if before > 1 else "Mural")
    screen.check()

    page.get_by_role("link", name="Pesquisas").click()
    survey = page.get_by_role("form", name=question)
    survey.get_by_role("button", name="Responder").click()
    expect(survey.get_by_text("Escolha uma nota")).to_be_visible()
    survey.get_by_label("9", exact=True).check()
    survey.get_by_label("Comentário").fill(f"Tudo certo. {ATTACK}")
    page.reload()
    expect(survey.get_by_label("9", exact=True)).to_be_checked()
    screen.check()
    page.context.set_offline(True)
    survey.get_by_role("button", name="Responder").click()
    expect(survey.get_by_role("alert")).to_contain_text("O servidor não respondeu.")
    page.context.set_offline(False)
    survey.get_by_role("button", name="Responder").click()
    expect(page.get_by_text("Você respondeu 9")).to_be_visible()

    page.get_by_role("link", name="Meus dados").click()
    expect(page.get_by_label("Nome")).to_have_value(visitor.name)
    page.get_by_label("Renda familiar").fill("1.234")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Escreva a renda como 6.500,00")).to_be_visible()
    page.get_by_label("Renda familiar").fill("R$ 6.500,00")
    page.get_by_label("Celular").fill("(11) 98765-4321")
    page.reload()
    expect(page.get_by_label("Renda familiar")).to_have_value("R$ 6.500,00")
    screen.check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("alert")).to_contain_text("O servidor não respondeu.")
    expect(page.get_by_label("Renda familiar")).to_have_value("R$ 6.500,00")
    page.context.set_offline(False)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Renda familiar")).to_have_value("6.500,00")

    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "eyJ" not in kept
    [cookie] = page.context.cookies()
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    second = open_screen(beside=screen, address=portal)
    second.open("#/pesquisas")
    expect(second.page.get_by_role("heading", name="Pesquisas")).to_be_visible()
    page.get_by_label("Endereço").fill("Rua Que Ninguém Mais Lê, 1")
    second.page.context.set_offline(True)
    second.page.get_by_role("button", name="Sair").click()
    expect(second.page.get_by_text("Você ainda não saiu.")).to_be_visible()
    second.page.context.set_offline(False)
    second.page.get_by_role("button", name="Sair").click()
    for each in (screen, second):
        expect(each.page.get_by_role("button", name="Receber código")).to_be_visible()
        each.page.reload()
        expect(each.page.get_by_role("button", name="Receber código")).to_be_visible()
        each.check()
        assert "lastro-draft" not in each.page.evaluate("JSON.stringify({...sessionStorage})")


def test_what_was_filled_in_goes_with_its_login_and_stays_with_its_partner(
    open_screen: OpenScreen, portal: str, office: Portal
) -> None:
    screen = open_screen(address=portal)
    page = screen.page
    enter(screen, office, admit(office).address)
    page.get_by_role("link", name="Meus dados").click()
    page.get_by_label("RG").fill("12.345.678-9")
    other = open_screen(beside=screen, address=f"{portal.partition('?')[0]}?parceiro={uuid4()}")
    other.open()
    expect(other.page.get_by_role("button", name="Receber código")).to_be_visible()
    expect(page.get_by_label("RG")).to_have_value("12.345.678-9")

    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("button", name="Receber código")).to_be_visible()
    assert "12.345.678-9" not in page.evaluate("JSON.stringify({...sessionStorage})")
    enter(screen, office, admit(office).address)
    page.get_by_role("link", name="Meus dados").click()
    expect(page.get_by_label("RG")).to_have_value("")
    page.get_by_label("RG").fill("98.765.432-1")
    page.goto(other.address)
    expect(page.get_by_role("button", name="Receber código")).to_be_visible()
    assert "98.765.432-1" not in page.evaluate("JSON.stringify({...sessionStorage})")
    assert screen.complaints == []


def test_the_update_comes_back_at_every_login_until_it_is_done_on_a_narrow_dark_screen(
    open_screen: OpenScreen, portal: str, office: Portal
) -> None:
    screen = open_screen(address=portal, viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = screen.page
    address = admit(office).address
    fields = {"rg": "hidden", "mobile": "required"}
    schedule = {"enabled": True, "every_days": 30, "fields": fields}
    office.staff("PUT", "/api/v1/registration_schedule", {"registration_schedule": schedule})
    enter(screen, office, address)
    form = page.get_by_role("form", name="Atualização cadastral")
    expect(form).to_be_visible()
    assert form.get_by_label("RG").count() == 0
    form.get_by_label("Endereço").fill("Rua Um, 100")
    page.reload()
    expect(form.get_by_label("Endereço")).to_have_value("Rua Um, 100")
    screen.check()
    page.get_by_role("button", name="Agora não").click()
    expect(page.get_by_role("heading", name="Mural")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Mural")).to_be_visible()
    page.get_by_role("button", name="Sair").click()

    enter(screen, office, address)
    page.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_text("Preencha este campo")).to_be_visible()
    form.get_by_label("Celular").fill("11 98765-4321")
    page.context.set_offline(True)
    page.get_by_role("button", name="Confirmar").click()
    expect(form.get_by_role("alert")).to_contain_text("O servidor não respondeu.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_role("heading", name="Mural")).to_be_visible()
    for area in ("Pesquisas", "Meus dados", "Contratos"):
        page.get_by_role("link", name=area).click()
        expect(page.get_by_role("heading", name=area)).to_be_visible()
        settle(page)
        screen.check()
    expect(page.get_by_text("Nenhum contrato assinado.")).to_be_visible()


def test_the_login_names_the_demo_customer_loads_little_and_says_nothing_of_who_is_there(
    open_screen: OpenScreen, portal: str, office: Portal
) -> None:
    screen = open_screen(address=portal)
    page = screen.page
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    screen.open()
    page.get_by_role("button", name="cliente@example.com").click()
    expect(page.get_by_label("E-mail ou celular")).to_have_value("cliente@example.com")
    assert 30_000 < sum(sizes) < FIRST_LOAD
    screen.check()
    texts = []
    for address in ("cliente@example.com", "ninguem@example.com"):
        page.get_by_label("E-mail ou celular").fill(address)
        page.get_by_role("button", name="Receber código").click()
        expect(page.get_by_label("Código")).to_be_visible()
        page.reload()
        page.get_by_label("Código").fill("000000")
        page.get_by_role("button", name="Entrar", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Requisição")
        told = str(page.get_by_role("form", name="Entrar").text_content())
        texts.append(re.sub(r"Requisição [0-9a-f-]+|\d\d:\d\d", "", told.replace(address, "")))
        screen.check()
        page.get_by_role("button", name="Trocar de endereço").click()
    assert texts[0] == texts[1]
    bare = open_screen(address=portal.partition("?")[0])
    bare.open()
    expect(bare.page.get_by_role("heading", name="De quem é este portal?")).to_be_visible()
    bare.check()
