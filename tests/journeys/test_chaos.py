"""Everything goes wrong at once, and nothing is lost or done twice.

``make chaos`` runs twenty rounds of each from a seed of its own; the suite runs one of two, always the same. A round
tells its seed: ``make chaos LASTRO_CHAOS_ROUNDS=1 LASTRO_CHAOS_SEED=...`` does the same harms again, in the same order
and at the same moments after its start.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import pytest

from lastro.bureaus.providers.catalogue import BUREAUS
from sandbox.cloud.background import RunningCloud
from sandbox.demo import caas_requests as bodies
from tests.journeys.caas_partner import Borrower, CaasPartner
from tests.journeys.disturbance import FrontDoor, Trouble, explain_dead_letters, insist, let_payouts_settle
from tests.journeys.partner import BANKS, Partner
from tests.journeys.patience import LONGEST
from tests.journeys.rounds import OF_BUREAUS, SEED, SHORT, Draw, every_round, spoil, treat_receiver
from tests.journeys.test_bureaus import CPFS, REPORTS, Desk

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("no_scripts")]

PAYOUTS = ["ok", "slow", "timeout_after_effect", "key_in_use", "listed_late", *([] if SHORT else ["late_success"])]


# simulations --------------------------------------------------------------------------------------------------------


def treatment_of(draw: Draw) -> list[dict[str, Any]]:
    """How a bank treats a round: quickly or slowly, and now and then it is down or silent after the effect first."""
    usual: dict[str, Any] = {
        "when": {},
        "minimum_down_payment": draw.choice([None, 1_000_000]),
        "suggested_down_payment": draw.choice([None, 2_000_000]),
        "delay_ms": draw.randrange(400 if SHORT else draw.choice([400, 4_000])),
    }
    odd = {"when": {}, "outcome": draw.choice(["unstable", "timeout_after_effect"]), "times": draw.randint(1, 2)}
    return [odd, usual] if draw.random() < 0.4 else [usual]


@every_round
def test_every_condition_ends_once_whatever_dies(cloud: RunningCloud, door: FrontDoor, number: int) -> None:
    draw = Draw(seed := SEED + number)
    partner = Partner(cloud)
    door.lead(partner.api)
    for bank in BANKS:
        partner.script(bank, *treatment_of(draw))
    spoilt = [f"/banks/{bank}/" for bank in draw.sample(BANKS, 2)]
    receiver = f"{cloud.sandbox_url}/callbacks/{uuid4().hex}"
    if not SHORT:
        treat_receiver(cloud, draw, receiver.rpartition("/")[2])
        spoilt.append(httpx.URL(receiver).path)
    spoil(cloud, draw, *spoilt)
    before = {bank: len(partner.effects(bank)) for bank in BANKS}
    victims = ("process_condition", "create_simulation", "get_simulation", "sync_status", "deliver_notice")
    trouble = Trouble(cloud, door, seed, victims, ("process_condition",), thorough=not SHORT)
    # Of more than ten conditions of a bank two share a message.
    most = [(11, 20) if not SHORT and draw.random() < 0.5 else (1, 3), (1, 3), (1, 3)]
    wanted = [partner.body(draw.sample(range(12, 61), draw.randint(*each))) for each in most]
    for body in wanted:
        body["simulation"]["webhook_url"] = receiver
    print("seed:", seed, "terms:", [len(body["simulation"]["conditions"]) for body in wanted])
    with trouble.running():
        posted = [post(partner, body, f"chaos-{seed}-{number}") for number, body in enumerate(wanted)]
    print(*trouble.log, sep="\n")
    partner = Partner(cloud)
    ended = [partner.wait(uuid, sweeping=True) for uuid in posted]

    assert len(set(posted)) == 3
    assert [post(partner, body, f"chaos-{seed}-{number}") for number, body in enumerate(wanted)] == posted
    asked: Counter[tuple[str, int, int]] = Counter()
    offered: Counter[tuple[str, int, int]] = Counter()
    for simulation, body in zip(ended, wanted, strict=True):
        originals = [one for one in simulation["conditions"] if one["suggestion_reason"] is None]
        assert len(originals) == len(BANKS) * len(body["simulation"]["conditions"])
        for one in simulation["conditions"]:
            assert one["process_task"]["ended_at"]
            name = (one["bank"]["febraban_code"], one["installments"], one["down_payment"])
            asked[name] += 1
            offered[name] += one["available"]
    done = Counter(
        (bank, one["installments"], one["down_payment"])
        for bank in BANKS
        for one in partner.effects(bank)[before[bank] :]
    )
    assert not done - asked, "a bank was asked the same twice"
    assert not offered - done, "an offer is shown that no bank made"
    names = {*posted, *wait_for_notices(cloud, receiver, posted)}
    for letter in explain_dead_letters(cloud):
        assert any(name in letter for name in names), letter


def wait_for_notices(cloud: RunningCloud, receiver: str, posted: list[str]) -> set[str]:
    """Until each simulation was told, under one id however often, and told final; the ids."""
    deadline = time.monotonic() + LONGEST
    while True:
        told: dict[str, set[str]] = {uuid: set() for uuid in posted}
        for notice in httpx.get(receiver).json()["notices"]:
            simulation = notice["body"]["simulation"]
            assert simulation["pending"] == 0
            told[simulation["uuid"]].add(notice["headers"]["webhook-id"])
        if all(told.values()):
            break
        assert time.monotonic() < deadline, told
        assert httpx.post(f"{cloud.sandbox_url}/schedules/sync_deliveries/run", timeout=LONGEST).status_code == 200
        time.sleep(0.5)
    assert all(len(ids) == 1 for ids in told.values()), told
    return set().union(*told.values())


def post(partner: Partner, body: dict[str, Any], key: str) -> str:
    headers = {"Idempotency-Key": key}
    answer = insist(lambda: partner.api.post("/api/v1/banks_api/simulations", json=body, headers=headers))
    assert answer.status_code == 200, answer.text
    uuid: str = answer.json()["data"]["uuid"]
    return uuid


# inquiries at bureaus -----------------------------------------------------------------------------------------------


def manner_of(draw: Draw) -> list[dict[str, Any]]:
    """How a bureau treats a round: slowly, and with a few it is silent after the effect, or done only later."""
    odd = [{"outcome": draw.choice(["timeout_after_effect", "pending"]), "times": 1} for _ in range(draw.randint(0, 2))]
    return [*odd, {"delay_ms": draw.randrange(2_500)}]


@pytest.mark.skipif(SHORT, reason="an inquiry that lost its process is looked after a minute later")
@every_round
def test_every_inquiry_is_made_once_whatever_dies(cloud: RunningCloud, door: FrontDoor, number: int) -> None:
    draw = Draw(seed := SEED + number)
    desk = Desk(cloud)
    provider = draw.choice(list(BUREAUS))
    branch_id = desk.open_branch(provider)
    rules = manner_of(draw)
    assert desk.sandbox.put(f"/bureaus/{provider}/script", json={"rules": rules}).is_success
    spoil(cloud, draw, f"/bureaus/{provider}/", kinds=OF_BUREAUS)
    documents = [next(CPFS) for _ in range(6)]
    later = [draw.random() < 0.5 for _ in documents]
    victims = ("create_bureau_inquiry", "process_inquiry", "get_bureau_inquiry", "sync_inquiries")
    trouble = Trouble(cloud, door, seed, victims, ("process_inquiry",))
    print("seed:", seed, "bureau:", provider, "manner:", json.dumps(rules))

    def ask(place: int) -> str:
        headers = {"Idempotency-Key": f"chaos-{seed}-{place}"} | ({"Prefer": "respond-async"} if later[place] else {})
        report = REPORTS.get(provider)
        answer = insist(lambda: desk.inquire(branch_id, documents[place], headers=headers, report=report))
        assert answer.status_code in (201, 202), answer.text
        return str(answer.json()["data"]["id"])

    door.lead(desk.api)
    with trouble.running():
        asked = [ask(place) for place in range(len(documents))]
    print(*trouble.log, sep="\n")
    desk = Desk(cloud)
    ended = [wait_for_inquiry(desk, inquiry_id) for inquiry_id in asked]
    assert [ask(place) for place in range(len(documents))] == asked
    calls = desk.sandbox.get(f"/bureaus/{provider}/ledger").json()["calls"]
    made = Counter(call["document"] for call in calls if call["operation"] == "inquiry")
    print("inquiries:", [(one["status"], made[document]) for one, document in zip(ended, documents, strict=True)])
    for inquiry, document in zip(ended, documents, strict=True):
        assert made[document] <= 1, "a bureau was asked the same twice"
        assert made[document] == 1 or inquiry["status"] != "done"
    for letter in explain_dead_letters(cloud):
        assert any(inquiry_id in letter for inquiry_id in asked), letter


def wait_for_inquiry(desk: Desk, inquiry_id: str) -> dict[str, Any]:
    """Look until it ended, pressing the sweep's button at every look."""
    deadline = time.monotonic() + LONGEST
    while (inquiry := desk.read(inquiry_id))["status"] in ("queued", "asking"):
        assert time.monotonic() < deadline, inquiry
        desk.run_schedule("sync_inquiries")
        time.sleep(1)
    return inquiry


