"""The approvals journey: a sale whose three cycles are met, and one that is refused, changed and handed up."""

from collections.abc import Mapping
from typing import Any

import httpx
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.errors import CloudFailure
from sandbox.demo.formats import reais

BUYER = "529.982.247-25"
SALE = {"development": "Residencial Exemplo", "price_table": "Tabela da demonstração"}
RULE = {
    **SALE,
    "name": "Fluxo da demonstração",
    "cycles": [
        {"start_month": 0, "end_month": 6, "minimum_percent": "10.00"},
        {"start_month": 7, "end_month": 24, "minimum_percent": "20.00", "maximum_percent": "40.00"},
        {"start_month": 25, "end_month": 36, "minimum_percent": "50.00", "cumulative": True},
    ],
}
REQUESTER, FIRST, SECOND = "corretora.demonstracao", "gerente.demonstracao", "diretoria.demonstracao"


def make_flow(down_payment: int) -> dict[str, Any]:
    """R$ 500.000,00: a down payment, eighteen months, and the rest with the keys."""
    monthly = 18 * 600_000
    payments = [
        {"due_date": "2026-11-10", "amount_cents": down_payment, "kind": "down_payment"},
        {"due_date": "2027-06-10", "amount_cents": 600_000, "kind": "monthly", "installments": 18},
        {"due_date": "2029-11-10", "amount_cents": 50_000_000 - monthly - down_payment, "kind": "keys"},
    ]
    return {"signed_on": "2026-11-10", "total_cents": 50_000_000, "payments": payments}


def run(cloud: RunningCloud, console: Console) -> None:
    """Evaluate, reserve and decide. CloudFailure when an answer is another than the journey is about."""
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=40) as api:
        desk = Desk(api)
        desk.call("POST", "/api/v1/approval_rules", {"approval_rule": RULE})
        for name, rank, percent in ((FIRST, 1, "98"), (SECOND, 2, "90")):
            limits = {"rank": rank, "minimum_percent": percent, "without_bureau_report": True}
            desk.call("PUT", f"/api/v1/approval_authorities/{name}", {"authority": limits})
        console.print("\nUma alçada de três ciclos, e dois níveis de autoridade\n")
        met = desk.reserve("101", make_flow(5_000_000))
        desk.expect(met, approved=True)
        console.print(_cycles("Entrada de R$ 50.000,00: os três ciclos são atendidos", met["evaluation"]))
        refused = desk.reserve("102", make_flow(4_800_000))
        desk.expect(refused, approved=False)
        console.print(_cycles("Entrada de R$ 48.000,00: recusado", refused["evaluation"]))
        for move in refused["evaluation"]["smallest_change"]:
            console.print(
                f"Menor mudança: {reais(move['amount_cents'])} da parcela do mês {move['from_month']} para o ciclo "
                f"{move['to_cycle']} (meses {move['to_first_month']} a {move['to_last_month']})"
            )
        met_percent = refused["met_percent"].replace(".", ",")
        console.print(f"Atendido: {met_percent} %, fora dos 98 % do primeiro nível: espera o nível 2\n")
        _decide(desk, met, FIRST, console)
        _decide(desk, refused, SECOND, console)


class Desk:
    """Speaks to the API as the demo partner."""

    def __init__(self, api: httpx.Client) -> None:
        self._api = api
        self.customer_id = find_buyer(api)

    def call(self, method: str, path: str, body: object = None) -> Any:
        """One call of the API. CloudFailure with an answer outside 2xx."""
        answer = self._api.request(method, path, json=body)
        if answer.is_error:
            raise CloudFailure(f"{method} {path} answered {answer.status_code}: {answer.text[:2000]}")
        return answer.json()

    def reserve(self, unit: str, flow: Mapping[str, Any]) -> dict[str, Any]:
        asked = {**SALE, "unit": unit, "customer_id": self.customer_id, "requested_by": REQUESTER, "flow": flow}
        reservation: dict[str, Any] = self.call("POST", "/api/v1/reservations", {"reservation": asked})["reservation"]
        return reservation

    def expect(self, reservation: Mapping[str, Any], *, approved: bool) -> None:
        """CloudFailure unless the flow was evaluated so."""
        if reservation["evaluation"]["approved"] is not approved:
            raise CloudFailure(f"reservation {reservation['id']} was evaluated otherwise")


def find_buyer(api: httpx.Client) -> int:
    """Number of the customer who buys, registered by now. CloudFailure when there is none."""
    buyer = {"cpf": BUYER, "name": "Ana Exemplo", "mother": "Maria Exemplo", "born_at": "17/05/1990", "address": {}}
    # Another run on the same cloud registered it.
    made = api.post("/api/v1/customers", json={"customer": buyer})
    found = api.get("/api/v1/customers", params={"cpf_cnpj": BUYER})
    if found.is_error or not found.json()["customers"]:
        raise CloudFailure(f"POST /api/v1/customers answered {made.status_code}: {made.text[:2000]}")
    return int(found.json()["customers"][0]["id"])


def _cycles(title: str, evaluation: Mapping[str, Any]) -> Table:
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False, title_justify="left")
    table.add_column("Ciclo", justify="right")
    for heading in ("exigido", "encontrado", "falta", "do total"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for cycle in evaluation["cycles"]:
        table.add_row(
            str(cycle["number"]),
            reais(cycle["required_cents"]),
            reais(cycle["found_cents"]),
            reais(cycle["missing_cents"]),
            f"{cycle['found_percent']} %".replace(".", ","),
            "✓" if cycle["approved"] else "✗",
        )
    return table


def _decide(desk: Desk, reservation: Mapping[str, Any], name: str, console: Console) -> None:
    """The authority finds it in the queue, and approves it."""
    waiting = desk.call("GET", f"/api/v1/reservations?authority={name}&per_page=100")["reservations"]
    if reservation["id"] not in [row["id"] for row in waiting]:
        raise CloudFailure(f"reservation {reservation['id']} does not wait for {name}")
    decision = {
        "verdict": "approve",
        "decided_by": name,
        "justification": "Entrada completa combinada para a assinatura",
    }
    path = f"/api/v1/reservations/{reservation['id']}/decision"
    decided = desk.call("POST", path, {"decision": decision})["reservation"]
    console.print(
        f"Unidade {decided['unit']}: pedida por {decided['requested_by']}, aprovada por "
        f"{decided['history'][-1]['decided_by']}: {decided['history'][-1]['justification']}"
    )
