"""A customer to change, to find and to list."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tests.functions.conftest import Call
from tests.functions.invocation import Shop

Register = Callable[..., dict[str, Any]]


def cpf_of(number: int) -> str:
    """A valid CPF for a number."""
    body = f"{100_000_000 + number:09d}"
    for first in (10, 11):
        total = sum(int(digit) * weight for digit, weight in zip(body, range(first, 1, -1), strict=True))
        body += str(total * 10 % 11 % 10)
    return body


def customer_with(**fields: Any) -> dict[str, Any]:
    """A body of the least that a natural person needs, with ``fields``."""
    least = {"name": "Ana Exemplo", "born_at": "17/05/1990", "mother": "Maria Exemplo", "address": {}}
    return {"customer": {**least, **fields}}


@pytest.fixture
def register(call: Call, shop: Shop) -> Register:
    """Register a customer with a CPF of its own; what was answered of it."""
    numbers = count(1)

    def make(**fields: Any) -> dict[str, Any]:
        body = customer_with(**{"cpf": cpf_of(next(numbers)), **fields})
        answer = call("customers", "create_customer", shop=shop, body=body, headers={"Idempotency-Key": None})
        assert answer.status == 201, answer.text
        customer: dict[str, Any] = answer.json["customer"]
        return customer

    return make
