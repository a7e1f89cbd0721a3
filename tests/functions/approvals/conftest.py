"""A partner with a rule, and who approves its sales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.customers.people.model import Customer
from lastro.customers.people.store import CustomerStore
from lastro.kernel.documents import parse_document
from tests.functions.approvals.sales import register
from tests.functions.conftest import OpenShop
from tests.functions.customers.conftest import cpf_of
from tests.functions.invocation import Answer, Shop, call_function


def flow_of(*payments: tuple[str, int], total: int = 50_000_000, **facts: Any) -> dict[str, Any]:
    sent = [{"due_date": day, "amount_cents": cents} for day, cents in payments]
    return {"signed_on": "2026-11-10", "total_cents": total, "payments": sent, **facts}


MET = flow_of(("2026-11-10", 5_000_000), ("2027-12-10", 11_000_000), ("2029-11-10", 34_000_000))
ALMOST = flow_of(("2026-11-10", 4_800_000), ("2027-12-10", 11_000_000), ("2029-11-10", 34_200_000))
"""The first cycle has 96 % of what it asks."""


CUSTOMERS = (7, 42)


def keep_customer(table: Table, partner_id: str, number: int) -> None:
    """A customer under a number that tests name."""
    moment = datetime(2026, 11, 1, 12, tzinfo=UTC)
    document = parse_document(cpf_of(number))
    known = Customer(
        id=number, partner_id=partner_id, document=document, name="Ana Exemplo", created_at=moment, updated_at=moment
    )
    assert CustomerStore(table).add(known, None)


@dataclass
class Office:
    """What a partner does about reservations: each of a unit of its own, unless an attempt or a unit is named."""

    shop: Shop
    units: Iterator[int] = field(default_factory=lambda: count(101))

    def reserve(self, flow: dict[str, Any] = MET, by: str = "ana.souza", key: str | None = None, **more: Any) -> Answer:
        body = {
            "development": "Residencial Exemplo",
            "unit": "101" if key else str(next(self.units)),
            "price_table": "Tabela 2026",
            "customer_id": 42,
            "owed_cents": 0,
            "requested_by": by,
            "flow": flow,
            **more,
        }
        return call_function(
            "approvals",
            "create_reservation",
            shop=self.shop,
            body={"reservation": body},
            headers={"Idempotency-Key": key},
        )

    def rule(self, rule: dict[str, Any]) -> None:
        """One more rule."""
        headers = {"Idempotency-Key": rule["name"]}
        made = call_function(
            "approvals", "create_approval_rule", shop=self.shop, body={"approval_rule": rule}, headers=headers
        )
        assert made.status == 201, made.text

    def decide(self, number: int, by: str, verdict: str = "approve", why: str = "Combinado com o cliente") -> Answer:
        body = {"decision": {"verdict": verdict, "decided_by": by, "justification": why}}
        path = {"reservation_id": str(number)}
        return call_function("approvals", "decide_reservation", shop=self.shop, path=path, body=body)

    def cancel(self, number: int, by: str = "ana.souza", reason: str = "O cliente desistiu") -> Answer:
        body = {"cancellation": {"cancelled_by": by, "reason": reason}}
        path = {"reservation_id": str(number)}
        return call_function("approvals", "cancel_reservation", shop=self.shop, path=path, body=body)

    def show(self, number: int) -> Any:
        path = {"reservation_id": str(number)}
        return call_function("approvals", "get_reservation", shop=self.shop, path=path).json["reservation"]

    def list(self, **query: str) -> Answer:
        return call_function("approvals", "list_reservations", shop=self.shop, query=query)

    def authorise(self, name: str, /, rank: int, **limits: Any) -> Answer:
        body = {"authority": {"rank": rank, "without_bureau_report": True, **limits}}
        path = {"authority_name": name}
        return call_function("approvals", "put_approval_authority", shop=self.shop, path=path, body=body)


@pytest.fixture
def office(table: Table, open_shop: OpenShop) -> Office:
    """A partner whose one rule is that of the sample event, and who has named nobody who approves."""
    shop = open_shop()
    assert call_function("approvals", "create_approval_rule", shop=shop).status == 201
    for number in CUSTOMERS:
        keep_customer(table, shop.partner_id, number)
    return Office(shop)


@pytest.fixture
def people(office: Office) -> tuple[int, int, int]:
    return register(office.shop, 1), register(office.shop, 2), register(office.shop, 3)
