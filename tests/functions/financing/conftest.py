"""Dealers over the API: shops with offers of the sandbox banks, a customer, and the queue of proposals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar

import pytest

from lastro.aws.clients import open_client
from lastro.financing import wiring as financing_wiring
from lastro.financing.proposals.views import ProposalAnswer
from lastro.simulations import wiring
from lastro.vendors.banks import http as bank_http
from tests.clock import START, MovableClock
from tests.functions.consumer import Consumer, Record
from tests.functions.emulation.process import REGION, TABLE, closing_clients, fresh_process
from tests.functions.emulation.resources import create_queue, create_table
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import Answer, Shop, call_function
from tests.functions.registered_shops import leave_sequences
from tests.functions.serving import LOCAL
from tests.functions.simulations.pipeline import Pipeline, conditions_at, open_bank_town

DELIVERIES, BUCKET = "deliveries", "documentos"
BANKS = ("341", "422")
"""Those that the shops have credentials at; each has a queue of its own."""
_KEYS = count(1)

Json = dict[str, Any]


@dataclass
class Dealer(Consumer):
    """What a store, its banks, the queue and the schedule do, as tests say it."""

    consumes: ClassVar[tuple[str, str]] = ("financing", "work_proposal")

    pipeline: Pipeline
    queue_urls: Mapping[str, str]
    shop: Shop
    customer_id: int
    simulation: Json
    seller_id: int

    @property
    def clock(self) -> MovableClock:
        return self.pipeline.clock

    def ask(self, operation: str, *, shop: Shop | None = None, **told: Any) -> Answer:
        path = {name: str(value) for name, value in told.pop("path", {}).items()} or None
        headers = {"Idempotency-Key": told.pop("key", None)}
        return call_function("financing", operation, shop=shop or self.shop, path=path, headers=headers, **told)

    def simulate(self) -> None:
        """New offers of the banks: nobody took them yet."""
        self.simulation = self.pipeline.finish(self.shop)

    def offer(self, bank: str) -> Json:
        """What an attempt says of an offer of a bank."""
        found = next(
            each
            for each in self.simulation["conditions"]
            if each["bank"]["febraban_code"] == bank and each["available"]
        )
        return {"simulation_condition_id": found["id"], "external_simulation_uuid": self.simulation["uuid"]}

    def wanted(self, *banks: str, **more: Any) -> Json:
        """A body that proposes offers of banks, Itaú's when none is named."""
        return {
            "proposal": {
                "customer_id": self.customer_id,
                "store_id": self.shop.store_ids[0],
                "seller_id": self.seller_id,
                "commercial": False,
                "proposal_attemps": [self.offer(bank) for bank in banks or ("341",)],
                **more,
            }
        }

    def propose(self, *banks: str, **more: Any) -> Json:
        """A proposal that was kept and not yet sent."""
        answer = self.ask("create_financing_proposal", body=self.wanted(*banks, **more))
        assert answer.status == 201, answer.text
        found: Json = answer.json["complete_proposal"]
        return found

    def read(self, proposal_id: int) -> Json:
        answer = self.ask("get_financing_proposal", path={"proposal_id": proposal_id})
        assert answer.status == 200, answer.text
        # Answers are made without the model that describes them.
        described = ProposalAnswer.model_validate_json(answer.text, strict=True)
        assert described.model_dump_json(by_alias=True) == answer.text
        found: Json = answer.json["proposal"]
        return found

    def take(self, *banks: str) -> list[Record]:
        """Every waiting message of banks, all unless named, as Lambda hands it over; taken ones stay hidden."""
        return [record for bank in banks or BANKS for record in self.take_of(self.queue_urls[bank])]

    def work(self, *banks: str) -> list[str]:
        """Work what the queues of banks hold once; the messages that come again."""
        return self.deliver(self.take(*banks))

    def tell_stories(self, bank: str, *rules: Mapping[str, Any]) -> None:
        """Script a bank, which is asked and tells nothing by itself: nobody is at the address that it was given, and it
        would try that between its steps for longer than ``follow`` looks.
        """
        url = f"{self.pipeline.banks.url}/banks/{bank}/proposal_script"
        LOCAL.put(url, json={"rules": [{"telling": "never", **rule} for rule in rules]}).raise_for_status()

    def ledger(self, bank: str) -> list[Json]:
        url = f"{self.pipeline.banks.url}/banks/{bank}/proposals"
        found: list[Json] = LOCAL.get(url).raise_for_status().json()["proposals"]
        return found

    def follow(self, proposal_id: int, *wanted: str) -> Json:
        """Sweep and work until the proposal stands where it is wanted."""
        for _ in range(40):
            found = self.read(proposal_id)
            if found["state"] in wanted:
                return found
            self.clock.advance(hours=1)
            self.run_schedule("sync_proposals")
            self.work()
        raise AssertionError(f"the proposal stands at {found['state']}")


