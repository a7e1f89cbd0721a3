"""The loop around conditional writes: who loses decides again, and who keeps losing is told."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.commits import ROUNDS, TRANSACTION_CONFLICT, until_committed
from lastro.kernel.errors import Conflict, Retryable

LOST = "lost"
CONTENDED = "contended"


def busy() -> Conflict:
    return Conflict("busy", code="busy")


class Rounds:
    """Plays what happens to each round; a number commits."""

    def __init__(self, *events: str | int) -> None:
        self.events = list(events)
        self.played = 0

    def play(self) -> int | None:
        event = self.events[self.played]
        self.played += 1
        if event == CONTENDED:
            raise Retryable("others", code=TRANSACTION_CONFLICT)
        return None if event == LOST else int(event)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between rounds, none of which is waited for."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    return waits


lost_rounds = st.lists(st.sampled_from([LOST, CONTENDED]), max_size=ROUNDS + 3)


@given(lost=lost_rounds, outcome=st.integers())
def test_it_ends_with_the_first_round_that_commits(lost: list[str], outcome: int) -> None:
    rounds = Rounds(*lost, outcome, 999)
    if len(lost) < ROUNDS:
        # An outcome may be nothing much: 0 commits as well as any other.
        assert until_committed(rounds.play, busy) == outcome
        assert rounds.played == len(lost) + 1
        return
    with pytest.raises(Conflict) as told:
        until_committed(rounds.play, busy)
    assert told.value.code == "busy"
    assert rounds.played == ROUNDS


def test_what_commits_at_once_waits_for_nobody(pauses: list[float]) -> None:
    assert until_committed(Rounds(1).play, busy) == 1
    assert pauses == []


def test_who_lost_waits_a_little_and_not_as_long_as_others(pauses: list[float]) -> None:
    for _ in range(20):
        until_committed(Rounds(LOST, LOST, 1).play, busy)
    assert len(pauses) == 40
    assert all(0 <= pause <= 0.04 for pause in pauses)
    assert len(set(pauses)) > 1


@pytest.mark.parametrize("fault", [Retryable("the queue is away", code="queue_unreachable"), Conflict("no", code="no")])
def test_what_is_no_contention_is_not_repeated(fault: Exception) -> None:
    played: list[int] = []

    def fail() -> int | None:
        played.append(1)
        raise fault

    with pytest.raises(type(fault)) as caught:
        until_committed(fail, busy)
    assert caught.value is fault
    assert len(played) == (2 if isinstance(fault, Conflict) else 1)


def test_who_meets_what_the_same_request_did_answers_as_that_one(pauses: list[float]) -> None:
    kept: list[int] = []

    def place() -> int | None:
        if kept:
            return kept[0]
        # Its twin commits after the kept answer was looked for and before the place is.
        kept.append(7)
        raise Conflict("taken", code="taken")

    assert until_committed(place, busy) == 7
    assert pauses == []
