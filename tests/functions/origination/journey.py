"""The CaaS functions in process, as a partner calls them: moto for AWS, a clock that tests move."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.finance.iof import BorrowerClass
from lastro.finance.repayment import Grace
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.documents import Cnpj
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import Credit, Process, move_credit, move_process
from lastro.origination.processes.statuses import CreditEvent, ProcessEvent
from lastro.origination.processes.store import OriginationStore
from lastro.origination.products.model import Bounds, Eligibility, Issuer, LatePayment, Product, Range
from lastro.origination.products.store import ProductStore
from lastro.origination.products.words import DocumentType, ProductType
from tests.clock import MovableClock
from tests.functions.invocation import UNCHANGED, Answer, Shop, call_function, sample_event

START = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
PRINCIPAL = "client-1"
DOCUMENTS = (DocumentType.SELF, DocumentType.IDENTITY_FRONT)


def sample_body(operation: str) -> dict[str, Any]:
    """The body of an operation's sample event, fresh."""
    body: dict[str, Any] = json.loads(sample_event("origination", operation)["body"])
    return body


def make_product(partner_id: str, product_id: int = 1, **changes: Any) -> Product:
    """A CaaS product with wide bounds that owes two documents."""

    fields: dict[str, Any] = {
        "id": product_id,
        "partner_id": partner_id,
        "version": 1,
        "type": ProductType.CAAS,
        "name": "Crédito pessoal",
        "active": True,
        "logo": None,
        "bounds": Bounds(
            value=Range(100_00, 1_000_000_00),
            installments=Range(1, 120),
            monthly_tax=Range(Decimal("0.1"), Decimal(10)),
            cad_value=Range(0, 500_00),
            first_due_days=Range(1, 60),
        ),
        "cad_value": 0,
        "insurance": Decimal(0),
        "grace": Grace.SIMPLE,
        "borrowers": (BorrowerClass.NATURAL_PERSON,),
        "eligibility": Eligibility(18, 80, Decimal(100), DOCUMENTS, False),
        "issuer": Issuer(
            "Exemplo SCD S.A.",
            Cnpj("11222333000181"),
            "Rua 1",
            "São Paulo",
            "SP",
            "0800 000 0000",
            email="contato@exemplo.example",
        ),
        "contract_template": "ccb",
        "late_payment": LatePayment(Decimal(2), Decimal(1)),
        "offer_days": 2,
        "created_at": START,
        "updated_at": START,
    }
    return Product(**{**fields, **changes})


SCOPES = " ".join(Scope)


class CaasClient(Shop):
    """A partner without stores that a token identified."""

    @property
    def authorizer(self) -> dict[str, str]:
        return {"partner_id": self.partner_id, "store_ids": "", "scopes": SCOPES, "principal": PRINCIPAL}


class ClientLibrary(CaasClient):
    """A partner whose client libraries write PROPOSAL_ANALISIS."""

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "status_spelling": "clients"}


@dataclass
class Journey:
    """One partner's calls, and what analysis and the other steps would do to its processes."""

    clock: MovableClock
    partner_id: str
    queues: Mapping[str, str]
    store: OriginationStore = field(default_factory=lambda: OriginationStore(Table()))
    credential: type[CaasClient] = CaasClient

    def call(
        self,
        operation: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Any = UNCHANGED,
        body: Any = UNCHANGED,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """Call an origination function as this partner; without an ``Idempotency-Key`` unless one is given."""
        return call_function(
            "origination",
            operation,
            shop=self.credential(self.partner_id, "", "", ()),
            path=path,
            query=query,
            body=body,
            headers={"Idempotency-Key": None, **(headers or {})},
        )

    # what a partner does ----------------------------------------------------------------------------------------

    def sign_up(self, *, key: str | None = None, **changes: Any) -> Answer:
        return self.call(
            "create_simple_signup",
            body={**sample_body("create_simple_signup"), **changes},
            headers={"Idempotency-Key": key},
        )

    def propose(self, process_id: str, *, key: str | None = None, products: Any = None, **changes: Any) -> Answer:
        body = {**sample_body("create_proposal"), **changes}
        if products is not None:
            body["products"] = products
        return self.call("create_proposal", path={"id": process_id}, body=body, headers={"Idempotency-Key": key})

    def put_document(self, process_id: str, kind: str = "SELF", **changes: Any) -> Answer:
        body = {**sample_body("put_document"), "type": kind, **changes}
        return self.call("put_document", path={"id": process_id}, body=body)

    def status(self, process_id: str) -> Answer:
        return self.call("get_process_status", path={"id": process_id})

    def expire(self, process_id: str) -> Answer:
        return self.call("expire_proposals", path={"id": process_id})

    # what the steps behind it do ------------------------------------------------------------------------------------

    def process(self, process_id: str) -> Process:
        stored = self.store.find_process(process_id)
        assert stored is not None
        return stored.process

    def credit(self, csn: str) -> Credit:
        stored = self.store.find_credit(csn)
        assert stored is not None
        return stored.credit

    def move_process(self, process_id: str, *events: ProcessEvent) -> None:
        for event in events:
            moved = move_process(self.process(process_id), event, self.clock.now(), "test")
            assert self.store.commit(Change(processes=[moved]))

    def move_credit(self, csn: str, *events: CreditEvent) -> None:
        for event in events:
            moved = move_credit(self.credit(csn), event, self.clock.now(), "test")
            assert self.store.commit(Change(credits=[moved]))

    def ready(self, **changes: Any) -> str:
        """A process whose signup is completed; returns its id."""
        process_id = str(self.sign_up(**changes).json["id"])
        self.move_process(process_id, ProcessEvent.SIGNUP_COMPLETED)
        return process_id

    def proposed(self, **changes: Any) -> tuple[str, str]:
        """A process with one proposal, and the proposal's number."""
        process_id = self.ready(**changes)
        answer = self.propose(process_id)
        assert answer.status == 201, answer.text
        return process_id, str(answer.json["proposals"][0]["customerServiceNumber"])

    # what lies around ---------------------------------------------------------------------------------------------

    def add_product(self, product_id: int = 1, **changes: Any) -> None:
        product = make_product(self.partner_id, product_id, **changes)
        assert ProductStore(Table()).put_new(product, None)

    def take(self, queue: str) -> list[dict[str, Any]]:
        """Receive and delete every message of a queue."""
        client, url = open_client("sqs"), self.queues[queue]
        found: list[dict[str, Any]] = []
        while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            for message in messages:
                found.append(json.loads(message["Body"]))
                client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found
