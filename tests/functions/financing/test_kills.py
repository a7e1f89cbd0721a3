"""Whoever works an attempt is killed before or after any step: its bank has the proposal once, and it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.financing.bank_work.worker import RETRIES
from lastro.kernel.errors import Permanent, Unknown
from lastro.vendors.banks.itau.client import ItauBank
from tests.functions.financing.conftest import Dealer


class Killed(BaseException):
    """The process is gone: nothing of ours runs any more."""


@contextmanager
def killed_at(step: int, *, after: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every write of the table and call of the bank is a step; at one of them the process dies, before it or after."""
    steps: list[str] = []

    def dying(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **kwargs: Any) -> Any:
            steps.append(name)
            dies = len(steps) == step
            if dies and not after:
                raise Killed
            answer = act(*args, **kwargs)
            if dies:
                raise Killed
            return answer

        async def stepped_call(*args: Any, **kwargs: Any) -> Any:
            steps.append(name)
            dies = len(steps) == step
            if dies and not after:
                raise Killed
            answer = await act(*args, **kwargs)
            if dies:
                raise Killed
            return answer

        return stepped_call if name.startswith("bank") else stepped

    with monkeypatch.context() as patch:
        patch.setattr(Table, "commit", dying("commit", Table.commit))
        patch.setattr(ItauBank, "send_proposal", dying("bank.send", ItauBank.send_proposal))
        patch.setattr(ItauBank, "find_proposal", dying("bank.find", ItauBank.find_proposal))
        yield steps


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", [1, 2, 3])
def test_one_proposal_is_at_the_bank_whoever_dies(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch, step: int, after: bool
) -> None:
    had = len(dealer.ledger("341"))
    made = dealer.propose()
    records = dealer.take()
    with killed_at(step, after=after, monkeypatch=monkeypatch) as steps, pytest.raises(Killed):
        dealer.deliver(records)
    assert steps == ["commit", "bank.send", "commit"][:step]

    again = dealer.deliver(records, attempt=2)
    if again:
        # Somebody may be sending still: afterwards it is looked up.
        dealer.clock.advance(minutes=3)
        assert dealer.deliver(records, attempt=3) == []

    assert len(dealer.ledger("341")) == had + 1
    shown = dealer.read(made["id"])
    assert shown["sent_to_bank"] is True
    assert shown["proposal_attempt"]["bank_proposal_identifier"] == dealer.ledger("341")[-1]["number"]


