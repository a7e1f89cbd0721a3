"""A partner whose credit is signed or further along, its queues, and its calls."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.aws.secrets import Secrets
from lastro.origination.disbursements.model import (
    ROW,
    Account,
    PayoutMethod,
    PayoutStatus,
    advance_payout,
    payout_fields,
    payout_key,
    request_payout,
)
from lastro.origination.processes.changes import Change, Row, RowPut
from lastro.origination.processes.model import Credit
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.processes.store import OriginationStore
from lastro.origination.products.store import ProductStore
from lastro.origination.wiring import QUEUE_VARIABLES
from tests.domain.origination.credit_samples import CSN, NOW, PROCESS
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.emulation.resources import create_queue
from tests.functions.invocation import UNCHANGED, Answer, call_function
from tests.functions.origination.journey import CaasClient, make_product
from tests.functions.origination.processes.credits import put_credit
from tests.template.test_queues import STEP_QUEUES

PARTNER = "2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"
STRANGER = "7d0a6b0e-9f3c-4f7e-8a55-3b0f2f0c1a52"


@dataclass
class PayerLine:
    """What the payer answers when it is asked about a payout, by key; it knows no others."""

    answers: dict[str, httpx.Response] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    holder: httpx.Response = field(default_factory=lambda: httpx.Response(200, json={"holder": "SAME"}))
    confirmed: list[dict[str, Any]] = field(default_factory=list)

    async def respond(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/holders":
            self.confirmed.append(json.loads(request.content))
            return self.holder
        key = request.url.path.rsplit("/", 1)[-1]
        self.asked.append(key)
        return self.answers.get(key, httpx.Response(404, json={"error": "NOT_FOUND"}))

    def say(self, number: int, status: str) -> None:
        body = {"id": "P-1", "status": status, "reason_code": None}
        self.answers[payout_key(CSN, number)] = httpx.Response(200, json=body)


@dataclass
class SignedCredit:
    """Credit ``CSN`` of ``PARTNER`` in the status a test asks for, with product 1 behind it."""

    table: Table
    queues: dict[str, str] = field(default_factory=dict)
    payer: PayerLine = field(default_factory=PayerLine)

    @property
    def store(self) -> OriginationStore:
        return OriginationStore(self.table)

    @property
    def credit(self) -> Credit:
        found = self.store.find_credit(CSN)
        assert found
        return found.credit

    def put(self, status: CreditStatus, payout: PayoutStatus | None = None) -> None:
        credit, _ = put_credit(self.store, PARTNER, status)
        assert ProductStore(self.table).put_new(make_product(PARTNER), None)
        if payout is None:
            return
        asked = request_payout(CSN, 1, credit.terms.net, Account(PayoutMethod.PIX, pix_key="ana@example.com"), NOW)
        reason = "ACCOUNT_CLOSED" if payout in (PayoutStatus.REFUSED, PayoutStatus.RETURNED) else None
        if payout is not PayoutStatus.REQUESTED:
            asked = advance_payout(asked, payout, NOW, reference="P-1", reason=reason)
        assert self.store.commit(Change(rows=[RowPut(credit.owner, Row(ROW, payout_fields(asked)))]))

    def call(
        self,
        context: str,
        operation: str,
        *,
        partner: str = PARTNER,
        csn: str = CSN,
        body: Any = UNCHANGED,
        key: str | None = None,
    ) -> Answer:
        headers: Mapping[str, str | None] = {"Idempotency-Key": key}
        shop = CaasClient(partner, "", "", ())
        return call_function(
            context, operation, shop=shop, path={"customerServiceNumber": csn}, body=body, headers=headers
        )

    def steps_sent(self) -> list[tuple[str, str]]:
        """Names of the steps in the queues, with whom they belong to; taken out."""
        client = open_client("sqs")
        found = []
        for url in self.queues.values():
            while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
                for message in messages:
                    body = json.loads(message["Body"])
                    found.append((body["step"], body["id"]))
                    client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return sorted(found)

    def steps_owed(self) -> list[tuple[str, str]]:
        credit, process = self.store.find_credit(CSN), self.store.find_process(PROCESS)
        assert credit
        assert process
        return sorted((step.name.value, step.owner.id) for step in (*credit.steps, *process.steps))


@pytest.fixture
def signed(table: Table, monkeypatch: pytest.MonkeyPatch) -> SignedCredit:
    """A table, the queues of every step, a payer, and no credit yet."""
    found = SignedCredit(table)
    transport = httpx.MockTransport(found.payer.respond)
    monkeypatch.setattr("lastro.vendors.kit.http.open_http", lambda **_: httpx.AsyncClient(transport=transport))
    monkeypatch.setenv("LASTRO_PAYOUTS_URL", "https://payer.example.com")
    Secrets(SECRETS_PREFIX).store("payer", {"api_key": "payer-key"})
    for step, variable in QUEUE_VARIABLES.items():
        found.queues[step.value] = create_queue(step.value.replace("_", "-"), STEP_QUEUES[step.value])
        monkeypatch.setenv(variable, found.queues[step.value])
    return found
