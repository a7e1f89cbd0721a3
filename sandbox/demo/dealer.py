"""The dealer's journey: a simulation, a customer, a proposal to two banks, documents, a counter-offer, the payment."""

import time
from base64 import b64encode
from typing import Any

import httpx
from rich.console import Console

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.errors import CloudFailure
from sandbox.demo.formats import percent, reais

BANKS = {"341": "Itaú", "422": "Safra"}
STORIES = {
    "341": {"steps": ["in_analysis", "refused"], "delay_ms": 300},
    "422": {"steps": ["pending_documents", "counter_offer", "approved", "formalised", "paid"], "delay_ms": 300},
}
"""What becomes of the proposal: the first bank refuses, the second wants documents, offers otherwise, and pays."""
ASSET_CENTS = 60_000_00
_LONGEST_SECONDS = 90.0
_PDF = b64encode(b"%PDF-1.7 exemplo %%EOF").decode()


def run(cloud: RunningCloud, console: Console) -> None:
    """From the offers to the payment. CloudFailure where it gets no further."""
    for code, story in STORIES.items():
        rule = {"minimum_down_payment": None, "suggested_down_payment": None}
        _put(cloud, f"/banks/{code}/script", {"rules": [rule]})
        _put(cloud, f"/banks/{code}/proposal_script", {"rules": [story]})
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=30) as client:
        document = cloud.credentials["lead_cpf"]
        simulation = simulate(client, document)
        offers = {each["bank"]["febraban_code"]: each for each in simulation["conditions"] if each["available"]}
        for code, offer in offers.items():
            value = reais(offer["first_installment_value"])
            cet = percent(offer["cet_annually"])
            console.print(f"{BANKS[code]:<8} {offer['installments']}x de {value}, CET {cet} ao ano")
            cost = offer["difference_to_return_0"]
            console.print(
                f"{'':<8} com retorno {offer['credit_condition_return']}: {reais(cost['amount_paid_in_financing'])} "
                f"a mais no total, {percent(cost['cet_annually'])[:-1]} pontos de CET ao ano"
            )
        customer = register(client, document)
        proposal = propose(client, customer["id"], simulation["uuid"], [each["id"] for each in offers.values()])
        console.print(f"\nProposta {proposal['id']} de {customer['name']} em {len(offers)} bancos ao mesmo tempo\n")
        _follow(client, proposal["id"], console)
        for code, name in BANKS.items():
            ledger = httpx.get(f"{cloud.sandbox_url}/banks/{code}/proposals").raise_for_status().json()["proposals"]
            console.print(f"No banco {name}: {len(ledger)} proposta(s), {', '.join(ledger[-1]['states'])}")


def simulate(client: httpx.Client, document: str) -> dict[str, Any]:
    """A simulation at both banks, finished."""
    body = {
        "simulation": {
            "retrieve_lead": {"cpf_cnpj": document},
            "assets_value": ASSET_CENTS,
            "bank_febraban_codes": list(BANKS),
            "vehicle": {
                "vehicle_molicar_code": "02106163-7",
                "licensing_uf": "SP",
                "licensing_city": "São Paulo",
                "manufacture_year": 2024,
                "model_year": 2025,
                "asset_value": ASSET_CENTS,
                "zero_km": False,
            },
            "conditions": [
                {
                    "installments": 36,
                    "down_payment": ASSET_CENTS // 4,
                    "max_return": 2,
                    "return_preference": "max",
                }
            ],
        }
    }
    simulation = _said(client.post("/api/v1/banks_api/simulations", json=body))["data"]
    began = time.monotonic()
    while simulation["pending"]:
        _check(began)
        simulation = _said(client.get(f"/api/v1/banks_api/simulations/{simulation['uuid']}"))["data"]
    found: dict[str, Any] = simulation
    return found


