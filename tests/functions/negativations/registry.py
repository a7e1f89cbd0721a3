"""Listings as partners, bureaus, the queue and the schedules make them, as tests say it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lastro.kernel.calendar import local_date
from tests.clock import MovableClock
from tests.contract.listings.listing_world import NATURES
from tests.functions.bureaus.office import BureauTown, Office
from tests.functions.consumer import Consumer
from tests.functions.invocation import CPF, Answer, Shop
from tests.functions.negativations.ledger import ADDRESS, Ledger

WHOLE: dict[str, Any] = {
    "name": "Ana Exemplo",
    "sex": "F",
    "birth_date": "1990-05-17",
    "mobile_phone": "+5584900000000",
    "address": ADDRESS,
}


@dataclass
class Registry(Consumer):
    """A partner with a branch and its integration; ``ledger`` is what it does with debtors and boletos."""

    consumes = ("negativations", "process_negativation")

    clock: MovableClock
    town: BureauTown
    queue_url: str
    provider: str
    ledger: Ledger
    seen: int = 0
    contracts: list[str] = field(default_factory=list)

    @property
    def shop(self) -> Shop:
        return self.ledger.shop

    def add_debt(self, document: str = CPF, *, contract: str | None = None, **data: Any) -> dict[str, Any]:
        """An overdue boleto of a debtor who lacks nothing."""
        debtor_id = self.ledger.add_debtor(document, **WHOLE)
        return self.add_boleto(debtor_id, contract=contract, **data)

    def add_boleto(self, debtor_id: str, *, contract: str | None = None, **data: Any) -> dict[str, Any]:
        number = len(self.contracts) + 1
        name = contract or f"{self.shop.partner_id[:8]}-{number}"
        self.contracts.append(name)
        named = {"contract_number": name, "nature_code": NATURES[self.provider], **data}
        return self.ledger.add_boleto(debtor_id, f"b-{number}", **named)

    def ask(self, boleto_id: str, *, key: str | None = None, **data: Any) -> Answer:
        body = {"negativation": {"boleto_id": boleto_id, "requested_by": "ana.souza", **data}}
        return self.ledger.call("create_negativation", body=body, headers={"Idempotency-Key": key})

    def run_schedule(self, operation: str, business_date: date | None = None) -> dict[str, int]:
        """As of the day that the tests' clock shows, or of another."""
        return super().run_schedule(operation, business_date or local_date(self.clock.now()))

    def place(self, boleto_id: str, **data: Any) -> dict[str, Any]:
        answer = self.ask(boleto_id, **data)
        assert answer.status == 201, answer.text
        found: dict[str, Any] = answer.json["data"]
        return found

    def read(self, listing_id: str) -> dict[str, Any]:
        answer = self.ledger.call("get_negativation", path={"negativation_id": listing_id})
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json["data"]
        return found

    def remove(self, listing_id: str, reason: str = "01", by: str = "ana.souza") -> Answer:
        body = {"removal": {"reason": reason, "requested_by": by}}
        return self.ledger.call("remove_negativation", path={"negativation_id": listing_id}, body=body)

    def order_removal(self, listing_id: str, kind: str = "court_order", **data: str) -> Answer:
        order = {"kind": kind, "number": "0001234-56.2026.8.26.0100", "issued_on": "2026-02-27", **data}
        body = {"removal_order": {"recorded_by": "ana.souza", **order}}
        return self.ledger.call("order_negativation_removal", path={"negativation_id": listing_id}, body=body)

    def resend(self, listing_id: str, by: str = "ana.souza") -> Answer:
        body = {"resend": {"requested_by": by}}
        return self.ledger.call("resend_negativation", path={"negativation_id": listing_id}, body=body)

    def decide(self, listing_id: str, decision: str, by: str, justification: str | None = None) -> Answer:
        body = {"approval": {"decision": decision, "decided_by": by, "justification": justification}}
        return self.ledger.call("decide_negativation", path={"negativation_id": listing_id}, body=body)

    def want_approval(self) -> None:
        body = {"settings": {"approval_required": True}}
        path = {"branch_id": str(self.ledger.branch_id)}
        assert self.ledger.call("put_negativation_settings", path=path, body=body).status == 200

    def message(self, listing_id: str, **more: str) -> dict[str, Any]:
        return {
            **self.sample_record(),
            "body": json.dumps({"partner_id": self.shop.partner_id, "listing_id": listing_id, **more}),
        }

    def work(self, listing_id: str, *, attempt: int = 1, **more: str) -> list[str]:
        """Deliver a message of a listing once; what is to be delivered again."""
        return self.deliver([self.message(listing_id, **more)], attempt=attempt)

    def calls(self, operation: str, contract: str) -> list[dict[str, Any]]:
        """What reached the bureau about a contract."""
        calls = self.town.ledger(self.provider)["calls"]
        return [each for each in calls if each["operation"] == operation and each["key"] == contract]

    def done(self, operation: str, contract: str) -> int:
        """How often the bureau did it."""
        effective = ("answered", "timeout_after_effect")
        return sum(each["outcome"] in effective for each in self.calls(operation, contract))


def open_registry(clock: MovableClock, town: BureauTown, queue_url: str, provider: str, **changes: Any) -> Registry:
    """A partner of its own with everything that a listing at a bureau needs."""
    office = Office(clock, town, "")
    shop = office.open_shop()
    branch_id = office.add_branch(shop)
    office.add_integration(shop, branch_id, provider, **changes)
    return Registry(clock, town, queue_url, provider, Ledger(shop, branch_id, clock))
