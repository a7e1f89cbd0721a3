"""Rules of payment flows on a screen: the editor, what it draws, and an evaluation with its smallest change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect

from sandbox.cloud.background import RunningCloud
from sandbox.demo.approvals import RULE, find_buyer, make_flow
from tests.journeys.patience import LONGEST
from tests.pages.conftest import Screen

pytestmark = pytest.mark.journey

CYCLES = (("0", "6", "10", ""), ("7", "24", "20,00", "40"), ("25", "36", "50", ""))


def test_a_rule_from_its_editor_to_an_evaluation_that_says_what_to_change(screen: Screen) -> None:
    page = screen.page
    name = f"Fluxo {uuid4().hex[:8]} <b>negrito</b>"
    screen.log_in()
    page.get_by_role("link", name="Alçadas").click()
    page.get_by_role("link", name="Nova alçada").click()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Preencha este campo").first).to_be_visible()
    page.get_by_label("Nome").fill(name)
    page.get_by_label("Empreendimento").fill("Residencial Exemplo")
    page.get_by_label("Tabela de preços").fill(f"Tabela {uuid4().hex[:8]}")
    for number, (start, end, least, most) in enumerate(CYCLES, 1):
        if number > 1:
            page.get_by_role("button", name="Acrescentar ciclo").click()
        cycle = page.get_by_role("group", name=f"Ciclo {number}")
        for label, text in (("Do mês", start), ("Ao mês", end), ("Mínimo %", least), ("Máximo %", most)):
            cycle.get_by_label(label).fill(text)
    page.get_by_role("group", name="Ciclo 3").get_by_label("Acumulado").check()
    expect(page.get_by_role("img", name="Os 3 ciclos ao longo de 36 meses")).to_be_visible()
    screen.check()
    page.reload()
    expect(page.get_by_label("Nome")).to_have_value(name)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()

    page.get_by_label("Assinatura").fill("2026-11-10")
    page.get_by_label("Preço total").fill("500.000,00")
    rows = (("down_payment", "2026-11-10", "20.000,00"), ("keys", "2028-10-10", "480.000,00"))
    for number, (kind, due, amount) in enumerate(rows, 1):
        if number > 1:
            page.get_by_role("button", name="Acrescentar parcela").click()
        row = page.get_by_role("group", name=f"Parcela {number}")
        row.get_by_label("Tipo").select_option(kind)
        row.get_by_label("Vencimento").fill(due)
        row.get_by_label("Valor").fill(amount)
    page.get_by_role("button", name="Avaliar").click()
    result = page.get_by_role("region", name="Resultado")
    expect(result).to_contain_text("Fluxo recusado")
    expect(result).to_contain_text("da parcela 2 (mês 23)")
    screen.check()
    page.set_viewport_size({"width": 360, "height": 740})
    screen.check()


APPROVER = "aprovadora@example.com"


@pytest.fixture
def waiting(cloud: RunningCloud) -> Iterator[list[dict[str, Any]]]:
    """Two reservations that wait for the approver's level: somebody else's, and one that the approver asked for."""
    table, requester = (f"{word}.{uuid4().hex[:8]}" for word in ("tabela", "corretora"))
    limits = {"rank": 1, "minimum_percent": "99", "without_bureau_report": True}
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:

        def call(method: str, path: str, body: dict[str, Any]) -> Any:
            answer = api.request(method, path, json=body)
            assert answer.is_success, answer.text
            return answer.json()

        def put_authority(name: str, **changes: Any) -> None:
            call("PUT", f"/api/v1/approval_authorities/{name}", {"authority": {**limits, **changes}})

        call("POST", "/api/v1/approval_rules", {"approval_rule": {**RULE, "price_table": table}})
        made = []
        for name in (requester, APPROVER):
            put_authority(name)
        for name in (requester, APPROVER):
            asked = {
                "development": RULE["development"],
                "price_table": table,
                "unit": f"{uuid4().hex[:6]} <img src=x onerror=window.stolen=1>",
                "customer_id": find_buyer(api),
                "requested_by": name,
                "flow": make_flow(4_800_000),
            }
            made.append(call("POST", "/api/v1/reservations", {"reservation": asked})["reservation"])
        put_authority(APPROVER, minimum_percent="90")
        assert [each["state"] for each in made] == ["awaiting_decision"] * 2
        yield made
        for name in (requester, APPROVER):
            put_authority(name, enabled=False)


def test_an_authority_decides_what_waits_for_it_and_nobody_their_own(
    screen: Screen, waiting: list[dict[str, Any]]
) -> None:
    page = screen.page
    others, own = (re.compile(each["unit"][:6]) for each in waiting)
    screen.log_in(APPROVER)
    screen.open("#/alcadas/fila")
    expect(page.get_by_label("Autoridade")).to_have_value(APPROVER)
    page.get_by_role("link", name=own).click()
    expect(page.get_by_text("Quem pediu não decide")).to_be_visible()
    assert page.evaluate("window.stolen") is None
    screen.check()
    screen.open("#/alcadas/fila")
    expect(page.get_by_role("row", name=others)).to_contain_text(" %")
    screen.check()
    page.get_by_role("link", name=others).click()
    why = "Entrada completa <img src=x onerror=window.stolen=1> combinada"
    page.get_by_label("Justificativa").fill(why)
    page.reload()
    expect(page.get_by_label("Justificativa")).to_have_value(why)
    page.get_by_role("button", name="Aprovar").click()
    expect(page.get_by_role("region", name="Decisões")).to_contain_text(why)
    expect(page.get_by_text("Aprovada", exact=True)).to_be_visible()
    assert page.evaluate("window.stolen") is None
