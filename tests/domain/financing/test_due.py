"""When somebody looks at an attempt again: ever later, never for good, and not at all once nothing can follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lastro.financing.attempts.model import UNSURE_LASTS, Attempt
from lastro.financing.attempts.states import State
from lastro.financing.bank_work.due import GIVES_UP, PAID_LASTS, due_of
from lastro.financing.errors import ATTEMPT_ACTIVE, ATTEMPT_IN_DOUBT
from lastro.financing.proposals.model import add_attempt, put_attempt
from lastro.kernel.errors import Conflict
from tests.domain.financing.test_attempts import NOW, attempt, proposal, told, word


def looks(found: Attempt) -> list[datetime]:
    """Every look at an attempt of which nothing new is heard."""
    whole, seen = proposal("341"), []
    while (due := due_of(whole, found)) is not None:
        seen.append(due)
        found = replace(found, looked_at=due)
    return seen


def test_what_a_bank_may_have_and_does_not_say_is_asked_ever_more_seldom_and_not_for_ever() -> None:
    sent = replace(attempt(), sending_until=NOW)
    given_up = replace(sent, failure="offer_expired", concluded_at=NOW)
    for silent in (sent, given_up):
        seen = looks(silent)
        waits = [later - sooner for sooner, later in zip([NOW, *seen], seen, strict=False)]
        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (timedelta(minutes=1), timedelta(hours=6))
        assert timedelta(0) <= seen[-1] - NOW - GIVES_UP <= timedelta(hours=6)
    # Nobody heard the bank say that it does not have it: nothing else is put to it.
    assert replace(given_up, looked_at=seen[-1]).holds


def test_what_was_paid_is_looked_at_ever_more_seldom_and_for_ninety_days() -> None:
    paid = told(word(1, State.SENT), word(2, State.FORMALISED), word(3, State.PAID))
    seen = looks(replace(paid, created_at=NOW - timedelta(days=170), looked_at=NOW, paid_at=NOW))

    waits = [later - sooner for sooner, later in zip([NOW, *seen], seen, strict=False)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(hours=1), timedelta(days=1))
    assert timedelta(0) <= seen[-1] - NOW - PAID_LASTS <= timedelta(days=1)
    assert len(seen) < 120


def test_a_bank_is_busy_with_what_it_may_have_until_a_look_an_hour_later() -> None:
    given_up = replace(attempt(), failure="offer_expired", concluded_at=NOW, looked_at=NOW)
    for looked, code in (
        (NOW, "attempt_in_doubt"),
        (NOW + UNSURE_LASTS - timedelta(seconds=1), "attempt_in_doubt"),
    ):
        with pytest.raises(Conflict) as refused:
            add_attempt(put_attempt(proposal("341"), replace(given_up, unknown_at=looked)), attempt("341"))
        assert refused.value.code == code == ATTEMPT_IN_DOUBT(bank="341").code
    later = put_attempt(proposal("341"), replace(given_up, unknown_at=NOW + UNSURE_LASTS))
    assert len(add_attempt(later, attempt("341")).attempts) == 2
    with pytest.raises(Conflict) as refused:
        add_attempt(proposal("341"), attempt("341"))
    assert refused.value.code == ATTEMPT_ACTIVE(bank="341").code
