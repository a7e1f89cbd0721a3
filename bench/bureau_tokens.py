"""What expiring tokens cost inquiries: `python -m bench.bureau_tokens`.

Two hundred inquiries, two dozen at a time, each of another document, run against the Serasa-like sandbox while its
tokens are made worthless again and again. Counted are the logins that reached the bureau, the inquiries that failed,
and how long they took beside the same number without an expiry. Then two hundred functions at once meet one expiry
(``token_stampede.py``).
"""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from typing import Any

import httpx

from bench.loads.token_stampede import storm
from bench.measuring.cloud import open_cloud
from bench.measuring.figures import print_result
from bench.measuring.machine import describe_machine
from lastro.kernel.documents import Cnpj, Cpf, InvalidDocument
from sandbox.cloud.background import RunningCloud

INQUIRIES = 200
CALLERS = 24
EXPIRIES = 5
BUREAU = "serasa"

_INTEGRATION = {
    "provider": BUREAU,
    "environment": "homologation",
    "fields": {
        "client_id": "bench",
        "client_secret": "segredo-de-bench",
        "reports": ["RELATORIO_BASICO_PF_PME"],
    },
}


class Desk:
    """A partner with one branch and its integration."""

    def __init__(self, cloud: RunningCloud) -> None:
        limits = httpx.Limits(max_connections=CALLERS, max_keepalive_connections=CALLERS)
        self._api = httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=60, limits=limits)
        self._sandbox = httpx.Client(base_url=cloud.sandbox_url, timeout=60)
        branch = {"branch": {"name": "Bench", "cnpj": next(_spell(Cnpj, f"BENCH{time.time_ns() % 10**5:05d}", 2))}}
        self._branch_id = self._post("/api/v1/branches", branch)["id"]
        integration = {"bureau_integration": {**_INTEGRATION, "branch_id": self._branch_id}}
        self.integration_id: int = self._post("/api/v1/bureau_integrations", integration)["id"]

    def close(self) -> None:
        self._api.close()
        self._sandbox.close()

    def inquire(self, document: str) -> tuple[str, float]:
        """Status and milliseconds of one inquiry; of one that was refused the HTTP status."""
        asked = {"document": document, "purpose": "credit_analysis", "requested_by": "bench"}
        started = time.perf_counter()
        body = {"bureau_inquiry": {**asked, "branch_id": self._branch_id}}
        answer = self._api.post("/api/v1/bureau_inquiries", json=body)
        status = answer.json()["data"]["status"] if answer.is_success else str(answer.status_code)
        return status, (time.perf_counter() - started) * 1000

    def count_logins(self) -> int:
        return len(self._sandbox.get(f"/bureaus/{BUREAU}/ledger").raise_for_status().json()["logins"])

    def expire_tokens(self) -> None:
        self._sandbox.post(f"/bureaus/{BUREAU}/expire_tokens").raise_for_status()

    def _post(self, path: str, body: Any) -> dict[str, Any]:
        data: dict[str, Any] = self._api.post(path, json=body).raise_for_status().json()["data"]
        return data


def run(cloud: RunningCloud) -> dict[str, Any]:
    """Figures with and without expiries. HTTPStatusError when there is no integration to ask with."""
    desk = Desk(cloud)
    try:
        documents = _spell(Cpf, f"{time.time_ns() % 10**4:04d}", 5)
        _ask_all(desk, list(islice(documents, CALLERS)), 0)  # starts the functions and buys the first token
        calm = _ask_all(desk, list(islice(documents, INQUIRIES)), 0)
        stormy = _ask_all(desk, list(islice(documents, INQUIRIES)), EXPIRIES)
        desk.expire_tokens()
        before = desk.count_logins()
        at_once = storm(cloud, desk.integration_id, INQUIRIES, documents)
        at_once["logins"] = desk.count_logins() - before
    finally:
        desk.close()
    errors = calm["errors"] + stormy["errors"] + at_once["errors"]
    return {
        "benchmark": "bureau_tokens",
        "machine": describe_machine(),
        "inquiries": INQUIRIES,
        "callers": CALLERS,
        "without_expiry": calm,
        "with_expiries": stormy,
        "all_at_once": at_once,
        "targets": {
            "errors": {"target": 0, "found": errors, "met": errors == 0},
            "logins": {"target": EXPIRIES, "found": stormy["logins"], "met": stormy["logins"] <= EXPIRIES},
            "logins_without_expiry": {"target": 0, "found": calm["logins"], "met": calm["logins"] == 0},
            "logins_all_at_once": {"target": 1, "found": at_once["logins"], "met": at_once["logins"] <= 1},
        },
    }


def _ask_all(desk: Desk, documents: list[str], expiries: int) -> dict[str, Any]:
    """Ask for all documents, expiring every token at even distances on the way."""
    before = desk.count_logins()
    moments = {len(documents) * number // (expiries + 1) for number in range(1, expiries + 1)}
    found: list[tuple[str, float]] = []
    with ThreadPoolExecutor(CALLERS) as pool:
        for position, outcome in enumerate(pool.map(desk.inquire, documents)):
            if position in moments:
                desk.expire_tokens()
            found.append(outcome)
    times = sorted(elapsed for _, elapsed in found)
    return {
        "expiries": expiries,
        "logins": desk.count_logins() - before,
        "errors": sum(status != "done" for status, _ in found),
        "statuses": dict(Counter(status for status, _ in found)),
        "median_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[len(times) * 95 // 100], 1),
        "worst_ms": round(times[-1], 1),
    }


def _spell(kind: type[Cpf] | type[Cnpj], base: str, width: int) -> Iterator[str]:
    """Valid documents that begin with ``base``, each once."""
    for number in count():
        body = f"{base}{number:0{width}d}"
        yield next(text for text in (f"{body}{check:02d}" for check in range(100)) if _is_valid(kind, text))


def _is_valid(kind: type[Cpf] | type[Cnpj], text: str) -> bool:
    try:
        kind(text)
    except InvalidDocument:
        return False
    return True


def main() -> None:
    with open_cloud() as cloud:
        print_result(run(cloud))


if __name__ == "__main__":
    main()
