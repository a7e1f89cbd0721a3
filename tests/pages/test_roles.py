"""What each job sees, may do and may not do: the menu, addresses typed by hand, acts that are offered, and the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.seeding.people import DEMO_PASSWORD, PEOPLE
from sandbox.demo.approvals import RULE, find_buyer
from tests.journeys.patience import LONGEST
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey

ADDRESSES = {job: address for _, address, job in PEOPLE}
WORK = ("Simulações", "Propostas", "Birôs", "Negativações", "Clientes", "Reservas", "Alçadas")
SALES = ("Simulações", "Clientes", "Reservas")
MENUS = {
    "manager": (*WORK, "Integração", "Titulares"),
    "analyst": WORK,
    "approver": WORK,
    "broker": SALES,
    "agency": SALES,
    "operator": ("Birôs", "Negativações", "Integração"),
}
NOT_AN_AREA = "Este endereço não é de nenhuma área do seu papel."
NOT_A_PART = "Este endereço não é de nenhuma parte que o seu papel abre."
CLOSED = {
    "analyst": (("integracao", NOT_AN_AREA), ("alcadas/nova", "Seu papel lê as alçadas e não as altera.")),
    "approver": (
        ("titulares", NOT_AN_AREA),
        ("simulacoes/nova", "Seu papel lê simulações e não as pede."),
        ("negativacoes/importar", NOT_A_PART),
    ),
    "broker": (("propostas", NOT_AN_AREA), ("alcadas/fila", NOT_AN_AREA), ("clientes/lista", "que o seu papel abre")),
    "agency": (("biros/nova", NOT_AN_AREA), ("titulares/guarda", NOT_AN_AREA)),
    "operator": (("simulacoes/nova", NOT_AN_AREA), ("biros/nova", NOT_A_PART), ("negativacoes/devedores", NOT_A_PART)),
}
"""Addresses that a job does not open, with what is said there."""
NOT_OFFERED = {
    "approver": (("reservas", "Reservas", "Nova reserva"), ("alcadas", "Alçadas", "Nova alçada")),
    "analyst": (("alcadas", "Alçadas", "Nova alçada"),),
    "broker": (("clientes/mural", "Mural", "Novo comunicado"),),
}
"""Acts that a page does not offer to a job, with the page's title."""
READERS = {
    "/api/v1/proposal_simulations": {"manager", "analyst", "approver", "broker", "agency"},
    "/api/v1/vehicles": {"manager", "analyst", "approver", "broker", "agency"},
    "/api/external/v2.1/proposals": {"manager", "analyst", "approver"},
    "/api/v1/bureau_integrations": {"manager", "analyst", "approver", "operator"},
    "/api/v1/api_keys": {"manager", "operator"},
    "/api/v1/legal_holds": {"manager"},
}
STOCK_WRITERS = {"manager", "analyst"}


def test_there_is_one_demo_person_of_every_job_and_the_api_keeps_each_to_its_own(cloud: RunningCloud) -> None:
    assert set(ADDRESSES) == set(MENUS)
    read: dict[str, set[str]] = {path: set() for path in READERS}
    wrote = set()
    with httpx.Client(base_url=cloud.base_url, timeout=LONGEST) as api:
        for job, address in ADDRESSES.items():
            login = {"email": address, "password": DEMO_PASSWORD}
            token = api.post("/panel/sessions", json=login, headers={"X-Lastro-Panel": "1"}).json()["access_token"]
            headers = {"Authorization": f"Bearer {token}", "Store-Id": str(cloud.credentials["store_id"])}
            for path in READERS:
                answer = api.get(path, headers=headers)
                assert answer.status_code in (200, 403), answer.text
                if answer.status_code == 200:
                    read[path].add(job)
            # A vehicle there is not: who may change one is told so, the others are refused before.
            changed = api.put("/api/v1/vehicles/999999", headers=headers, json={"vehicle": {"price_cents": 1}})
            assert changed.status_code in (403, 404), changed.text
            if changed.status_code == 404:
                wrote.add(job)
    assert read == READERS
    assert wrote == STOCK_WRITERS


@pytest.mark.parametrize("job", MENUS)
def test_a_job_sees_its_areas_and_no_address_opens_another(screen: Screen, job: str) -> None:
    page = screen.page
    screen.log_in(ADDRESSES[job])
    links = page.get_by_role("navigation", name="Áreas").get_by_role("link")
    expect(links).to_have_text(list(MENUS[job]))
    for fragment, said in CLOSED.get(job, ()):
        screen.open(f"#/{fragment}")
        expect(page.get_by_text(said).first).to_be_visible()
    for fragment, title, act in NOT_OFFERED.get(job, ()):
        screen.open(f"#/{fragment}")
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(page.get_by_text(act, exact=True)).to_have_count(0)
    if job in ("broker", "operator"):
        screen.check()


@pytest.fixture
def sold(cloud: RunningCloud) -> Iterator[dict[str, Any]]:
    """A price table with a rule, somebody who buys, and the name of a unit; what was reserved stays the broker's."""
    table = f"tabela.{uuid4().hex[:8]}"
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:
        made = api.post("/api/v1/approval_rules", json={"approval_rule": {**RULE, "price_table": table}})
        assert made.is_success, made.text
        yield {"table": table, "customer": find_buyer(api), "unit": f"{uuid4().hex[:6]} <img src=x onerror=alert(1)>"}


def test_a_broker_asks_for_a_reservation_sees_it_and_gives_it_up(screen: Screen, sold: dict[str, Any]) -> None:
    page = screen.page
    screen.log_in(ADDRESSES["broker"])
    page.get_by_role("link", name="Reservas").click()
    expect(page.get_by_text("As que você pediu.")).to_be_visible()
    page.get_by_role("link", name="Nova reserva").click()
    page.get_by_role("button", name="Pedir reserva").click()
    expect(page.get_by_text("Preencha este campo").first).to_be_visible()
    for label, text in (
        ("Empreendimento", RULE["development"]),
        ("Tabela de preços", sold["table"]),
        ("Unidade", sold["unit"]),
        ("Número do cliente", str(sold["customer"])),
        ("Assinatura", "2026-11-10"),
        ("Preço total", "R$ 480.000,00"),
        ("Vencimento", "2026-11-10"),
        ("Valor", "480.000,00"),
    ):
        page.get_by_label(label).fill(str(text))
    screen.check()
    page.reload()
    expect(page.get_by_label("Tabela de preços")).to_have_value(sold["table"])
    page.get_by_role("button", name="Pedir reserva").click()
    heading = page.get_by_role("heading", level=1, name=sold["unit"][:6])
    expect(heading).to_be_visible()
    # Who sells reads no score, and decides nothing.
    assert "birô" not in str(page.locator("main").text_content())
    expect(page.get_by_label("Justificativa")).to_have_count(0)
    cancelling = page.get_by_role("region", name="Cancelar")
    if cancelling.count():
        page.get_by_label("Por que cancelar").fill("O cliente desistiu")
        page.get_by_role("button", name="Cancelar reserva").click()
        expect(page.get_by_text("A unidade fica livre")).to_be_visible()
        page.get_by_role("button", name="Cancelar mesmo").click()
        expect(page.get_by_text("Cancelada", exact=True)).to_be_visible()
    screen.open("#/reservas")
    expect(page.get_by_role("row", name=sold["unit"][:6])).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()
