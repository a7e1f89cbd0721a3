"""How conditions end, what they generate and when a simulation is final."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.model import (
    Condition,
    ConditionState,
    PreApprovalStatus,
    Simulation,
    Verdict,
    close_simulation,
    count_pending,
    end_condition,
)
from tests.domain.simulations.simulation_samples import NOW, SIMULATION

ORIGINAL = Condition(
    id=100,
    offset=0,
    bank="341",
    installments=48,
    down_payment=100_000,
    created_at=NOW,
    options={"max_return": 5},
)
ADVICE = Verdict(minimum=200_000, suggested=400_000, pre_approval_status=PreApprovalStatus.APPROVED)


def test_generated_conditions_equal_their_original_but_for_the_down_payment() -> None:
    _, generated = end_condition(SIMULATION, ORIGINAL, ADVICE, NOW)
    assert [(extra.suggestion_reason, extra.down_payment) for extra in generated] == [
        ("bank_minimum_down_payment", 200_000),
        ("bank_suggested_down_payment", 400_000),
    ]
    own = {"id", "offset", "down_payment", "suggestion_reason", "original_condition_id", "created_at"}
    advised = {"minimum", "suggested"}
    for extra in generated:
        assert extra.original_condition_id == ORIGINAL.id
        for field in fields(Condition):
            if field.name not in own | advised:
                assert getattr(extra, field.name) == getattr(ORIGINAL, field.name)
        assert (extra.minimum, extra.suggested) == (200_000, 400_000)


def test_an_original_below_the_minimum_is_unavailable_with_the_documented_reason() -> None:
    ended, _ = end_condition(SIMULATION, ORIGINAL, ADVICE, NOW)
    assert (ended.success, ended.available, ended.error) == (True, False, False)
    assert ended.reason == "unsupported_down_payment_by_bank"
    assert (ended.minimum, ended.suggested) == (200_000, 400_000)


def test_generating_twice_gives_the_same_conditions() -> None:
    assert end_condition(SIMULATION, ORIGINAL, ADVICE, NOW) == end_condition(SIMULATION, ORIGINAL, ADVICE, NOW)


def test_a_generated_condition_never_generates_and_keeps_its_originals_advice() -> None:
    _, (extra, *_) = end_condition(SIMULATION, ORIGINAL, ADVICE, NOW)
    ended, further = end_condition(SIMULATION, extra, Verdict(minimum=900_000, suggested=950_000), NOW)
    assert further == ()
    assert (ended.minimum, ended.suggested) == (200_000, 400_000)
    assert ended.reason == Reason.UNSUPPORTED_DOWN_PAYMENT


@pytest.mark.parametrize(
    "quiet",
    [
        replace(SIMULATION, process_bank_suggested_conditions=False),
        SIMULATION,
    ],
)
def test_no_generation_without_the_flag_or_after_a_failure(quiet: Simulation) -> None:
    verdict = ADVICE if not quiet.process_bank_suggested_conditions else replace(ADVICE, error=True)
    ended, generated = end_condition(quiet, ORIGINAL, verdict, NOW)
    assert generated == ()
    assert (ended.minimum, ended.suggested) == (200_000, 400_000)


@pytest.mark.parametrize(
    ("ended_at", "error", "success", "available"),
    list(product([None, NOW], [None, False, True], [None, False, True], [None, False, True])),
)
def test_the_state_table_on_its_whole_product(
    ended_at: datetime | None, error: bool | None, success: bool | None, available: bool | None
) -> None:
    condition = replace(ORIGINAL, ended_at=ended_at, error=error, success=success, available=available)
    if ended_at is None:
        expected = ConditionState.PENDING
    elif error is True or success is False:
        expected = ConditionState.FAILED
    elif available is True:
        expected = ConditionState.AVAILABLE
    else:
        expected = ConditionState.REJECTED
    assert condition.state is expected


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("error", [False, True])
def test_every_verdict_ends_in_one_of_three_states(reason: Reason, error: bool) -> None:
    ended, _ = end_condition(SIMULATION, ORIGINAL, Verdict(error=error, reason=reason), NOW)
    assert ended.state is (ConditionState.FAILED if error else ConditionState.REJECTED)
    assert ended.reason == reason
    assert reason.text.endswith(".")


def test_an_offer_without_objection_is_available_for_two_days() -> None:
    ended, generated = end_condition(SIMULATION, ORIGINAL, Verdict(minimum=50_000), NOW)
    assert ended.state is ConditionState.AVAILABLE
    assert generated == ()
    assert ended.expires_at == datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_announced_conditions_count_as_pending_before_they_are_visible() -> None:
    ended, generated = end_condition(SIMULATION, ORIGINAL, ADVICE, NOW)
    assert count_pending([ended]) == 2
    assert count_pending([ended, *generated]) == 2
    assert close_simulation([ended]) is None


def test_a_simulation_fails_only_when_every_condition_failed() -> None:
    failed, _ = end_condition(SIMULATION, ORIGINAL, Verdict(error=True, reason=Reason.BANK_TIMEOUT), NOW)
    refused, _ = end_condition(SIMULATION, ORIGINAL, Verdict(reason=Reason.REFUSED), NOW)
    assert close_simulation([failed, failed]) == (failed.ended_at, False)
    assert close_simulation([failed, refused]) == (failed.ended_at, True)


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_final_means_no_condition_pending(ends: list[bool]) -> None:
    conditions = []
    for position, is_ended in enumerate(ends):
        condition = replace(ORIGINAL, offset=3 * position)
        if is_ended:
            condition, _ = end_condition(SIMULATION, condition, Verdict(), NOW)
        conditions.append(condition)
    assert count_pending(conditions) == ends.count(False)
    assert (close_simulation(conditions) is None) == (False in ends)
