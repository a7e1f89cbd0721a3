"""Boletos: every pair of status and event, what is still owed, and what "overdue" is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.negativations.boletos.model import (
    ENDED,
    TRANSITIONS,
    Boleto,
    Event,
    IllegalTransition,
    Payment,
    Status,
    next_status,
)

DUE = date(2026, 10, 5)
MOMENT = datetime(2026, 11, 28, 12, tzinfo=UTC)
BOLETO = Boleto("b", "p", "0001", "d", 1, DUE, 10_000, MOMENT, MOMENT)


def paid(amount: int, *, settles: bool = False) -> Payment:
    return Payment("1", DUE, DUE, amount, MOMENT, settles)


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.OVERDUE])
@pytest.mark.parametrize("event", Event)
def test_what_the_table_does_not_know_raises(status: Status, event: Event) -> None:
    if (status, event) in TRANSITIONS:
        assert next_status(status, event) is not Status.OVERDUE
        return
    with pytest.raises(IllegalTransition):
        next_status(status, event)


def test_what_ended_stays_ended() -> None:
    assert not {status for status, _ in TRANSITIONS} & ENDED


@given(st.integers(-400, 400))
def test_only_an_open_boleto_after_its_due_date_is_overdue(days: int) -> None:
    day = DUE + timedelta(days=days)
    assert (BOLETO.status_on(day) is Status.OVERDUE) == (days > 0)
    assert BOLETO.days_overdue(day) == max(0, days)
    assert replace(BOLETO, status=Status.DISPUTED).status_on(day) is Status.DISPUTED


@given(st.lists(st.integers(1, 4_000), max_size=8))
def test_what_is_owed_falls_with_each_payment_and_never_below_zero(amounts: list[int]) -> None:
    boleto = BOLETO
    for amount in amounts:
        after = boleto.paid_with(paid(amount))
        assert 0 <= after.remaining_cents <= boleto.remaining_cents
        assert (after.status, after.version) == (Status.OPEN, boleto.version + 1)
        boleto = after
    assert boleto.paid_cents == sum(amounts)


def test_a_settling_payment_ends_the_debt_whatever_it_is() -> None:
    settled = BOLETO.paid_with(paid(6_000)).paid_with(paid(3_000, settles=True))
    assert (settled.status, settled.remaining_cents) == (Status.SETTLED, 0)
    assert settled.settlement == paid(3_000, settles=True)
    with pytest.raises(IllegalTransition):
        settled.paid_with(paid(1))
