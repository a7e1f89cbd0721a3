"""Runs of a collection in process: each boleto once, resumed after a crash, told in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from lastro.aws.dynamodb.keys.negativations import BOLETO_SHARDS
from lastro.aws.dynamodb.table import Table, Write
from lastro.kernel.errors import BusinessRefusal, InvalidInput, Retryable
from lastro.negativations.boletos.model import Boleto, Event, Payment, Status
from lastro.negativations.boletos.store import claim_for_listing
from lastro.negativations.collection.messages import CollectionMessage
from lastro.negativations.collection.model import Action, Parameters, Run, RunKey, RunStatus, Step
from lastro.negativations.collection.runs import walking
from lastro.negativations.collection.runs.starting import CollectionStart, queue_shards
from lastro.negativations.collection.runs.worker import CollectionWorker
from lastro.negativations.errors import UNKNOWN_NATURE
from tests.functions.negativations.collection.agency import BRANCH, DAY, LIST, MOMENT, PARTNER, REMIND, RUN, Agency

BEGUN = Run(RUN, RunStatus.RUNNING, MOMENT)
"""A run of a branch whose integration is in order."""


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def agency(table: Table, monkeypatch: pytest.MonkeyPatch) -> Agency:
    monkeypatch.setattr(walking, "PAGE", 4)
    agency = Agency(table)
    agency.configure(REMIND, LIST)
    return agency


def test_a_run_does_what_is_due_and_tells_it(agency: Agency) -> None:
    late = [agency.owe(number, 50) for number in range(12)]
    early = [agency.owe(number, 10) for number in range(12, 15)]
    agency.owe(20, 4)
    agency.owe(21, 50, status=Status.DISPUTED)
    agency.owe(22, 50, status=Status.RENEGOTIATED)
    agency.owe(23, 50, collection_step=5)
    figures = agency.run()
    assert (figures.looked_at, figures.queued, figures.worked) == (18, 15, 15)
    assert figures.done == {"notary": 12, "remind": 3}
    assert figures.excluded == {"disputed": 1, "renegotiated": 1}
    stored = agency.boletos.find_many(PARTNER, [each.id for each in (*late, *early)])
    assert [stored[each.id].collection_step for each in (*late, *early)] == [5] * 12 + [1] * 3
    run = agency.runs.find(RUN)
    assert run is not None
    assert run.status is RunStatus.FINISHED
    assert list(agency.runs.list_open(agency.clock.now() + timedelta(days=1))) == []


def test_the_same_day_again_changes_nothing_and_the_next_day_only_what_is_due(agency: Agency) -> None:
    agency.owe(1, 50)
    first = agency.run()
    assert agency.run() == first
    assert agency.start.run(DAY) == {"collections": 1, "queued": 0, "running": 0, "blocked": 0, "finished": 1}
    agency.start.run(DAY + timedelta(days=1))
    agency.deliver()
    tomorrow = agency.runs.add_up(replace(RUN, business_date=DAY + timedelta(days=1)))
    assert (tomorrow.looked_at, tomorrow.queued, tomorrow.is_finished) == (1, 0, True)


def test_every_message_twice_does_everything_once(agency: Agency) -> None:
    agency.configure(REMIND, Step(5, 45, Action.CREDIT_ANALYSIS))
    agency.runs.put(BEGUN)
    for number in range(8):
        agency.owe(number, 50)
    walks = [
        CollectionMessage(partner_id=PARTNER, branch_id=BRANCH, business_date=DAY, shard=shard)
        for shard in range(BOLETO_SHARDS)
    ]
    agency.queue.send(walks + walks)
    while waiting := agency.queue.take():
        for body in waiting + waiting:
            agency.deliver_one(body)
    figures = agency.runs.add_up(RUN)
    assert (figures.done, figures.worked, len(agency.asked)) == ({"credit_analysis": 8}, 8, 8)


@pytest.mark.parametrize("dies_at", range(0, 40, 3))
def test_whoever_dies_in_between_is_followed_by_the_sweep(agency: Agency, dies_at: int, table: Table) -> None:
    for number in range(6):
        agency.owe(number, 50)
    calls = iter(range(10_000))
    commit = table.commit

    def commit_or_die(writes: Sequence[Write]) -> bool:
        number = next(calls)
        if number == dies_at:
            raise Killed
        done = commit(writes)
        if number == dies_at + 1:
            raise Killed
        return done

    table.__dict__["commit"] = commit_or_die
    for _ in range(6):
        try:
            agency.start.run(DAY)
            agency.deliver()
            agency.sweep.run(DAY)
        except Killed:
            # What was in flight is lost with the process.
            agency.queue.take()
        agency.clock.advance(minutes=11)
    del table.__dict__["commit"]
    agency.sweep.run(DAY)
    agency.deliver()
    figures = agency.runs.add_up(RUN)
    assert (figures.looked_at, figures.queued, figures.done) == (6, 6, {"notary": 6})


def test_a_lost_message_is_sent_again_and_only_after_a_while(agency: Agency) -> None:
    agency.owe(1, 50)
    agency.start.run(DAY)
    for body in agency.queue.take():
        agency.deliver_one(body)
    agency.queue.take()
    assert agency.sweep.run(DAY)["requeued"] == 0
    agency.clock.advance(minutes=11)
    assert agency.sweep.run(DAY)["requeued"] == 1
    assert agency.sweep.run(DAY)["requeued"] == 0
    agency.deliver()
    assert agency.runs.add_up(RUN).done == {"notary": 1}


def test_only_shards_that_stand_still_are_walked_on_and_once_for_a_while(agency: Agency) -> None:
    agency.owe(1, 50)
    agency.start.run(DAY)
    first, *lost = agency.queue.take()
    agency.deliver_one(first)
    agency.queue.take()
    agency.clock.advance(minutes=9)
    assert agency.sweep.run(DAY)["walked_on"] == 1
    assert agency.queue.take() == []
    agency.clock.advance(minutes=2)
    agency.sweep.run(DAY)
    again = [CollectionMessage.model_validate(each) for each in agency.queue.take()]
    shards = {CollectionMessage.model_validate(each).shard for each in lost}
    assert {each.shard for each in again if not each.debtor_id} == shards
    assert agency.start.run(DAY)["running"] == 1
    agency.clock.advance(minutes=5)
    agency.sweep.run(DAY)
    assert agency.queue.take() == []
    agency.clock.advance(minutes=6)
    agency.sweep.run(DAY)
    agency.deliver()
    assert agency.runs.add_up(RUN).done == {"notary": 1}
    run = agency.runs.find(RUN)
    assert run is not None
    assert run.status is RunStatus.FINISHED


def test_a_payment_that_comes_between_is_seen(agency: Agency) -> None:
    boleto = agency.owe(1, 50)
    agency.start.run(DAY)
    for body in agency.queue.take():
        agency.deliver_one(body)
    payment = Payment("1", DAY, DAY, 10_000, MOMENT, settles=True)
    assert agency.boletos.change(boleto.paid_with(payment), Event.PAID, payment)
    agency.deliver()
    assert agency.runs.add_up(RUN).excluded == {"no_longer_owed": 1}


# listings -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def listing(agency: Agency) -> Agency:
    """The collection lists, and its run of the day has begun."""
    agency.configure(REMIND, Step(5, 45, Action.CREDIT_ANALYSIS))
    agency.runs.put(BEGUN)
    queue_shards(agency.queue, RUN, range(BOLETO_SHARDS))
    return agency


def test_a_listing_is_asked_for_and_its_cost_counted(listing: Agency) -> None:
    boleto = listing.owe(1, 50)

    def claim(each: Boleto) -> None:
        listing.table.write(claim_for_listing(each))

    listing.answer = claim
    figures = listing.run()
    assert (figures.done, figures.cost_cents) == ({"credit_analysis": 1}, 350)
    stored = listing.boletos.find(PARTNER, boleto.id)
    assert stored is not None
    assert (stored.collection_step, stored.has_listings) == (5, True)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (InvalidInput([]), {"invalid_input": 1}),
        (InvalidInput([UNKNOWN_NATURE.at("negativation.nature_code")]), {"unknown_code:ZZ": 1}),
        (BusinessRefusal("no", code="public_body"), {"public_body": 1}),
    ],
)
def test_what_may_not_be_listed_is_told_and_tried_again_tomorrow(
    listing: Agency, error: Exception, told: dict[str, int]
) -> None:
    boleto = listing.owe(1, 50, nature_code="ZZ")

    def refuse(_: Boleto) -> None:
        raise error

    listing.answer = refuse
    figures = listing.run()
    assert (figures.failed, figures.done, figures.is_finished) == (told, {}, True)
    stored = listing.boletos.find(PARTNER, boleto.id)
    assert stored is not None
    assert stored.collection_step == 0


def test_a_bureau_away_leaves_the_boleto_waiting(listing: Agency) -> None:
    listing.owe(1, 50)

    def away(_: Boleto) -> None:
        raise Retryable("away", code="away")

    listing.answer = away
    listing.start.run(DAY)
    with pytest.raises(Retryable):
        listing.deliver()
    assert listing.runs.add_up(RUN).worked == 0


def test_a_run_ends_with_its_last_result_whoever_tells_so_later(agency: Agency) -> None:
    agency.configure(REMIND, LIST)
    agency.owe(1, 50)
    agency.start.run(DAY)
    agency.clock.advance(minutes=2)
    assert agency.runs.add_up(RUN).ended_at(BEGUN) is None
    with pytest.MonkeyPatch.context() as dying:
        # Who wrote the last result dies before it tells that it was.
        dying.setattr(CollectionWorker, "_finish", lambda *_: None)
        agency.deliver()
    ended = agency.clock.now()
    assert agency.runs.add_up(RUN).ended_at(BEGUN) == ended
    agency.clock.advance(minutes=7)
    agency.sweep.run(DAY)
    run = agency.runs.find(RUN)
    assert run is not None
    assert (run.status, run.ended_at) == (RunStatus.FINISHED, ended)


def test_whoever_writes_the_last_result_tells_that_the_run_is_finished(agency: Agency) -> None:
    for number in range(6):
        agency.owe(number, 50)
    agency.start.run(DAY)
    told = []
    while waiting := agency.queue.take():
        for body in waiting:
            agency.deliver_one(body)
            run = agency.runs.find(RUN)
            assert run is not None
            told.append(run.status is RunStatus.FINISHED)
            # Never before everything has its result, and with it at once.
            assert told[-1] is agency.runs.add_up(RUN).is_finished
    assert (told[-1], told[-2]) == (True, False)
    assert list(agency.runs.list_open(agency.clock.now() + timedelta(days=1))) == []


def test_a_day_on_which_nothing_is_due_is_finished_by_its_last_walk(agency: Agency) -> None:
    agency.start.run(DAY)
    agency.deliver()
    run = agency.runs.find(RUN)
    assert run is not None
    assert (run.status, run.ended_at) == (RunStatus.FINISHED, agency.clock.now())


def test_a_branch_that_may_not_list_is_blocked_with_a_clear_reason(agency: Agency) -> None:
    agency.configure(REMIND, Step(5, 45, Action.CREDIT_ANALYSIS))
    agency.owe(1, 50)
    assert agency.start.run(DAY)["blocked"] == 1
    run = agency.runs.find(RUN)
    assert run is not None
    assert (run.status, run.blocked_code) == (RunStatus.BLOCKED, "branch_not_found")
    assert agency.queue.take() == []
    agency.configure(REMIND, LIST)
    figures = agency.run()
    assert figures.done == {"notary": 1}


def test_a_blocked_branch_keeps_none_behind_it_waiting(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    agency.configure(REMIND, Step(5, 45, Action.CREDIT_ANALYSIS))
    agency.start.run(DAY)
    behind = Parameters(PARTNER, BRANCH + 1, enabled=True, steps=(REMIND,), updated_at=MOMENT)
    assert agency.parameters.put(behind)
    begun: list[int] = []
    begin = CollectionStart.begin

    def note(start: CollectionStart, key: RunKey, parameters: Parameters) -> str:
        begun.append(key.branch_id)
        return begin(start, key, parameters)

    monkeypatch.setattr(CollectionStart, "begin", note)
    assert agency.start.run(DAY) == {"collections": 2, "queued": 1, "running": 0, "blocked": 1, "finished": 0}
    assert begun == [BRANCH + 1, BRANCH]


def test_blocked_branches_are_asked_again_in_turns(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start that has time for one of three asks another each time."""
    listing = Step(5, 45, Action.CREDIT_ANALYSIS)
    agency.configure(listing)
    for number in (1, 2):
        parameters = Parameters(PARTNER, BRANCH + number, enabled=True, steps=(listing,), updated_at=MOMENT)
        assert agency.parameters.put(parameters)
    assert agency.start.run(DAY)["blocked"] == 3
    begun: list[int] = []
    begin = CollectionStart.begin

    def note(start: CollectionStart, key: RunKey, parameters: Parameters) -> str:
        begun.append(key.branch_id)
        agency.clock.advance(minutes=2)
        return begin(start, key, parameters)

    monkeypatch.setattr(CollectionStart, "begin", note)
    for _ in range(4):
        assert agency.start.run(DAY)["blocked"] == 1
        agency.clock.advance(hours=1)
    assert sorted(begun[:3]) == [BRANCH, BRANCH + 1, BRANCH + 2]
    assert begun[3] == begun[0]
