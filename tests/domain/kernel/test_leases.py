"""Who asks for what somebody may be making already: takes it, makes it, or waits for it."""

from __future__ import annotations

import pytest

from lastro.kernel.leases import LOST, TAKEN, Free, Lost, Patience, Taken, share

AT_ONCE = Patience(seconds=3, poll=0)


class Record:
    """A lease as several share it; ``others`` say what is found at each look before it is free."""

    def __init__(self, *others: str | Taken, claims: tuple[bool, ...] = (True,)) -> None:
        self.others = list(others)
        self.claims = list(claims)
        self.acted = 0
        self.waited: list[float] = []

    async def look(self, waited: float) -> str | Free[int] | Taken:
        self.waited.append(waited)
        return self.others.pop(0) if self.others else Free(7)

    async def act(self, seen: int) -> str | Lost:
        assert seen == 7
        if not self.claims.pop(0):
            return LOST
        self.acted += 1
        return "mine"


async def test_an_answer_that_is_there_is_taken_and_nothing_done() -> None:
    record = Record("theirs")
    assert await share(record.look, record.act, AT_ONCE) == "theirs"
    assert record.acted == 0


async def test_who_finds_it_free_and_claims_it_acts() -> None:
    record = Record()
    assert await share(record.look, record.act, AT_ONCE) == "mine"
    assert record.acted == 1


async def test_who_loses_the_claim_looks_again_at_once() -> None:
    record = Record(claims=(False, False, True))
    assert await share(record.look, record.act, Patience(seconds=0, poll=60)) == "mine"
    assert record.waited == [0, 0, 0]


async def test_who_finds_it_taken_waits_until_there_is_an_answer_or_it_is_free() -> None:
    assert await share(Record(TAKEN, TAKEN, "theirs").look, Record().act, AT_ONCE) == "theirs"
    record = Record(TAKEN, TAKEN)
    assert await share(record.look, record.act, Patience(seconds=3, poll=0.001)) == "mine"
    assert record.waited == pytest.approx([0, 0.001, 0.002])


async def test_who_knows_when_an_answer_comes_looks_then() -> None:
    record = Record(Taken(0.002), Taken(0.0), TAKEN, "theirs")
    assert await share(record.look, record.act, Patience(seconds=3, poll=0.001)) == "theirs"
    assert record.waited == pytest.approx([0, 0.002, 0.002, 0.003])


async def test_patience_ends() -> None:
    record = Record(*[TAKEN] * 50)
    assert await share(record.look, record.act, Patience(seconds=0.004, poll=0.001)) is None
    assert record.acted == 0
    assert 4 <= len(record.waited) <= 6


async def test_what_either_raises_is_raised() -> None:
    async def fail_to_act(_: int) -> Lost:
        raise ZeroDivisionError

    async def fail_to_look(_: float) -> Taken:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await share(Record().look, fail_to_act, AT_ONCE)
    with pytest.raises(ZeroDivisionError):
        await share(fail_to_look, Record().act, AT_ONCE)
