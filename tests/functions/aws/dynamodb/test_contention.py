"""Who meets others in the table is answered a moment later, and once: a conflict of transactions is no refusal."""

from __future__ import annotations

import pytest

from lastro.aws.clients import open_client
from tests.functions.conftest import Call
from tests.functions.emulation.faults import cancelled, failing
from tests.functions.invocation import Shop, load_function

CREATING = [
    ("simulations", "create_lead"),
    ("bureaus", "create_branch"),
    ("bureaus", "create_access_request"),
    ("origination", "create_product"),
    ("origination", "create_simple_signup"),
]
TRIES = 6
"""Of one write; a second round reads and decides again."""

creating = pytest.mark.parametrize(("context", "operation"), CREATING, ids=[name for _, name in CREATING])


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch, aws: None) -> None:
    """A queue to send to, and functions that were not wired to an earlier test's clients."""
    load_function.cache_clear()
    monkeypatch.setenv("LASTRO_ANALYSIS_QUEUE_URL", open_client("sqs").create_queue(QueueName="analysis")["QueueUrl"])


@creating
@pytest.mark.parametrize("times", [1, TRIES + 2])
def test_a_conflict_costs_a_moment(
    call: Call, shop: Shop, pauses: list[float], context: str, operation: str, times: int
) -> None:
    headers = {"Idempotency-Key": "uma-vez"}
    with failing("dynamodb", "TransactWriteItems", cancelled("TransactionConflict", "None"), times=times):
        first = call(context, operation, shop=shop, headers=headers)
    assert first.status in (200, 201)
    assert len(pauses) >= times
    again = call(context, operation, shop=shop, headers=headers)
    assert (again.status, again.json.get("id")) == (first.status, first.json.get("id"))
    if operation != "create_access_request":  # answered anew, of what is on record by then
        assert again.text == first.text


@creating
def test_a_conflict_without_an_end_is_told_as_one(
    call: Call, shop: Shop, pauses: list[float], context: str, operation: str
) -> None:
    headers = {"Idempotency-Key": "uma-vez"}
    with failing("dynamodb", "TransactWriteItems", cancelled("TransactionConflict", "None")):
        answer = call(context, operation, shop=shop, headers=headers)
    # Nothing was done, and doing it again is the caller's: no fault of the service.
    assert answer.status == 409
    assert call(context, operation, shop=shop, headers=headers).status in (200, 201)
