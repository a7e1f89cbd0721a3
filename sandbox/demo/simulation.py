"""The simulation journey: one vehicle, several conditions, five banks, their down-payment advice on."""

import time
from typing import Any

import httpx
from rich.console import Console
from rich.live import Live

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.errors import CloudFailure
from sandbox.demo.formats import origin, reais, status
from sandbox.demo.tables import offers_table, progress_table, reasons

ASSET_CENTS = 85_000_00
CONDITIONS = ((24, 20_000_00), (36, 12_000_00), (48, 5_000_00))
"""(instalments, down payment in cents): above the banks' ideal, between minimum and ideal, below the minimum."""

BANK_DELAYS_MS = {"341": 200, "033": 600, "655": 900, "623": 400, "422": 1200}
"""How long each sandbox bank takes over each call, so that the table is seen to fill in."""

_POLL_SECONDS = 0.2
_LONGEST_SECONDS = 90.0


def run(cloud: RunningCloud, console: Console) -> None:
    """Post the simulation, follow it to its end and show the offers. CloudFailure when no offer comes back."""
    _set_bank_delays(cloud)
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=30) as client:
        body = simulation_request(cloud.credentials["lead_cpf"])
        started = time.monotonic()
        simulation = _data(client.post("/api/v1/banks_api/simulations", json=body))
        console.print(
            f"\nSimulação {simulation['uuid']}: veículo de {reais(ASSET_CENTS)}, {len(CONDITIONS)} condições em "
            f"{len(BANK_DELAYS_MS)} bancos, sugestão de entrada ligada\n"
        )
        follow = _follow_live if console.is_terminal else _follow_lines
        simulation = follow(client, simulation, console, started)
    offers = [condition for condition in simulation["conditions"] if condition["available"]]
    if not offers:
        raise CloudFailure("the simulation ended without a single offer")
    console.print()
    console.print(offers_table(offers))
    console.print(f"{len(offers)} ofertas em {len(simulation['conditions'])} condições. Sem oferta:")
    for line in reasons(simulation["conditions"]):
        console.print(f"  {line}")


def simulation_request(cpf: str) -> dict[str, Any]:
    """The body of the POST, as a partner would write it."""
    return {
        "simulation": {
            "retrieve_lead": {"cpf_cnpj": cpf},
            "assets_value": ASSET_CENTS,
            "bank_febraban_codes": list(BANK_DELAYS_MS),
            "process_bank_suggested_conditions": True,
            "vehicle": {
                "vehicle_molicar_code": "02106163-7",
                "licensing_uf": "SP",
                "licensing_city": "São Paulo",
                "manufacture_year": 2025,
                "model_year": 2026,
                "asset_value": ASSET_CENTS,
                "zero_km": True,
            },
            "conditions": [
                {"installments": installments, "down_payment": down_payment}
                for installments, down_payment in CONDITIONS
            ],
        }
    }


def _set_bank_delays(cloud: RunningCloud) -> None:
    for code, delay in BANK_DELAYS_MS.items():
        script = {"rules": [{"when": {}, "outcome": "approved", "delay_ms": delay}]}
        httpx.put(f"{cloud.sandbox_url}/banks/{code}/script", json=script).raise_for_status()


def _data(response: httpx.Response) -> dict[str, Any]:
    if response.is_error:
        raise CloudFailure(f"{response.request.method} answered {response.status_code}: {response.text[:2000]}")
    data: dict[str, Any] = response.json()["data"]
    return data


def _read(client: httpx.Client, simulation: dict[str, Any], started: float) -> dict[str, Any]:
    """Wait a moment and read the simulation again. CloudFailure when it takes far too long."""
    if time.monotonic() - started > _LONGEST_SECONDS:
        raise CloudFailure(f"{simulation['pending']} conditions are still pending after {_LONGEST_SECONDS:.0f} s")
    time.sleep(_POLL_SECONDS)
    return _data(client.get(f"/api/v1/banks_api/simulations/{simulation['uuid']}"))


def _follow_live(client: httpx.Client, simulation: dict[str, Any], console: Console, started: float) -> dict[str, Any]:
    with Live(progress_table(simulation, 0, console.width), console=console, refresh_per_second=10) as live:
        while simulation["pending"]:
            simulation = _read(client, simulation, started)
            live.update(progress_table(simulation, time.monotonic() - started, console.width))
    return simulation


def _follow_lines(client: httpx.Client, simulation: dict[str, Any], console: Console, started: float) -> dict[str, Any]:
    """Without a terminal: a line for each condition that ended, then the whole table once."""
    shown: set[int] = set()
    while simulation["pending"]:
        simulation = _read(client, simulation, started)
        for condition in simulation["conditions"]:
            if condition["process_task"] is not None and condition["id"] not in shown:
                shown.add(condition["id"])
                console.print(
                    f"{time.monotonic() - started:5.1f} s  {condition['bank']['nickname']:<10} "
                    f"{condition['installments']}x  entrada {reais(condition['down_payment']):<14} "
                    f"{origin(condition):<12} {status(condition)}"
                )
    console.print(progress_table(simulation, time.monotonic() - started, console.width))
    return simulation
