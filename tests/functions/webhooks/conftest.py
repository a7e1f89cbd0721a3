"""The webhook functions against moto and real receivers, on a developer's machine (loopback allowed)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.webhooks import wiring
from lastro.webhooks.deliveries.model import Delivery
from lastro.webhooks.service import make_notice
from lastro.webhooks.store import WebhookStore
from tests.clock import MovableClock
from tests.functions.consumer import as_record
from tests.functions.emulation.resources import create_queue
from tests.functions.invocation import Answer, Shop, call_function, load_function, sample_event
from tests.functions.webhooks.partner_town import PartnerTown, open_partner_town

Record = dict[str, Any]


@pytest.fixture(scope="session")
def town() -> Iterator[PartnerTown]:
    with open_partner_town() as town:
        yield town


@dataclass
class Desk:
    """A partner, what it is told, and the queue in between."""

    shop: Shop
    clock: MovableClock
    town: PartnerTown
    queue_url: str
    store: WebhookStore
    told: list[str] = field(default_factory=list)

    def configure(self, url: str, authentication: Mapping[str, str] | None = None) -> Answer:
        body = {"url": url, "authentication": dict(authentication or {"type": "URL"})}
        return call_function("webhooks", "put_callback", shop=self.shop, body=body)

    def tell(self, happening: str = "1", *, url: str | None = None, body: Mapping[str, Any] | None = None) -> str:
        """Keep and queue a notice as another context does; its id."""
        notice = make_notice(
            self.shop.partner_id,
            "process_changed",
            "8f14e45fceea467fa1b5c3a1d8b0e7c2",
            happening,
            body or {"id": "8f14e45fceea467fa1b5c3a1d8b0e7c2", "name": "Ana Conceição"},
            self.clock.now(),
            url,
        )
        wiring.open_notices().keep(notice)
        return notice.id

    def take(self) -> list[Record]:
        """Every waiting message as Lambda hands it over; taken ones stay hidden."""
        answer = open_client("sqs").receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, AttributeNames=["All"], VisibilityTimeout=1000
        )
        sample: Record = sample_event("webhooks", "deliver_notice")["Records"][0]
        return [as_record(sample, message, self.queue_url) for message in answer.get("Messages", [])]

    def deliver(self, records: Sequence[Record]) -> list[str]:
        """Invoke the consumer with one batch; message ids it wants delivered again."""
        context = SimpleNamespace(function_name="deliver_notice")
        answer = load_function("webhooks", "deliver_notice").handler({"Records": list(records)}, context)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def work_off(self) -> list[str]:
        return self.deliver(self.take())

    def sweep(self) -> int:
        """What the schedule does every minute; how many deliveries it queued."""
        context = SimpleNamespace(function_name="sync_deliveries")
        event = sample_event("webhooks", "sync_deliveries")
        counts: dict[str, int] = load_function("webhooks", "sync_deliveries").handler(event, context)
        return counts["deliveries"]

    def read(self, notice_id: str) -> Delivery:
        found = self.store.find_delivery(notice_id)
        assert found is not None
        return found

    def page(self, **query: str) -> Answer:
        return call_function("webhooks", "list_deliveries", shop=self.shop, query=query)

    def resend(self, notice_id: str, shop: Shop | None = None) -> Answer:
        return call_function("webhooks", "resend_delivery", shop=shop or self.shop, path={"id": notice_id})


@pytest.fixture
def desk(table: Table, shop: Shop, town: PartnerTown, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    clock = MovableClock()
    queue_url = create_queue("deliveries", "Deliveries")
    monkeypatch.setenv("LASTRO_DELIVERIES_QUEUE_URL", queue_url)
    monkeypatch.setenv("LASTRO_LOOPBACK_CALLBACKS", "allowed")
    monkeypatch.setattr(wiring, "CLOCK", clock)
    load_function.cache_clear()
    yield Desk(shop, clock, town, queue_url, WebhookStore(table))
    load_function.cache_clear()
    for name in ("a", "b"):
        town.forget(name)
