"""The store over the table: one transaction a change, conditions, steps and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from lastro.aws.clients import open_client
from lastro.kernel.errors import Retryable
from lastro.origination.processes.changes import ABSENT, Change, Row, RowPut
from lastro.origination.processes.model import StepName, amend_credit, move_credit
from lastro.origination.processes.statuses import CreditEvent, CreditStatus
from lastro.origination.processes.steps import owe
from tests.functions.origination.journey import Journey

CONFLICT = ClientError(
    {
        "Error": {"Code": "TransactionCanceledException", "Message": ""},
        "CancellationReasons": [{"Code": "TransactionConflict"}],
    },
    "TransactWriteItems",
)


@contextmanager
def in_the_way(times: int) -> Iterator[list[int]]:
    """Another transaction cancels the next ``times`` of ours; the list counts all that were tried."""
    tried: list[int] = []

    def cancel(**_: Any) -> None:
        tried.append(len(tried))
        if len(tried) <= times:
            raise CONFLICT

    events = open_client("dynamodb").meta.events
    events.register("before-call.dynamodb.TransactWriteItems", cancel, unique_id="cancel")
    yield tried
    events.unregister("before-call.dynamodb.TransactWriteItems", unique_id="cancel")


def test_a_transaction_that_met_another_is_repeated(journey: Journey) -> None:
    _, csn = journey.proposed()
    moved = move_credit(journey.credit(csn), CreditEvent.PRE_APPROVED, journey.clock.now(), "test")
    with in_the_way(2) as tried:
        assert journey.store.commit(Change(credits=[moved]))
    assert len(tried) == 3
    assert journey.store.count_by_status(journey.partner_id) == {"PRE_APROVADO": 1}


def test_a_transaction_that_always_meets_others_is_given_up(journey: Journey) -> None:
    _, csn = journey.proposed()
    moved = move_credit(journey.credit(csn), CreditEvent.PRE_APPROVED, journey.clock.now(), "test")
    with in_the_way(100), pytest.raises(Retryable) as given_up:
        journey.store.commit(Change(credits=[moved]))
    assert given_up.value.code == "transaction_conflict"
    assert journey.credit(csn).status is CreditStatus.PRE_PROCESSING


def test_of_two_changes_to_one_version_one_is_done(journey: Journey) -> None:
    _, csn = journey.proposed()
    read, now = journey.credit(csn), journey.clock.now()
    first = move_credit(read, CreditEvent.PRE_APPROVED, now, "first")
    second = move_credit(read, CreditEvent.DENIED, now, "second")
    row = RowPut(read.owner, Row("CHECK#age", {"outcome": "failed", "reasons": []}))
    step = owe(read, StepName.NOTIFY, now)
    assert journey.store.commit(Change(credits=[first]))
    assert not journey.store.commit(Change(credits=[second], rows=[row], steps=[step]))
    stored = journey.store.find_credit(csn)
    assert stored is not None
    assert [entry.who for entry in stored.history][1:] == ["first"]
    assert stored.rows == {}
    assert stored.step(step.id) is None
    assert journey.store.count_by_status(journey.partner_id) == {"PRE_APROVADO": 1}


def test_rows_may_have_conditions(journey: Journey) -> None:
    _, csn = journey.proposed()
    owner = journey.credit(csn).owner

    def put(value: str, where: Any) -> bool:
        return journey.store.commit(Change(rows=[RowPut(owner, Row("PAYOUT", {"status": value}), where)]))

    assert not put("sent", {"status": "asked"})
    assert put("asked", ABSENT)
    assert not put("asked", ABSENT)
    assert put("sent", {"status": "asked"})
    assert not put("sent", {"status": "asked"})
    assert put("settled", None)
    stored = journey.store.find_credit(csn)
    assert stored is not None
    assert stored.rows_of("PAYOUT") == {"PAYOUT": {"status": "settled"}}


def test_a_step_is_done_once_and_never_comes_back(journey: Journey) -> None:
    _, csn = journey.proposed()
    stored = journey.store.find_credit(csn)
    assert stored is not None
    [step] = stored.steps
    later = replace(step, due_at=journey.clock.now() + timedelta(hours=1))
    assert journey.store.commit(Change(postponed=[later]))
    assert journey.store.commit(Change(done=[step]))
    assert not journey.store.commit(Change(done=[step]))
    assert not journey.store.commit(Change(postponed=[later]))
    amended = amend_credit(stored.credit, "seen", journey.clock.now(), "test")
    assert not journey.store.commit(Change(credits=[amended], done=[step]))
    assert journey.credit(csn).version == 1


def test_due_steps_come_oldest_first(journey: Journey) -> None:
    _, csn = journey.proposed()
    credit, now = journey.credit(csn), journey.clock.now() - timedelta(days=3650)
    steps = [owe(credit, StepName.DISBURSE, now + timedelta(minutes=minutes)) for minutes in (2, 0, 1)]
    assert journey.store.commit(Change(steps=steps))
    due = list(journey.store.list_due_steps(now + timedelta(minutes=2)))
    assert [step.id for step in due] == [steps[1].id, steps[2].id]
    assert next(journey.store.list_due_steps(now + timedelta(days=1))) == steps[1]
    assert journey.store.commit(Change(done=steps))
    assert list(journey.store.list_due_steps(now + timedelta(days=1))) == []
