"""Everything goes wrong at once where law or a bank's contract is at stake: collections with their listings, proposals.

Rounds of ``make chaos`` alone: what waits for a lease takes minutes. In the suite ``test_negativations.py`` and
``test_dealer.py`` kill the same workers at moments that are always the same.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from lastro.kernel.calendar import local_date
from lastro.negativations.listings.working.claiming import LEASE
from sandbox.cloud.background import RunningCloud
from sandbox.demo import dealer
from sandbox.demo.creditor import Owed
from tests.journeys import test_dealer as dealers
from tests.journeys.disturbance import FrontDoor, Trouble, explain_dead_letters, insist
from tests.journeys.patience import LONGEST
from tests.journeys.rounds import OF_BUREAUS, SEED, SHORT, Draw, every_round, spoil, treat_receiver
from tests.journeys.test_negativations import CNPJS, ENDED, Collector, impatient

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("no_scripts"),
    pytest.mark.skipif(SHORT, reason="what waits for a lease takes minutes"),
]


# a collection and its listings --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Insistent(Collector):
    """Asks again whatever is not answered, with the same key."""

    def call(self, method: str, path: str, body: object = None, **options: Any) -> Any:
        headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        answer = insist(lambda: self.api.request(method, path, json=body, headers=headers, **options))
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def start_day(self, business_date: date) -> dict[str, int]:
        """Until the schedule ran whole: its process may be killed, too."""
        body = {"business_date": business_date.isoformat()}
        url = f"{self.cloud.sandbox_url}/schedules/run_collection/run"
        answer = insist(lambda: httpx.post(url, json=body, timeout=LONGEST))
        assert answer.status_code == 200, answer.text
        counts: dict[str, int] = answer.json()["result"]
        return counts

    def is_settled(self, debt: Owed) -> bool:
        """Whether nothing of a debt is owed to anybody any more: it stands, was paid and is down, or is a doubt that
        only the bureau or a person may end.
        """
        found = self.listings(self.branch_id, boleto_id=self.boletos()[debt.number]["id"])
        paid = self.boletos()[debt.number]["status"] == "settled"
        wanted = ENDED if paid else ("notificada", "ativa")
        return all(each["status"] in wanted or self.is_in_doubt(each) for each in found) and bool(found or paid)

    def is_in_doubt(self, listing: dict[str, Any]) -> bool:
        """Whether the inclusion's process died before the bureau heard of it, which nobody here can know: it is never
        sent again, shown as critical, and a removal waits a day for the bureau's word.
        """
        if listing["status"] not in ("enviada", "baixa_pendente") or self.acts(listing["contract_number"]):
            return False
        seen = self.read(listing["id"])
        [sent] = seen["attempts"]
        gone = datetime.fromisoformat(sent["sent_at"]) + LEASE < datetime.now(UTC)
        return gone and seen["critical"] and (sent["in_doubt"] or seen["removal"] is not None)

    def boletos(self) -> dict[str, dict[str, Any]]:
        query = {"branch_id": str(self.branch_id), "per_page": "100"}
        rows = self.call("GET", "/api/v1/boletos", params=query)["data"]
        return {row["contract_number"]: row for row in rows}


@every_round
def test_every_debt_is_listed_and_taken_down_once_whatever_dies(
    cloud: RunningCloud, door: FrontDoor, number: int
) -> None:
    draw = Draw(seed := SEED + number)
    today = local_date(datetime.now(UTC))
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:
        opened = Insistent(cloud, api, LONGEST)
        collector = replace(opened, branch_id=opened.open_branch(next(CNPJS)))
        collector.collect(collector.branch_id)
        debts = collector.owe(6, today - timedelta(days=60))
        boletos = collector.add_boletos(debts)
        words = [
            {
                "when": {"operation": operation},
                "word": draw.choice(["ok", "early", "twice"]),
                "delay_ms": draw.randrange(600),
                "word_delay_ms": draw.randrange(1500),
            }
            for operation in ("include", "remove")
        ]
        odd = {"when": {"operation": draw.choice(["include", "remove", "login"])}, "times": draw.randint(1, 2)}
        collector.treat({**odd, "outcome": draw.choice(["spike_arrest", "timeout_after_effect"])}, *words)
        spoil(cloud, draw, "/bureaus/serasa/", kinds=OF_BUREAUS)
        working = ("run_collection", "work_collection", "process_negativation", "receive_bureau_event")
        victims = (*working, "settle_boleto", "sync_negativations", "sync_collection")
        trouble = Trouble(cloud, door, seed, victims, ("work_collection", "process_negativation"))
        paid = draw.sample(debts, 2)
        print("seed:", seed, "words:", json.dumps(words))
        door.lead(api)
        with impatient(cloud, "collections", "listings"), trouble.running():
            collector.start_day(today)
            for debt in paid:
                time.sleep(draw.uniform(0, 4))
                collector.settle(boletos[debt.number], debt.cents, today)
        print(*trouble.log, sep="\n")
        with impatient(cloud, "collections", "listings"):
            collector.start_day(today)
            deadline = time.monotonic() + LONGEST
            while not all(collector.is_settled(debt) for debt in debts):
                assert time.monotonic() < deadline, collector.listings(collector.branch_id)
                collector.sweep()
                assert collector.sandbox("POST", "/schedules/sync_collection/run").is_success
                time.sleep(1)
            run = collector.until(
                lambda: collector.find_run(collector.branch_id, today), lambda seen: seen["status"] == "finished"
            )
        check_listings(collector, debts, run)
        names = [f'"branch_id":{collector.branch_id}', *boletos.values()]
        names += [each["id"] for each in collector.listings(collector.branch_id)]
        for letter in explain_dead_letters(cloud):
            assert any(name in letter for name in names), letter


def check_listings(collector: Insistent, debts: list[Owed], run: dict[str, Any]) -> None:
    """Our listings and the bureau's ledger say the same; the day's run counts each debt once."""
    listings = collector.listings(collector.branch_id)
    assert len({each["boleto_id"] for each in listings}) == len(listings)
    assert run["listed"] == len(listings), run
    assert run["cost_cents"] == 350 * len(listings)
    known = {each["contract_number"]: each["status"] for each in listings}
    for debt in debts:
        acts = Counter(collector.acts(debt.number))
        assert acts["include"] <= 1, "a bureau was asked to list the same twice"
        assert acts["remove"] <= 1, "a bureau was asked to take down the same twice"
        stands = acts["include"] > acts["remove"]
        assert stands == (known.get(debt.number) in ("notificada", "ativa")), (debt.number, acts, known)
    collector.check_acts()


# proposals of dealers -----------------------------------------------------------------------------------------------

WAYS = (
    ["in_analysis", "approved", "formalised", "paid"],
    ["pending_documents", "counter_offer", "formalised", "paid"],
    ["in_analysis", "approved", "cancelled"],
)


def story(draw: Draw, steps: list[str]) -> list[dict[str, Any]]:
    """How a bank treats proposals: now and then it is down or silent after the effect, then it is itself again."""
    usual = {
        "steps": steps,
        "telling": draw.choice(["once", "twice", "reversed", "never"]),
        "sending": draw.choice(["answered", "answered", "timeout_after_effect"]),
        "delay_ms": draw.randrange(draw.choice([400, 4_000])),
    }
    return [{**usual, "sending": "unstable", "times": 1}, usual] if draw.random() < 0.4 else [usual]


@every_round
def test_every_proposal_is_at_its_bank_once_whatever_dies(cloud: RunningCloud, door: FrontDoor, number: int) -> None:
    draw = Draw(seed := SEED + number)
    loser, winner = draw.sample(sorted(dealer.BANKS), 2)
    rules = {loser: story(draw, ["in_analysis", "refused"]), winner: story(draw, draw.choice(WAYS))}
    document, receiver = cloud.credentials["lead_cpf"], uuid4().hex
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as api:
        for bank, told in rules.items():
            plain = {"rules": [{"minimum_down_payment": None, "suggested_down_payment": None}]}
            httpx.put(f"{cloud.sandbox_url}/banks/{bank}/script", json=plain).raise_for_status()
            body = {"rules": told}
            httpx.put(f"{cloud.sandbox_url}/banks/{bank}/proposal_script", json=body).raise_for_status()
        customer = dealer.register(api, document)["id"]
        simulations = [dealer.simulate(api, document) for _ in range(2)]
        before = {bank: dealers.count(cloud, bank) for bank in rules}
        treat_receiver(cloud, draw, receiver)
        spoil(cloud, draw, *(f"/banks/{bank}/" for bank in rules), f"/callbacks/{receiver}")
        victims = ("create_financing_proposal", "work_proposal", "receive_proposal_event", "sync_proposals")
        trouble = Trouble(cloud, door, seed, (*victims, "deliver_notice"), ("work_proposal", "deliver_notice"))
        print("seed:", seed, "stories:", json.dumps(rules))
        door.lead(api)
        url = f"{cloud.sandbox_url}/callbacks/{receiver}"
        with trouble.running():
            made = [
                propose(api, customer, simulation, url, f"chaos-{seed}-{place}")
                for place, simulation in enumerate(simulations)
            ]
        print(*trouble.log, sep="\n")
        ended = [follow(cloud, api, proposal["id"]) for proposal in made]
        again = [
            propose(api, customer, simulation, url, f"chaos-{seed}-{place}")
            for place, simulation in enumerate(simulations)
        ]
        assert [each["id"] for each in again] == [each["id"] for each in made]
        check_banks(cloud, ended, before)
        names = wait_for_word(cloud, receiver, ended) | {f'"proposal_id":{each["id"]}' for each in made}
        for letter in explain_dead_letters(cloud):
            assert any(name in letter for name in names), letter


def propose(api: httpx.Client, customer: int, simulation: dict[str, Any], url: str, key: str) -> dict[str, Any]:
    """A proposal for all offers of a simulation, told to a receiver."""
    store = insist(lambda: api.get("/api/v1/stores")).raise_for_status().json()["stores"][0]["id"]
    sellers = insist(lambda: api.get("/api/v1/users/proposals_filter_list", params={"store_id": store}))
    attempts = [
        {"simulation_condition_id": each["id"], "external_simulation_uuid": simulation["uuid"]}
        for each in simulation["conditions"]
    ]
    asked = {
        "customer_id": customer,
        "store_id": store,
        "seller_id": sellers.raise_for_status().json()["users"][0]["id"],
        "commercial": False,
        "several_banks": True,
        "proposal_attemps": attempts,
        "license_plate_code": "ABC1D23",
        "webhook_url": url,
    }
    headers = {"Idempotency-Key": key}
    answer = insist(lambda: api.post("/api/v1/proposals", json={"proposal": asked}, headers=headers))
    assert answer.is_success, answer.text
    made: dict[str, Any] = answer.json()["complete_proposal"]
    return made


def follow(cloud: RunningCloud, api: httpx.Client, proposal_id: int) -> dict[str, Any]:
    """Look until every attempt ended, handing in what a bank waits for."""
    deadline = time.monotonic() + LONGEST
    while True:
        found = insist(lambda: api.get(f"/api/v1/proposals/{proposal_id}")).raise_for_status().json()["proposal"]
        attempts = found["proposal_attempts"]
        if all(attempt["state"] in ENDS_OF_ATTEMPTS for attempt in attempts):
            return dict(found)
        assert time.monotonic() < deadline, [(each["bank"]["name"], each["state"]) for each in attempts]
        for kind in {kind for attempt in attempts for kind in attempt["pending_documents"] or ()}:
            dealer.hand_in(api, proposal_id, kind)
        answer = httpx.post(f"{cloud.sandbox_url}/schedules/sync_proposals/run", timeout=LONGEST)
        assert answer.status_code == 200, answer.text
        time.sleep(0.5)


ENDS_OF_ATTEMPTS = ("refused", "cancelled", "paid", "approved_with_another_condition")


def check_banks(cloud: RunningCloud, ended: list[dict[str, Any]], before: dict[str, int]) -> None:
    """Each attempt is at its bank once, and both say the same of it."""
    for bank, seen in before.items():
        ledger = httpx.get(f"{cloud.sandbox_url}/banks/{bank}/proposals").raise_for_status().json()["proposals"]
        entries = {each["number"]: each for each in ledger[seen:]}
        attempts = [
            attempt
            for proposal in ended
            for attempt in proposal["proposal_attempts"]
            if attempt["bank"]["febraban_code"] == bank and attempt["bank_proposal_identifier"]
        ]
        named = {attempt["bank_proposal_identifier"] for attempt in attempts}
        assert named == set(entries), "a bank holds a proposal that nobody made, or none that somebody did"
        assert len(ledger[seen:]) == len(ended) == len({each["idempotency_key"] for each in entries.values()})
        for attempt in attempts:
            if attempt["state"] != "approved_with_another_condition":
                assert attempt["state"] == entries[attempt["bank_proposal_identifier"]]["states"][-1]


def wait_for_word(cloud: RunningCloud, receiver: str, ended: list[dict[str, Any]]) -> set[str]:
    """Until the receiver was told where each proposal ended; the ids of all that it was told."""
    deadline = time.monotonic() + LONGEST
    while True:
        notices = httpx.get(f"{cloud.sandbox_url}/callbacks/{receiver}").json()["notices"]
        told = {(each["body"]["proposal"]["id"], each["body"]["proposal"]["state"]) for each in notices}
        if told >= {(proposal["id"], proposal["state"]) for proposal in ended}:
            return {each["headers"]["webhook-id"] for each in notices}
        assert time.monotonic() < deadline, told
        assert httpx.post(f"{cloud.sandbox_url}/schedules/sync_deliveries/run", timeout=LONGEST).status_code == 200
        time.sleep(1)
