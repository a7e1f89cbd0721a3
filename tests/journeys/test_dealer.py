"""Dealers on the local cloud: a proposal is at its bank once, whoever is killed, and is followed to its payment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from lastro.kernel.documents import Cpf
from sandbox.cloud.background import RunningCloud
from sandbox.demo.dealer import BANKS, hand_in, propose, register, simulate
from tests.journeys.documents import spell_documents
from tests.journeys.patience import LONGEST
from tests.journeys.test_negativations import kill
from tests.public_client import Dealer, make_every_call

pytestmark = pytest.mark.journey

WORKER = "work_proposal"
BUYERS = spell_documents(Cpf, "731", 6)


@pytest.fixture
def api(cloud: RunningCloud) -> Iterator[httpx.Client]:
    httpx.delete(f"{cloud.sandbox_url}/scripts").raise_for_status()
    for code in BANKS:
        script = {"rules": [{"minimum_down_payment": None, "suggested_down_payment": None}]}
        httpx.put(f"{cloud.sandbox_url}/banks/{code}/script", json=script).raise_for_status()
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as client:
        yield client
    httpx.delete(f"{cloud.sandbox_url}/scripts").raise_for_status()


def tell(cloud: RunningCloud, bank: str, **story: Any) -> None:
    httpx.put(f"{cloud.sandbox_url}/banks/{bank}/proposal_script", json={"rules": [story]}).raise_for_status()


def entries(cloud: RunningCloud, bank: str, number: str) -> list[dict[str, Any]]:
    ledger = httpx.get(f"{cloud.sandbox_url}/banks/{bank}/proposals").raise_for_status().json()["proposals"]
    return [each for each in ledger if each["number"] == number]


def count(cloud: RunningCloud, bank: str) -> int:
    return len(httpx.get(f"{cloud.sandbox_url}/banks/{bank}/proposals").raise_for_status().json()["proposals"])


def open_proposal(cloud: RunningCloud, api: httpx.Client, *banks: str) -> dict[str, Any]:
    document = cloud.credentials["lead_cpf"]
    simulation = simulate(api, document)
    offers = [each["id"] for each in simulation["conditions"] if each["bank"]["febraban_code"] in banks]
    return propose(api, register(api, document)["id"], simulation["uuid"], offers)


def wait(
    cloud: RunningCloud, api: httpx.Client, proposal_id: int, done: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """Read the proposal until it is as wanted, the sweep's button pressed at every look."""
    deadline = time.monotonic() + LONGEST
    while True:
        found: dict[str, Any] = api.get(f"/api/v1/proposals/{proposal_id}").raise_for_status().json()["proposal"]
        if done(found):
            return found
        assert time.monotonic() < deadline, f"the proposal stands at {found['state']}"
        assert httpx.post(f"{cloud.sandbox_url}/schedules/sync_proposals/run").status_code == 200
        time.sleep(0.2)


def test_a_refused_attempt_a_counter_offer_documents_and_the_payment(cloud: RunningCloud, api: httpx.Client) -> None:
    tell(cloud, "341", steps=["in_analysis", "refused"], telling="twice")
    tell(cloud, "422", steps=["pending_documents", "counter_offer", "formalised", "paid"])
    made = open_proposal(cloud, api, "341", "422")

    waiting = wait(cloud, api, made["id"], lambda seen: seen["state"] == "pending_documents")
    assert waiting["proposal_attempt"]["pending_documents"] == ["identity", "income"]
    for kind in ("identity", "income"):
        hand_in(api, made["id"], kind)
    paid = wait(cloud, api, made["id"], lambda seen: seen["state"] == "paid")

    states = [(each["bank"]["febraban_code"], each["state"]) for each in paid["proposal_attempts"]]
    assert sorted(states) == [("341", "refused"), ("422", "approved_with_another_condition"), ("422", "paid")]
    [entry] = entries(cloud, "422", paid["proposal_attempt"]["bank_proposal_identifier"])
    assert entry["documents"] == ["identity", "income"]
    assert entry["told"] > 0


@pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])
def test_the_public_client_makes_every_call(cloud: RunningCloud, api: httpx.Client, later: bool) -> None:
    def settle(uuid: str) -> None:
        deadline = time.monotonic() + LONGEST
        while api.get(f"/api/v1/banks_api/simulations/{uuid}").raise_for_status().json()["data"]["pending"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)

    document = next(BUYERS)
    shop = cloud.credentials
    dealer = Dealer(document, shop["store_id"], "11.222.333/0001-81", settle)
    make_every_call(cloud.base_url, shop["api_key"], dealer, later=later)


@pytest.mark.parametrize("telling", ["reversed", "never"])
def test_whoever_is_killed_the_bank_has_it_once(cloud: RunningCloud, api: httpx.Client, telling: str) -> None:
    tell(cloud, "341", steps=["in_analysis", "approved", "formalised", "paid"], telling=telling, delay_ms=200)
    before = count(cloud, "341")
    killed = 0
    made = open_proposal(cloud, api, "341")
    begun = time.monotonic()
    while killed < 3 and time.monotonic() < begun + (10 if killed else LONGEST):
        killed += kill(cloud, WORKER)
        time.sleep(0.05)
    assert killed

    paid = wait(cloud, api, made["id"], lambda seen: seen["state"] == "paid")

    assert count(cloud, "341") == before + 1
    assert len(entries(cloud, "341", paid["proposal_attempt"]["bank_proposal_identifier"])) == 1
