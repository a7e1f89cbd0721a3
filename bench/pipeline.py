"""How soon a simulation of sixty originals is final: `python -m bench.pipeline`.

Every bank answers each call in 300 ms and needs two calls (pre-analysis, then price), so no condition can end before
600 ms. The API is polled every 20 ms from the moment the POST returned. One simulation of the same kind runs before the
rounds that count.
"""

import time
from dataclasses import dataclass
from typing import Any

import httpx

from bench.loads.purchase import BANK_MS, BANKS, ORIGINALS, bank_script, purchase
from bench.measuring.cloud import open_cloud
from bench.measuring.figures import print_result, spread
from bench.measuring.machine import describe_machine
from sandbox.cloud.background import RunningCloud

ROUNDS = 5
SLOW_ROUNDS = 2
POLL_SECONDS = 0.02
LONGEST_SECONDS = 60.0
SLOW_BANK = "655"
SLOW_MS = 5_000

TARGET_CLOSED_MS = 1_200
TARGET_POST_MS = 300


@dataclass(frozen=True)
class Round:
    """Milliseconds: of the POST, and from its return until each bank's last result and until all was final."""

    post: float
    closed: float
    banks: dict[str, float]
    conditions: int
    polls: int
    new_workers: int
    """Consumer processes the local cloud had to start during the round; each costs it about a second."""

    def last_of_others(self) -> float:
        return max(moment for bank, moment in self.banks.items() if bank != SLOW_BANK)


class Stage:
    """A partner at the running cloud."""

    def __init__(self, cloud: RunningCloud) -> None:
        self._cloud = cloud
        self._document = cloud.credentials["lead_cpf"]
        self._api = httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=30)
        self._sandbox = httpx.Client(base_url=cloud.sandbox_url, timeout=30)

    def close(self) -> None:
        self._sandbox.delete("/scripts").raise_for_status()
        self._api.close()
        self._sandbox.close()

    def script(self, *, suggestions: bool, slow_bank: str | None = None) -> None:
        for bank in BANKS:
            delay = SLOW_MS if bank == slow_bank else BANK_MS
            body = bank_script(delay, suggestions=suggestions)
            self._sandbox.put(f"/banks/{bank}/script", json=body).raise_for_status()

    def run(self, *, suggestions: bool) -> Round:
        """Post one purchase and follow it to its end. RuntimeError when it never ends or ends without an offer."""
        body = purchase(self._document, suggestions=suggestions)
        workers = set(self._cloud.workers("process_condition"))
        asked = time.perf_counter()
        response = self._api.post("/api/v1/banks_api/simulations", json=body)
        returned = time.perf_counter()
        simulation = _data(response)
        banks: dict[str, float] = {}
        polls = 0
        while True:
            polled = time.perf_counter()
            simulation = _data(self._api.get(f"/api/v1/banks_api/simulations/{simulation['uuid']}"))
            polls += 1
            seen = time.perf_counter() - returned
            for bank in _finished_banks(simulation) - banks.keys():
                banks[bank] = seen * 1000
            if simulation["pending"] == 0:
                break
            if seen > LONGEST_SECONDS:
                raise RuntimeError(f"{simulation['pending']} conditions are pending after {seen:.0f} s")
            time.sleep(max(0.0, polled + POLL_SECONDS - time.perf_counter()))
        failed = sorted({condition["reason"] for condition in simulation["conditions"] if condition["error"]})
        if failed:
            raise RuntimeError(f"conditions failed: {failed}")
        conditions = len(simulation["conditions"])
        started = len(set(self._cloud.workers("process_condition")) - workers)
        return Round((returned - asked) * 1000, seen * 1000, banks, conditions, polls, started)


def _data(response: httpx.Response) -> dict[str, Any]:
    response.raise_for_status()
    data: dict[str, Any] = response.json()["data"]
    return data


def _finished_banks(simulation: dict[str, Any]) -> set[str]:
    """Banks that have no pending condition left."""
    waiting = {each["bank"]["febraban_code"] for each in simulation["conditions"] if each["process_task"] is None}
    return set(BANKS) - waiting


def measure(stage: Stage, *, suggestions: bool) -> tuple[dict[str, Any], list[Round]]:
    """Rounds with every bank at 300 ms, after one that does not count."""
    stage.script(suggestions=suggestions)
    stage.run(suggestions=suggestions)
    rounds = [stage.run(suggestions=suggestions) for _ in range(ROUNDS)]
    calls = 3 if suggestions else 2
    fastest = BANK_MS * calls
    closed = spread(each.closed for each in rounds)
    post = spread(each.post for each in rounds)
    warm = [each.closed for each in rounds if not each.new_workers]
    return {
        "rounds": ROUNDS,
        "conditions": rounds[0].conditions,
        "post_ms": post,
        "closed_ms": closed,
        "bank_calls_in_a_row": calls,
        "bank_answer_ms": fastest,
        "ratio_to_bank": {name: round(value / fastest, 3) for name, value in closed.items()},
        "closed_in_warm_rounds_ms": spread(warm) if warm else None,
        "each_round": [
            {"closed_ms": round(each.closed, 1), "polls": each.polls, "new_workers": each.new_workers}
            for each in rounds
        ],
    }, rounds


def measure_slow_bank(stage: Stage, usual: list[Round]) -> dict[str, Any]:
    """Four banks at 300 ms beside one at 5 s: the others' last result against the rounds where none was slow."""
    stage.script(suggestions=False, slow_bank=SLOW_BANK)
    rounds = [stage.run(suggestions=False) for _ in range(SLOW_ROUNDS)]
    beside = spread(each.last_of_others() for each in rounds)
    alone = spread(each.last_of_others() for each in usual)
    return {
        "rounds": SLOW_ROUNDS,
        "slow_bank_ms": SLOW_MS,
        "others_last_result_ms": beside,
        "others_last_result_without_slow_bank_ms": alone,
        "ratio": round(beside["median"] / alone["median"], 3),
        "slow_bank_last_result_ms": spread(each.banks[SLOW_BANK] for each in rounds),
    }


def run(cloud: RunningCloud) -> dict[str, Any]:
    stage = Stage(cloud)
    try:
        plain, usual = measure(stage, suggestions=False)
        slow = measure_slow_bank(stage, usual)
        suggested, _ = measure(stage, suggestions=True)
    finally:
        stage.close()
    return {
        "benchmark": "pipeline",
        "machine": describe_machine(),
        "originals": ORIGINALS,
        "bank_delay_ms": BANK_MS,
        "without_suggestions": plain,
        "with_suggestions": suggested,
        "one_bank_slow": slow,
        "targets": {
            "closed_ms": {
                "target": TARGET_CLOSED_MS,
                "median": plain["closed_ms"]["median"],
                "met": plain["closed_ms"]["median"] <= TARGET_CLOSED_MS,
                "met_by_worst": plain["closed_ms"]["worst"] <= TARGET_CLOSED_MS,
            },
            "post_ms": {
                "target": TARGET_POST_MS,
                "median": plain["post_ms"]["median"],
                "met": plain["post_ms"]["median"] < TARGET_POST_MS,
                "met_by_worst": plain["post_ms"]["worst"] < TARGET_POST_MS,
            },
        },
    }


def main() -> None:
    with open_cloud() as cloud:
        print_result(run(cloud))


if __name__ == "__main__":
    main()
