"""A partner of the local cloud: posts simulations, waits for them, and looks at what the banks and queues hold."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import boto3
import httpx

from lastro.kernel.banks import BANKS as ALL_BANKS
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.settings import REGION
from tests.journeys.patience import LONGEST

BANKS = ("341", "033", "655", "623", "422")


@dataclass
class Partner:
    """Speaks to one local cloud over HTTP, as a partner's own script would."""

    cloud: RunningCloud
    api: httpx.Client = field(init=False)
    sandbox: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.api = httpx.Client(base_url=self.cloud.base_url, headers=self.cloud.headers, timeout=LONGEST)
        self.sandbox = httpx.Client(base_url=self.cloud.sandbox_url, timeout=LONGEST)

    def body(
        self,
        terms: Sequence[int] = (36, 48),
        *,
        banks: Sequence[str] = BANKS,
        down_payment: int = 500_000,
        suggestions: bool = True,
    ) -> dict[str, Any]:
        return {
            "simulation": {
                "retrieve_lead": {"cpf_cnpj": self.cloud.credentials["lead_cpf"]},
                "assets_value": 10_000_000,
                "process_bank_suggested_conditions": suggestions,
                "bank_febraban_codes": list(banks),
                "vehicle": {
                    "vehicle_molicar_code": "02106163-7",
                    "licensing_uf": "SP",
                    "licensing_city": "São Paulo",
                    "manufacture_year": 2024,
                    "model_year": 2025,
                    "asset_value": 10_000_000,
                    "zero_km": False,
                },
                "conditions": [{"installments": term, "down_payment": down_payment} for term in terms],
            }
        }

    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.api.post("/api/v1/banks_api/simulations", json=body)
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    def read(self, uuid: str) -> dict[str, Any]:
        answer = self.api.get(f"/api/v1/banks_api/simulations/{uuid}")
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    def wait(self, uuid: str, *, seconds: float = LONGEST, sweeping: bool = False) -> dict[str, Any]:
        """Read until nothing is pending; ``sweeping`` also presses the sweep's button at every look.

        Who sweeps had processes killed: a call that meets one of them is answered 502, and asked again.
        """
        deadline = time.monotonic() + seconds
        while True:
            if sweeping and self.api.get(f"/api/v1/banks_api/simulations/{uuid}").status_code == 502:
                assert time.monotonic() < deadline, "the API answers nothing but 502"
                continue
            simulation = self.read(uuid)
            if simulation["pending"] == 0:
                return simulation
            left = [c["bank"]["febraban_code"] for c in simulation["conditions"] if c["process_task"] is None]
            assert time.monotonic() < deadline, f"{simulation['pending']} conditions still pending: {left}"
            if sweeping:
                assert self.sandbox.post("/schedules/sync_status/run").status_code in (200, 502)
            time.sleep(0.1)

    def script(self, bank: str, *rules: dict[str, Any]) -> None:
        answer = self.sandbox.put(f"/banks/{bank}/script", json={"rules": list(rules)})
        assert answer.is_success, answer.text

    def forget_scripts(self) -> None:
        assert self.sandbox.delete("/scripts").is_success

    def effects(self, bank: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.sandbox.get(f"/banks/{bank}/ledger").json()["effects"]
        return found


@dataclass
class Plumbing:
    """The queue between the API and the pipeline, opened up for a test."""

    cloud: RunningCloud

    def __post_init__(self) -> None:
        open_client = boto3.session.Session("test", "test", region_name=REGION).client
        self.sqs = open_client("sqs", endpoint_url=self.cloud.aws_endpoint_url)
        self.lambdas = open_client("lambda", endpoint_url=self.cloud.aws_endpoint_url)
        self.logs = open_client("logs", endpoint_url=self.cloud.aws_endpoint_url)
        mappings = self.lambdas.list_event_source_mappings(FunctionName="lastro-process_condition")
        # One for each bank.
        self.mappings = [mapping["UUID"] for mapping in mappings["EventSourceMappings"]]
        self.queues = [self._url_of(mapping["EventSourceArn"]) for mapping in mappings["EventSourceMappings"]]
        assert len(self.queues) == len(ALL_BANKS)

    def _url_of(self, arn: str) -> str:
        url: str = self.sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
        return url

    def switch(self, *, on: bool) -> None:
        """Start or stop feeding the pipeline."""
        for mapping in self.mappings:
            self.lambdas.update_event_source_mapping(UUID=mapping, Enabled=on)

    def take(self, count: int) -> list[tuple[str, str]]:
        """Take exactly ``count`` messages out of the queues: each queue's address and the body."""
        taken: list[tuple[str, str]] = []
        for _ in range(50):
            for queue in self.queues:
                received = self.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
                for message in received.get("Messages", []):
                    taken.append((queue, message["Body"]))
                    self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            if len(taken) >= count:
                break
            time.sleep(0.1)
        assert len(taken) == count
        return taken

    def put(self, messages: Sequence[tuple[str, str]]) -> None:
        for queue, body in messages:
            self.sqs.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId="journey")

    def count_dead(self) -> int:
        return sum(map(self._count_dead_of, self.queues))

    def _count_dead_of(self, queue: str) -> int:
        redrive = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["RedrivePolicy"])
        dead_letters = self._url_of(json.loads(redrive["Attributes"]["RedrivePolicy"])["deadLetterTargetArn"])
        answer = self.sqs.get_queue_attributes(QueueUrl=dead_letters, AttributeNames=["ApproximateNumberOfMessages"])
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def read_logs(self) -> str:
        """Everything the functions logged."""
        lines: list[str] = []
        for group in self.logs.describe_log_groups()["logGroups"]:
            pages = self.logs.get_paginator("filter_log_events").paginate(logGroupName=group["logGroupName"])
            lines += [event["message"] for page in pages for event in page["events"]]
        return "\n".join(lines)


def check_ended(partner: Partner, plumbing: Plumbing, simulation: dict[str, Any]) -> None:
    """What holds after every journey: all ended, each effect once at its bank, nothing dead, nothing growing."""
    assert simulation["finished_at"]
    assert all(condition["process_task"]["ended_at"] for condition in simulation["conditions"])
    for bank in {condition["bank"]["febraban_code"] for condition in simulation["conditions"]}:
        keys = [effect["idempotency_key"] for effect in partner.effects(bank)]
        assert len(keys) == len(set(keys))
    assert plumbing.count_dead() == 0
    again = partner.read(simulation["uuid"])
    assert json.dumps(again, sort_keys=True) == json.dumps(simulation, sort_keys=True)
