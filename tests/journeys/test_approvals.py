"""Approvals on the local cloud: a rule, a reservation that it refuses, and two who decide on it at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import httpx
import pytest

from sandbox.cloud.background import RunningCloud
from sandbox.demo.approvals import RULE, SALE, find_buyer, make_flow
from tests.journeys.patience import LONGEST

pytestmark = pytest.mark.journey

NUMBERS = count(1)
AUTHORITIES = {"bia.jornada": (1, "99"), "caio.jornada": (2, "90"), "dora.jornada": (2, "90")}


@pytest.fixture
def api(cloud: RunningCloud) -> Iterator[httpx.Client]:
    """The partner's, with everybody who approves."""
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as client:
        for name, (rank, percent) in AUTHORITIES.items():
            limits = {"rank": rank, "minimum_percent": percent, "without_bureau_report": True}
            answer = client.put(f"/api/v1/approval_authorities/{name}", json={"authority": limits})
            assert answer.status_code == 200, answer.text
        yield client


def post(api: httpx.Client, path: str, body: dict[str, Any], status: int = 201) -> Any:
    answer = api.post(path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_refused_flow_is_decided_once_by_the_next_authority(api: httpx.Client) -> None:
    sale = {**SALE, "development": f"Jornada {next(NUMBERS)}"}
    rule = post(api, "/api/v1/approval_rules", {"approval_rule": {**RULE, **sale}})["approval_rule"]
    buyer = find_buyer(api)
    asked = {**sale, "approval_rule_id": rule["id"], "customer_id": buyer, "unit": "101", "requested_by": "ana.jornada"}

    met = post(api, "/api/v1/reservations", {"reservation": {**asked, "flow": make_flow(5_000_000)}})["reservation"]
    assert [cycle["approved"] for cycle in met["evaluation"]["cycles"]] == [True, True, True]
    assert (met["state"], met["rank"]) == ("awaiting_decision", 1)

    dearer = {**asked, "unit": "102", "flow": make_flow(4_800_000)}
    made = post(api, "/api/v1/reservations", {"reservation": dearer})["reservation"]
    assert (made["evaluation"]["approved"], made["state"], made["rank"]) == (False, "awaiting_decision", 2)
    [move] = made["evaluation"]["smallest_change"]
    assert (move["to_cycle"], move["amount_cents"]) == (1, 200_000)
    changed = make_flow(4_800_000 + move["amount_cents"])
    evaluated = post(api, f"/api/v1/approval_rules/{rule['id']}/evaluate", {"flow": changed}, 200)["evaluation"]
    assert evaluated["approved"] is True

    waiting = api.get("/api/v1/reservations", params={"authority": "caio.jornada", "per_page": 100}).json()
    assert made["id"] in [row["id"] for row in waiting["reservations"]]
    path = f"/api/v1/reservations/{made['id']}/decision"

    def decide(name: str) -> httpx.Response:
        return api.post(
            path, json={"decision": {"verdict": "approve", "decided_by": name, "justification": "Combinado"}}
        )

    assert decide("ana.jornada").status_code == 403
    assert decide("bia.jornada").status_code == 403
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, ("caio.jornada", "dora.jornada")))
    assert sorted(answer.status_code for answer in answers) == [200, 409]

    listed = api.get("/api/v1/reservations", params={"customer_id": buyer, "per_page": 100}).json()["reservations"]
    states = {row["id"]: row["state"] for row in listed}
    assert (states[met["id"]], states[made["id"]]) == ("awaiting_decision", "approved")
    shown = api.get(f"/api/v1/reservations/{made['id']}").json()["reservation"]
    assert len(shown["history"]) == 1
    assert shown["evaluation"] == made["evaluation"]
