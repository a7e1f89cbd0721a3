"""Collections: which step is due, who is left alone, and figures that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.kernel.documents import Cpf
from lastro.negativations.boletos.model import Boleto, Payment, Status
from lastro.negativations.collection.model import (
    NOTHING_DUE,
    Action,
    Candidate,
    Exclusion,
    Parameters,
    Step,
    Walk,
    add_up,
    judge,
    judge_candidate,
)
from lastro.negativations.debtors.model import Debtor

TODAY = date(2026, 11, 28)
MOMENT = datetime(2026, 11, 28, 12, tzinfo=UTC)
REMIND, LIST = Step(1, 5, Action.REMIND), Step(5, 45, Action.CREDIT_ANALYSIS)
PARAMETERS = Parameters("p", 1, enabled=True, steps=(REMIND, LIST), updated_at=MOMENT)
DEBTOR = Debtor("d", "p", Cpf("52998224725"), "Ana Exemplo", MOMENT, MOMENT)


def overdue(days: int, **changes: Any) -> Boleto:
    boleto = Boleto("b", "p", "1", "d", 1, TODAY - timedelta(days=days), 10_000, MOMENT, MOMENT)
    return replace(boleto, **changes)


@pytest.mark.parametrize(("days", "step"), [(4, None), (5, REMIND), (44, REMIND), (45, LIST), (400, LIST)])
def test_the_furthest_step_is_due(days: int, step: Step | None) -> None:
    assert PARAMETERS.step_for(days) == step
    assert judge(overdue(days), DEBTOR, PARAMETERS, TODAY, homologation=False).step == step


@pytest.mark.parametrize(
    ("boleto", "debtor", "why"),
    [
        (overdue(50, status=Status.DISPUTED), DEBTOR, Exclusion.DISPUTED),
        (overdue(50, status=Status.RENEGOTIATED), DEBTOR, Exclusion.RENEGOTIATED),
        (overdue(50, status=Status.CANCELLED), DEBTOR, Exclusion.NO_LONGER_OWED),
        (overdue(50).paid_with(Payment("1", TODAY, TODAY, 1, MOMENT, settles=True)), DEBTOR, Exclusion.NO_LONGER_OWED),
        (overdue(50), replace(DEBTOR, public_body=True), Exclusion.PUBLIC_BODY),
        (overdue(50), replace(DEBTOR, in_collection=False), Exclusion.OUT_OF_COLLECTION),
        (overdue(10), replace(DEBTOR, in_collection=False), Exclusion.OUT_OF_COLLECTION),
        (overdue(5 * 366), DEBTOR, Exclusion.TOO_OLD),
        (overdue(50), None, Exclusion.NO_DEBTOR),
    ],
)
def test_who_is_left_alone_and_why(boleto: Boleto, debtor: Debtor | None, why: Exclusion) -> None:
    verdict = judge(boleto, debtor, PARAMETERS, TODAY, homologation=False)
    assert (verdict.exclusion, verdict.step) == (why, None)


def test_a_homologation_lists_nobody_but_reminds() -> None:
    assert judge(overdue(50), DEBTOR, PARAMETERS, TODAY, homologation=True).exclusion is Exclusion.HOMOLOGATION
    assert judge(overdue(10), DEBTOR, PARAMETERS, TODAY, homologation=True).step == REMIND


def test_a_step_that_was_done_is_not_due_again() -> None:
    assert judge(overdue(44, collection_step=1), DEBTOR, PARAMETERS, TODAY, homologation=False) == NOTHING_DUE
    assert judge(overdue(45, collection_step=1), DEBTOR, PARAMETERS, TODAY, homologation=False).step == LIST
    assert judge(overdue(90, collection_step=5), DEBTOR, PARAMETERS, TODAY, homologation=False) == NOTHING_DUE


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2000), st.sampled_from([0, 1, 5]), st.sampled_from(["open", "disputed", "renegotiated"]))
def test_what_the_key_leaves_out_the_rows_leave_out_too(days: int, done: int, status: str) -> None:
    boleto = overdue(days, collection_step=done, status=Status(status))
    candidate = Candidate("b", "d", boleto.due_on, done, boleto.status, "")
    by_key = judge_candidate(candidate, PARAMETERS, TODAY)
    by_rows = judge(boleto, DEBTOR, PARAMETERS, TODAY, homologation=False)
    if by_key.step is None:
        assert by_rows == by_key
    assert not (by_key.step and by_key.exclusion)


def test_figures_add_up_shards_and_tallies() -> None:
    walks = [Walk("x", True, 10, 3, {"disputed": 2}), Walk("y", True, 5, 1, {"disputed": 1})]
    tallies = [{"done:credit_analysis": 2, "cost:cents": 700}, {"failed:invalid_input": 1, "excluded:public_body": 1}]
    figures = add_up(walks, 2, tallies)
    assert (figures.looked_at, figures.queued, figures.worked, figures.cost_cents) == (15, 4, 4, 700)
    assert figures.excluded == {"disputed": 3, "public_body": 1}
    assert figures.is_finished
    assert not add_up(walks[:1], 2, tallies).is_finished
    assert not add_up(walks, 2, tallies[:1]).is_finished


def test_a_branch_works_where_it_says() -> None:
    place = replace(PARAMETERS, state="SP", yearly=("01-25",), single=(date(2026, 6, 4),)).place
    assert not any(map(place.is_business_day, (date(2027, 1, 25), date(2026, 7, 9), date(2026, 6, 4))))
    assert place.is_business_day(date(2027, 6, 4))
