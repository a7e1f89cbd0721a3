"""How often AWS is asked for a proposal and its attempt: what stands between a dealer and the bank's word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lastro.aws.clients import open_client
from tests.functions.financing.conftest import Dealer

SERVICES = ("dynamodb", "sqs", "s3", "secretsmanager")


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """What is asked meanwhile, by operation."""
    asked: Counter[str] = Counter()

    def count(model: Any, **_: Any) -> None:
        asked[model.name] += 1

    for service in SERVICES:
        open_client(service).meta.events.register(f"before-call.{service}", count)
    try:
        yield asked
    finally:
        for service in SERVICES:
            open_client(service).meta.events.unregister(f"before-call.{service}", count)


def test_a_proposal_costs_few_requests(dealer: Dealer) -> None:
    with counted() as made:
        proposal = dealer.propose("341")
    with counted() as sent:
        dealer.work()
    with counted() as read:
        dealer.read(proposal["id"])
    # Its number and that of its attempt, what it is about, one transaction, one message.
    assert made <= Counter(GetItem=6, Query=2, UpdateItem=2, TransactWriteItems=1, SendMessageBatch=1)
    # The test itself receives.
    assert sent - Counter(ReceiveMessage=9) <= Counter(GetItem=5, PutItem=1, TransactWriteItems=1)
    assert read <= Counter(GetItem=2)