def test_what_was_dropped_while_somebody_sent_is_dropped_at_the_bank(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    dealer.tell_stories("341", {"steps": []})
    made = dealer.propose()
    records = dealer.take()
    with killed_at(2, after=True, monkeypatch=monkeypatch), pytest.raises(Killed):
        dealer.deliver(records)

    assert dealer.ask("cancel_financing_proposal", path={"proposal_id": made["id"]}).status == 204
    dealer.clock.advance(minutes=3)
    dealer.work()
    dealer.work()

    assert dealer.read(made["id"])["state"] == "cancelled"
    assert dealer.ledger("341")[-1]["states"] == ["sent", "cancelled"]


@contextmanager
def lost_and_unknown(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The bank takes what is sent, its answer is lost, and for a while it says that it does not know it."""
    send = ItauBank.send_proposal

    async def lost(bank: ItauBank, request: Any) -> Any:
        await send(bank, request)
        raise Unknown("no answer", code="bank_timeout")

    async def unknown(bank: ItauBank, key: str) -> None:
        return None

    with monkeypatch.context() as patch:
        patch.setattr(ItauBank, "send_proposal", lost)
        patch.setattr(ItauBank, "find_proposal", unknown)
        yield


def test_what_turns_up_at_the_bank_after_it_was_given_up_is_followed(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    dealer.tell_stories("341", {"steps": ["approved"]})
    made = dealer.propose()
    records = dealer.take()
    with lost_and_unknown(monkeypatch):
        assert dealer.deliver(records) != []
        dealer.clock.advance(days=3)
        dealer.deliver(records, attempt=2)
    assert dealer.read(made["id"])["state"] == "failed"

    assert dealer.follow(made["id"], "approved")["proposal_attempt"]["active"] is True


def test_what_turns_up_at_the_bank_after_it_was_dropped_is_dropped_there(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    dealer.tell_stories("341", {"steps": []})
    had = len(dealer.ledger("341"))
    made = dealer.propose()
    records = dealer.take()
    with lost_and_unknown(monkeypatch):
        dealer.deliver(records)
        assert dealer.ask("cancel_financing_proposal", path={"proposal_id": made["id"]}).status == 204
        dealer.clock.advance(minutes=3)
        dealer.deliver(records, attempt=2)
    assert dealer.read(made["id"])["state"] == "cancelled"
    for _ in range(3):
        dealer.clock.advance(hours=7)
        dealer.run_schedule("sync_proposals")
        dealer.work()

    assert [each["states"] for each in dealer.ledger("341")[had:]] == [["sent", "cancelled"]]
    assert dealer.read(made["id"])["state"] == "cancelled"


def test_what_never_turns_up_is_looked_for_no_more_and_never_sent_again(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = dealer.propose()
    records = dealer.take()
    with killed_at(2, after=False, monkeypatch=monkeypatch), pytest.raises(Killed):
        dealer.deliver(records)
    had = len(dealer.ledger("341"))
    dealer.clock.advance(days=3)
    dealer.deliver(records, attempt=2)
    for _ in range(4):
        dealer.clock.advance(days=2)
        dealer.run_schedule("sync_proposals")
        dealer.work()

    assert dealer.run_schedule("sync_proposals")["proposals"] == 0
    assert dealer.read(made["id"])["state"] == "failed"
    assert len(dealer.ledger("341")) == had


@pytest.mark.parametrize(
    ("days", "state", "code"), [(0, "checagem", "attempt_active"), (3, "failed", "attempt_in_doubt")]
)
@pytest.mark.parametrize("fault", [Permanent("other credentials", code="invalid_bank_credentials"), Unknown("silence")])
def test_a_bank_that_does_not_say_whether_it_has_it_is_asked_ever_more_seldom(
    dealer: Dealer, monkeypatch: pytest.MonkeyPatch, fault: Exception, days: int, state: str, code: str
) -> None:
    made = dealer.propose()
    records = dealer.take()
    with lost_and_unknown(monkeypatch):
        dealer.deliver(records)
        if days:
            dealer.clock.advance(days=days)
            dealer.deliver(records, attempt=2)
    asked = []

    async def silent(bank: ItauBank, key: str) -> None:
        asked.append(key)
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(ItauBank, "find_proposal", silent)
        for _ in range(60):
            dealer.clock.advance(minutes=2)
            dealer.run_schedule("sync_proposals")
            assert dealer.deliver(dealer.take(), attempt=RETRIES.attempts) == []

    assert 3 < len(asked) < 25
    assert dealer.read(made["id"])["state"] == state
    dealer.simulate()
    path = {"proposal_id": made["id"]}
    again = dealer.ask("create_proposal_attempt", path=path, body={"proposal_attempt": dealer.offer("341")})
    # Whether the bank has the first was not heard.
    assert (again.status, again.json["code"]) == (409, code)


def test_a_bank_that_does_not_drop_it_is_asked_where_it_stands(dealer: Dealer, monkeypatch: pytest.MonkeyPatch) -> None:
    dealer.tell_stories("341", {"steps": ["approved", "formalised"]})
    made = dealer.propose()
    dealer.work()
    asked = []

    async def refuse(bank: ItauBank, key: str) -> None:
        asked.append(key)
        raise Permanent("409: there is a contract", code="generic_reason")

    monkeypatch.setattr(ItauBank, "cancel_proposal", refuse)
    assert dealer.ask("cancel_financing_proposal", path={"proposal_id": made["id"]}).status == 204

    assert dealer.follow(made["id"], "formalised")["proposal_attempt"]["active"] is True
    assert asked
