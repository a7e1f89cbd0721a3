"""The model of ``bench.scale`` against the local cloud at small sizes: `python -m bench.scale_check`.

Simulations of sixty are posted together at banks slow enough that waiting, not this machine's processor, decides. The
model says how long until all are final from the batches that each bank's event source works at once.
"""

import time
from typing import Any

import httpx

from bench.loads.purchase import BANKS, bank_script, purchase
from bench.measuring.cloud import open_cloud
from bench.measuring.figures import print_result
from bench.measuring.machine import describe_machine
from bench.scale import Load, drain_seconds
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.settings import STACK

BANK_SECONDS = 6.0
SIZES = (1, 2, 6)
"""Simulations at once, whose batches leave room in their last wave: of several that are posted together the local AWS's
poller takes parts, and a part more than a wave holds would be a wave of its own."""
POLL_SECONDS = 0.2
LONGEST_SECONDS = 120.0
WITHIN = 0.35
"""Part of the model's figure by which the local cloud may differ: its poller looks once a second."""


def slots(cloud: RunningCloud) -> int:
    """Batches of one bank's conditions that its deployed event source works at once; it is the same for every bank."""
    url = f"{cloud.aws_endpoint_url}/2015-03-31/event-source-mappings/"
    found = httpx.get(url).raise_for_status().json()["EventSourceMappings"]
    mine = [each for each in found if each["FunctionArn"].endswith(f"{STACK}-process_condition")]
    [limit] = {each["ScalingConfig"]["MaximumConcurrency"] for each in mine}
    return int(limit)


def drain(cloud: RunningCloud, simulations: int) -> float:
    """Seconds from the last POST's return until all are final. RuntimeError when some never are."""
    body = purchase(cloud.credentials["lead_cpf"], suggestions=False)
    path = "/api/v1/banks_api/simulations"
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=60) as api:
        waiting = [api.post(path, json=body).raise_for_status().json()["data"]["uuid"] for _ in range(simulations)]
        started = time.perf_counter()
        while waiting:
            seen = time.perf_counter() - started
            if seen > LONGEST_SECONDS:
                raise RuntimeError(f"{len(waiting)} simulations are not final after {seen:.0f} s")
            time.sleep(POLL_SECONDS)
            answer = api.get(f"{path}/{waiting[-1]}").raise_for_status().json()["data"]
            if answer["pending"] == 0:
                waiting.pop()
        return time.perf_counter() - started


def run(cloud: RunningCloud) -> dict[str, Any]:
    at_once = slots(cloud)
    load = Load(simulations_per_second=1.0, bank_seconds=BANK_SECONDS)
    with httpx.Client(base_url=cloud.sandbox_url) as sandbox:
        for bank in BANKS:
            script = bank_script(int(BANK_SECONDS * 1000), suggestions=False)
            sandbox.put(f"/banks/{bank}/script", json=script).raise_for_status()
        drain(cloud, SIZES[-1])  # starts the workers
        sizes = []
        for simulations in SIZES:
            modelled, measured = drain_seconds(load, simulations, at_once), drain(cloud, simulations)
            sizes.append(
                {
                    "simulations": simulations,
                    "modelled_seconds": round(modelled, 2),
                    "measured_seconds": round(measured, 2),
                    "ratio": round(measured / modelled, 3),
                }
            )
        sandbox.delete("/scripts").raise_for_status()
    worst = max(abs(each["ratio"] - 1) for each in sizes)
    return {
        "benchmark": "scale_check",
        "machine": describe_machine(),
        "batches_of_a_bank_at_once": at_once,
        "bank_seconds": BANK_SECONDS,
        "sizes": sizes,
        "targets": {"differs_by": {"target": WITHIN, "worst": round(worst, 3), "met": worst <= WITHIN}},
    }


def main() -> None:
    with open_cloud() as cloud:
        print_result(run(cloud))


if __name__ == "__main__":
    main()
