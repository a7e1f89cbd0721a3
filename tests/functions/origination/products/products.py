"""Products for the tests of what is lent by them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from tests.functions.invocation import Answer, Shop, call_function, sample_event

WIDE: dict[str, Any] = json.loads(sample_event("origination", "create_product")["body"])
"""The sample product: R$ 100 to 1,000,000, 1 to 120 instalments, 0.1 to 10 % a month, a fee of up to R$ 500."""


def make_product(shop: Shop, **changes: Any) -> int:
    """The number of a new product: the sample's, changed where named."""
    answer = call_function(
        "origination", "create_product", shop=shop, body={**WIDE, **changes}, headers={"Idempotency-Key": None}
    )
    assert answer.status == 201, answer.text
    number: int = answer.json["data"]["product_id"]
    return number


def simulation(product: int, **changes: Any) -> dict[str, Any]:
    """R$ 10,000 at 2.5 % in twelve instalments as a request, changed where named; ``...`` leaves a field out."""
    body = {
        "only_simulation": True,
        "value": 10000,
        "tax_number": "529.982.247-25",
        "person_type": "PF",
        "release_date": "2025-08-01",
        "due_date": "2025-09-01",
        "monthly_tax": 2.5,
        "installments": 12,
        "product_id": product,
        **changes,
    }
    return {name: value for name, value in body.items() if value is not ...}


def simulate(shop: Shop, product: int, key: str | None = None, **changes: Any) -> Answer:
    body = simulation(product, **changes)
    return call_function("origination", "simulate_credit", shop=shop, body=body, headers={"Idempotency-Key": key})


def cents(reais: float) -> int:
    return int(Decimal(repr(reais)).scaleb(2))