# the CaaS journey ---------------------------------------------------------------------------------------------------


@every_round
def test_every_signed_contract_is_paid_once_whatever_dies(cloud: RunningCloud, door: FrontDoor, number: int) -> None:
    draw = Draw(seed := SEED + number)
    partner = CaasPartner(cloud)
    receiver = partner.listen()
    people = [partner.with_documents_owed() for _ in range(2)]
    outcomes = [draw.choice(PAYOUTS) for _ in people]
    partner.script_payouts(
        *({"when": {"csn": person.csn}, "outcome": name} for person, name in zip(people, outcomes, strict=True))
    )
    if not SHORT:
        treat_receiver(cloud, draw, receiver)
    spoil(cloud, draw, "/payouts/v1/", f"/callbacks/{receiver}")
    victims = ("put_document", "analyze", "generate_contract", "sign_contract", "disburse", "deliver_notice")
    trouble = Trouble(
        cloud, door, seed, victims, ("generate_contract", "disburse", "deliver_notice"), thorough=not SHORT
    )
    print("seed:", seed, "payer:", outcomes)
    door.lead(partner.http)
    with trouble.running():
        checksums = [take_to_signature(partner, person) for person in people]
    print(*trouble.log, sep="\n")
    print("payouts that settle:", let_payouts_settle(cloud))
    partner = CaasPartner(cloud)
    for person, checksum in zip(people, checksums, strict=True):
        partner.wait(person.csn, "LIBERADO", sweeping=True)
        [payout] = partner.payouts(person.csn)
        assert payout["value"] == 10_000_00
        events = Counter(partner.events(person.csn))
        assert {name: events[name] for name in ("contract_generated", "signed", "disbursed")} == {
            "contract_generated": 1,
            "signed": 1,
            "disbursed": 1,
        }
        assert partner.contract(person.csn)[0] == checksum
        signed = partner.wait_for_seal(person.csn, sweeping=True)
        assert signed["acceptedCheckSum"] == [checksum]
        partner.until(partial(is_told, partner, receiver, person), sweeping=True, pause=1)
    for letter in explain_dead_letters(cloud):
        assert any(person.csn in letter or person.process_id in letter for person in people), letter


def take_to_signature(partner: CaasPartner, person: Borrower) -> str:
    """The documents, the contract as it comes, and its signature; every call again until it is answered."""
    for kind in bodies.DOCUMENTS:
        path = f"/v2/process/document/{person.process_id}"
        answer = insist(partial(partner.send, "PUT", path, bodies.document(kind)))
        assert answer.is_success or answer.status_code == 409, answer.text

    def is_drawn() -> bool:
        found = insist(partial(partner.send, "GET", f"/v2.1/proposals/{person.csn}"))
        assert found.is_success, found.text
        return bool(found.json()["hasContracts"])

    partner.until(is_drawn, sweeping=True, pause=0.5)
    [contract] = insist(partial(partner.send, "GET", f"/v2.1/contract/{person.csn}")).json()["contracts"]
    checksum: str = contract["checksum"]
    answer = insist(lambda: partner.sign(person.csn, checksum))
    assert answer.status_code == 200, answer.text
    return checksum


def is_told(partner: CaasPartner, receiver: str, person: Borrower) -> bool:
    """Whether the receiver heard of the money."""
    return any(
        proposal["lastStatus"] == "LIBERADO"
        for notice in partner.notices(receiver, person)
        for proposal in notice["body"]["proposals"]
    )
