"""The analysis and the notices in process: a partner's journey, its queues worked off by the real consumers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import StepName, move_credit
from lastro.origination.processes.statuses import CreditEvent
from lastro.origination.processes.steps import owe, step_message
from lastro.origination.products.store import ProductStore
from tests.functions.invocation import Answer, Shop, call_function, load_function, sample_event
from tests.functions.origination.journey import Journey, make_product, sample_body

Record = dict[str, Any]
CONSUMERS = {"Analysis": "analyze", "Notices": "notify_partner"}


def products(product_id: int, **changes: object) -> list[dict[str, object]]:
    """What a proposal asks for: one product."""
    [product] = sample_body("create_proposal")["products"]
    return [{**product, "productId": product_id, **changes}]


class Killed(BaseException):
    """The process dies here."""


@contextmanager
def dying_at_transaction(number: int, operation: str = "TransactWriteItems") -> Iterator[None]:
    """Meanwhile the process dies right before its transaction of this number, or its other write of that name."""
    seen = 0

    def die(**_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise Killed

    events = open_client("dynamodb").meta.events
    events.register_first(f"before-call.dynamodb.{operation}", die)
    try:
        yield
    finally:
        events.unregister(f"before-call.dynamodb.{operation}", die)


class Analyst(Shop):
    """Somebody else of the same partner, known by a key of their own."""

    @property
    def authorizer(self) -> dict[str, str]:
        return {"partner_id": self.partner_id, "store_ids": "", "scopes": "*", "principal": self.key_id}


class AnalysisDesk(Journey):
    """A journey whose steps are worked by the functions themselves."""

    def records(self, queue: str) -> list[Record]:
        """Every waiting message as Lambda hands it over; they are gone from the queue."""
        sample: Record = sample_event("origination", CONSUMERS[queue])["Records"][0]
        return [{**sample, "messageId": uuid4().hex, "body": json.dumps(body)} for body in self.take(queue)]

    def deliver(self, queue: str, records: Sequence[Record], *, attempt: int = 1) -> list[str]:
        """Invoke a queue's consumer with one batch; message ids it wants delivered again."""
        operation = CONSUMERS[queue]
        event = {
            "Records": [
                {**record, "attributes": {**record["attributes"], "ApproximateReceiveCount": str(attempt)}}
                for record in records
            ]
        }
        context = SimpleNamespace(function_name=operation)
        answer = load_function("origination", operation).handler(event, context)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def analyze(self) -> None:
        """Work every waiting analysis; none may come back."""
        while records := self.records("Analysis"):
            assert self.deliver("Analysis", records[:10]) == []

    def tell(self) -> None:
        """Work every waiting notice and its delivery; none may come back."""
        while records := self.records("Notices"):
            for start in range(0, len(records), 10):
                assert self.deliver("Notices", records[start : start + 10]) == []
        client, url = open_client("sqs"), self.queues["Deliveries"]
        sample: Record = sample_event("webhooks", "deliver_notice")["Records"][0]
        while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            batch = []
            for message in messages:
                client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                batch.append({**sample, "messageId": message["MessageId"], "body": message["Body"]})
            context = SimpleNamespace(function_name="deliver_notice")
            answer = load_function("webhooks", "deliver_notice").handler({"Records": batch}, context)
            assert answer == {"batchItemFailures": []}

    def signed_up(self, **changes: Any) -> str:
        """A process after its analysis."""
        answer = self.sign_up(**changes)
        assert answer.status == 201, answer.text
        self.analyze()
        return str(answer.json["id"])

    def analyzed(self, *, proposal: Mapping[str, Any] | None = None, **changes: Any) -> tuple[str, str]:
        """A process with one proposal, both analysed; its id and the proposal's number."""
        process_id = self.signed_up(**changes)
        answer = self.propose(process_id, **(proposal or {}))
        assert answer.status == 201, answer.text
        self.analyze()
        return process_id, str(answer.json["proposals"][0]["customerServiceNumber"])

    def decide(self, csn: str, decision: str, *, who: str = "analyst-1", **changes: Any) -> Answer:
        body = {"decision": decision, "justification": "Renda comprovada por extrato.", **changes}
        path = {"customerServiceNumber": csn}
        shop = Analyst(self.partner_id, "", who, ())
        return call_function("origination", "decide_proposal", shop=shop, path=path, body=body)

    def move_documents(self, csn: str) -> None:
        """Receive every owed document, as the call that takes the last of them does."""
        now = self.clock.now()
        credit = self.credit(csn)
        moved = move_credit(
            credit, CreditEvent.DOCUMENTS_COMPLETED, now, "client-1", received_documents=credit.required_documents
        )
        steps = [owe(credit, StepName.ANALYZE, now)]
        assert self.store.commit(Change(credits=[moved], steps=steps))
        open_client("sqs").send_message(QueueUrl=self.queues["Analysis"], MessageBody=step_message(steps[0]).body())

    def replace_product(self, product_id: int, **changes: Any) -> None:
        """The next version of a product."""
        product = make_product(self.partner_id, product_id, **{**changes, "version": 2})
        assert ProductStore(Table()).replace(product)

    def checks(self, csn: str) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Outcome and reasons by check, as stored."""
        stored = self.store.find_credit(csn)
        assert stored is not None
        return {
            name.removeprefix("CHECK#"): (row["outcome"], tuple(row["reasons"]))
            for name, row in stored.rows_of("CHECK#").items()
        }

    def events(self, csn: str) -> list[str]:
        """What happened to a credit, oldest first."""
        stored = self.store.find_credit(csn)
        assert stored is not None
        return [entry.event for entry in stored.history]

    def open_steps(self, csn: str) -> list[str]:
        stored = self.store.find_credit(csn)
        assert stored is not None
        return sorted(step.name.value for step in stored.steps)
