"""How long one partner waits behind another: `python -m bench.neighbours`.

Two waits, each measured alone and then behind a load of another partner's, in one run on one machine; what counts is
the ratio. The local AWS hands out the messages of a queue in order of arrival, so that fair turns within a queue show
on AWS alone: what is measured here is that queues of banks, and receivers of notices, do not wait for each other.
"""

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import httpx

from bench.loads.purchase import purchase
from bench.measuring.cloud import open_cloud
from bench.measuring.figures import print_result, spread
from bench.measuring.machine import describe_machine
from sandbox.cloud.background import RunningCloud

ROUNDS = 5
POLL_SECONDS = 0.02
LONGEST_SECONDS = 240.0
SETTLE_SECONDS = 15.0
"""The load's own POSTs and the processes it starts take the machine; a neighbour that comes then measures that."""

INSTANT_BANK = "422"
SLOW_BANKS = ("341", "033", "655", "623")
SLOW_MS = 4_000
TERMS = 60
SIMULATIONS = 6
"""Of the other partner, 60 conditions at each slow bank: 1,440 conditions."""

NOTICES = 250
HANG_MS = 60_000

TARGET_RATIO = 1.5


class Neighbours:
    """Two partners at the running cloud."""

    def __init__(self, cloud: RunningCloud, stack: ExitStack) -> None:
        self._document = cloud.credentials["lead_cpf"]
        self._run = secrets.token_hex(4)
        limits = httpx.Limits(max_connections=20)
        self.busy = stack.enter_context(
            httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=120, limits=limits)
        )
        self.quiet = stack.enter_context(
            httpx.Client(base_url=cloud.base_url, headers=cloud.other_headers, timeout=120)
        )
        self.sandbox = stack.enter_context(httpx.Client(base_url=cloud.sandbox_url, timeout=120))
        stack.callback(self._forget)
        lead = {
            "lead": {"cpf_cnpj": self._document, "name": "Ana", "birthdate": "1990-05-17", "monthly_income": 650000}
        }
        self.quiet.post("/api/v1/banks_api/leads", json=lead)

    def _forget(self) -> None:
        self.sandbox.put(f"/callbacks/{self.receiver('hang')}/script", json={"rules": []})
        self.sandbox.delete("/scripts")

    def receiver(self, name: str) -> str:
        return f"{name}{self._run}"

    def post(self, partner: httpx.Client, banks: tuple[str, ...], terms: int, receiver: str | None = None) -> str:
        """Post a simulation; its id."""
        body = purchase(self._document, suggestions=False)
        asked = body["simulation"]
        asked["bank_febraban_codes"] = list(banks)
        asked["conditions"] = [{"installments": 1 + term, "down_payment": 500_000} for term in range(terms)]
        if receiver:
            asked["webhook_url"] = str(self.sandbox.base_url.join(f"/callbacks/{receiver}"))
        answer = partner.post("/api/v1/banks_api/simulations", json=body)
        answer.raise_for_status()
        return str(answer.json()["data"]["uuid"])

    def time_condition(self) -> float:
        """Milliseconds until one condition of the quiet partner at an instant bank has ended."""
        began = time.perf_counter()
        uuid = self.post(self.quiet, (INSTANT_BANK,), 1)
        return _wait(began, lambda: self._is_final(uuid))

    def time_notice(self) -> float:
        """Milliseconds until the quiet partner is told of one condition at an instant bank."""
        began = time.perf_counter()
        receiver = self.receiver("well")
        uuid = self.post(self.quiet, (INSTANT_BANK,), 1, receiver)
        return _wait(began, lambda: self._has_arrived(receiver, uuid))

    def _is_final(self, uuid: str) -> bool:
        data = self.quiet.get(f"/api/v1/banks_api/simulations/{uuid}").raise_for_status().json()["data"]
        return bool(data["pending"] == 0)

    def _has_arrived(self, receiver: str, uuid: str) -> bool:
        notices = self.sandbox.get(f"/callbacks/{receiver}").raise_for_status().json()["notices"]
        return any(notice["body"]["simulation"]["uuid"] == uuid for notice in notices)

    def load_slow_banks(self) -> None:
        for bank in SLOW_BANKS:
            self.sandbox.put(f"/banks/{bank}/script", json={"rules": [{"delay_ms": SLOW_MS}]}).raise_for_status()
        for _ in range(SIMULATIONS):
            self.post(self.busy, SLOW_BANKS, TERMS)

    def load_hanging_receiver(self) -> None:
        receiver = self.receiver("hang")
        rules = {"rules": [{"delay_ms": HANG_MS}]}
        self.sandbox.put(f"/callbacks/{receiver}/script", json=rules).raise_for_status()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: self.post(self.busy, (INSTANT_BANK,), 1, receiver), range(NOTICES)))


def _wait(began: float, done: Callable[[], bool]) -> float:
    """Milliseconds since a moment when it is done. RuntimeError when it never is."""
    while not done():
        if time.perf_counter() - began > LONGEST_SECONDS:
            raise RuntimeError("it never came")
        time.sleep(POLL_SECONDS)
    return (time.perf_counter() - began) * 1000


def measure(once: Callable[[], float], load: Callable[[], None]) -> dict[str, Any]:
    """Alone, at once behind the load, and when the machine has taken the load in."""
    once()
    alone = spread(once() for _ in range(ROUNDS))
    load()
    first = once()
    time.sleep(SETTLE_SECONDS)
    behind = spread(once() for _ in range(ROUNDS))
    return {
        "alone_ms": alone,
        "first_behind_ms": round(first, 1),
        "behind_ms": behind,
        "ratio": round(behind["median"] / alone["median"], 2),
    }


def run(cloud: RunningCloud) -> dict[str, Any]:
    with ExitStack() as stack:
        neighbours = Neighbours(cloud, stack)
        notice = measure(neighbours.time_notice, neighbours.load_hanging_receiver)
        condition = measure(neighbours.time_condition, neighbours.load_slow_banks)
    return {
        "benchmark": "neighbours",
        "machine": describe_machine(),
        "condition_behind_slow_banks": {"conditions": SIMULATIONS * len(SLOW_BANKS) * TERMS, **condition},
        "notice_behind_hanging_receiver": {"notices": NOTICES, **notice},
        "targets": {
            name: {"ratio": found["ratio"], "target": TARGET_RATIO, "met": found["ratio"] <= TARGET_RATIO}
            for name, found in (("condition", condition), ("notice", notice))
        },
    }


if __name__ == "__main__":
    with open_cloud() as opened:
        print_result(run(opened))