def register(client: httpx.Client, document: str) -> dict[str, Any]:
    """The customer with this document, registered with all that the banks ask for, whoever registered it first."""
    body: dict[str, Any] = {
        "bank_validations": {"bank_codes": list(BANKS)},
        "customer": {
            "cpf": document,
            "name": "Ana Exemplo",
            "born_at": "17/05/1990",
            "mother": "Maria Exemplo",
            "has_cnh": True,
            "genre_id": 1,
            "phones": [{"code": 84, "number": 900000000}],
            "emails": [{"address": "ana@example.com"}],
            "address": {"zip_code": "01001-000", "state_id": 35, "street": "Rua das Acácias", "number": "10"},
            "job_reference": {"income_cents": 650_000, "professional_ocupation_id": 11, "name": "Oficina Sol"},
        },
    }
    known = client.get("/api/v1/customers/find", params={"cpf_cnpj": document})
    if known.status_code == 200:
        answer = client.patch(f"/api/v1/customers/{known.json()['customer']['id']}", json=body)
    else:
        answer = client.post("/api/v1/customers", json=body)
    registered: dict[str, Any] = _said(answer)["customer"]
    return registered


def propose(client: httpx.Client, customer_id: int, simulation: str, conditions: list[int]) -> dict[str, Any]:
    """A proposal for these offers."""
    [store] = _said(client.get("/api/v1/stores"))["stores"][:1]
    [seller] = _said(client.get("/api/v1/users/proposals_filter_list", params={"store_id": store["id"]}))["users"][:1]
    attempts = [{"simulation_condition_id": each, "external_simulation_uuid": simulation} for each in conditions]
    body = {
        "proposal": {
            "customer_id": customer_id,
            "store_id": store["id"],
            "seller_id": seller["id"],
            "commercial": False,
            "several_banks": len(conditions) > 1,
            "proposal_attemps": attempts,
            "license_plate_code": "ABC1D23",
        }
    }
    made: dict[str, Any] = _said(client.post("/api/v1/proposals", json=body))["complete_proposal"]
    return made


def hand_in(client: httpx.Client, proposal_id: int, kind: str) -> None:
    """A document of the proposal."""
    _said(client.post(f"/api/v1/proposals/{proposal_id}/documents", json={"kind": kind, "base64": _PDF}))


def _follow(client: httpx.Client, proposal_id: int, console: Console) -> None:
    began = time.monotonic()
    shown: dict[int, str] = {}
    handed: set[str] = set()
    while True:
        proposal = _said(client.get(f"/api/v1/proposals/{proposal_id}"))["proposal"]
        for attempt in proposal["proposal_attempts"]:
            if shown.get(attempt["id"]) != attempt["state"]:
                shown[attempt["id"]] = attempt["state"]
                who = f"tentativa {attempt['id']} {attempt['bank']['name']:<8}"
                console.print(f"{time.monotonic() - began:5.1f} s  {who} {attempt['state']}")
            for kind in attempt["pending_documents"]:
                if kind not in handed:
                    handed.add(kind)
                    hand_in(client, proposal_id, kind)
                    console.print(f"{time.monotonic() - began:5.1f} s  documento {kind} entregue")
        if proposal["state"] == "paid":
            lien = proposal["proposal_attempt"]["formalization"]["lien_registration_number"]
            console.print(f"\nPaga; gravame {lien}\n")
            return
        _check(began)


def _check(began: float) -> None:
    if time.monotonic() - began > _LONGEST_SECONDS:
        raise CloudFailure(f"nothing more happens after {_LONGEST_SECONDS:.0f} s")
    time.sleep(0.2)


def _put(cloud: RunningCloud, path: str, body: dict[str, Any]) -> None:
    httpx.put(f"{cloud.sandbox_url}{path}", json=body).raise_for_status()


def _said(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        raise CloudFailure(f"{answer.request.method} answered {answer.status_code}: {answer.text[:2000]}")
    said: dict[str, Any] = answer.json()
    return said