@pytest.fixture(scope="module")
def shared_stage() -> Iterator[tuple[Pipeline, Mapping[str, str]]]:
    """moto, the sandbox banks, and the functions loaded afresh between them with a clock that can be moved."""
    clock = MovableClock()
    with open_bank_town() as town, fresh_process(LASTRO_BANKS_URL=town.url) as patch, closing_clients(bank_http):
        patch.setattr(wiring, "CLOCK", clock)
        patch.setattr(financing_wiring, "CLOCK", clock)
        create_table(TABLE)
        conditions = create_queue("conditions")
        patch.setenv("LASTRO_CONDITIONS_QUEUE_URLS", conditions_at(conditions))
        patch.setenv("LASTRO_DELIVERIES_QUEUE_URL", create_queue(DELIVERIES, "Deliveries"))
        proposals = {bank: create_queue(f"proposals-{bank}", f"Proposals{bank}") for bank in BANKS}
        patch.setenv("LASTRO_PROPOSALS_QUEUE_URLS", json.dumps(proposals))
        patch.setenv("LASTRO_DOCUMENTS_BUCKET", BUCKET)
        location = {"LocationConstraint": REGION}
        open_whole_client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=location)
        patch.setenv("LASTRO_LOOPBACK_CALLBACKS", "allowed")
        patch.setenv("LASTRO_CALLBACK_BASE", "http://127.0.0.1:9")
        yield Pipeline(clock, town, conditions), proposals


@pytest.fixture
def dealer(shared_stage: tuple[Pipeline, Mapping[str, str]]) -> Dealer:
    """A shop with offers of Itaú and Safra that stand, and the customer they were made to."""
    pipeline, proposals = shared_stage
    leave_sequences()
    pipeline.clock.moment = START
    pipeline.banks.forget_scripts()
    for bank, url in proposals.items():
        open_client("sqs").delete_queue(QueueUrl=url)
        assert create_queue(f"proposals-{bank}", f"Proposals{bank}") == url
    pipeline.banks.script("341", {"minimum_down_payment": None, "suggested_down_payment": None})
    pipeline.banks.script("422", {"minimum_down_payment": None, "suggested_down_payment": None})
    shop = pipeline.open_shop()
    simulation = pipeline.finish(shop)
    made = call_function(
        "customers", "create_customer", shop=shop, body=a_customer(), headers={"Idempotency-Key": None}
    )
    assert made.status == 201, made.text
    seller = call_function("access", "get_current_user", shop=shop).json["user"]["id"]
    return Dealer(pipeline, proposals, shop, made.json["customer"]["id"], simulation, seller)


def a_customer(**more: Any) -> Json:
    """A body with everything that any bank asks for."""
    return {
        "customer": {
            "cpf": "529.982.247-25",
            "name": "Ana Exemplo",
            "born_at": "17/05/1990",
            "mother": "Maria Exemplo",
            "has_cnh": True,
            "genre_id": 1,
            "phones": [{"code": 84, "number": 900000000}],
            "emails": [{"address": "ana@example.com"}],
            "address": {"zip_code": "01001-000", "state_id": 35, "street": "Rua das Acácias", "number": "10"},
            "job_reference": {"income_cents": 650_000, "professional_ocupation_id": 11, "name": "Oficina Sol"},
            **more,
        }
    }


def path_of(proposal: Json) -> Json:
    return {"proposal_id": proposal["id"]}
