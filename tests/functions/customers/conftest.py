"""A customer to change, to find and to list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from lastro.aws.pools import published_keys, user_pool
from lastro.customers.portal import wiring as portal
from lastro.customers.portal.logins import wiring as logins
from lastro.kernel import calendar
from tests.clock import MovableClock
from tests.functions.conftest import Call
from tests.functions.customers.portal.portal_town import PortalTown
from tests.functions.emulation.user_pool import FakeCognito, Publisher
from tests.functions.emulation.whole_clients import open_whole_client
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


@pytest.fixture
def town(call: Call, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> PortalTown:
    """The shop's portal, at a time that stands."""
    still = MovableClock(datetime(2026, 11, 3, 12, tzinfo=UTC))
    for module in (calendar, portal, logins):
        monkeypatch.setattr(module, "CLOCK", still)
    publisher, pool = Publisher(), FakeCognito(still)
    monkeypatch.setattr(published_keys, "URLLib3Session", lambda **_: publisher)
    monkeypatch.setattr(user_pool, "open_client", lambda _: pool)
    open_whole_client("ses").verify_email_identity(EmailAddress="portal@example.com")
    url = open_whole_client("sqs").create_queue(QueueName="lastro-Codes")["QueueUrl"]
    monkeypatch.setenv("LASTRO_CODES_QUEUE_URL", url)
    return PortalTown(call, shop, url, pool, still)


@pytest.fixture
def ana(town: PortalTown) -> str:
    """Somebody who may enter the portal by her e-mail or her telephone; her id."""
    return town.admit(login_mobile="+5511987654321")
