"""The pipeline over the table: what a batch of deliveries leaves behind, whatever the bank and the queue do."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.aws.dynamodb.keys import simulations as keys
from lastro.aws.dynamodb.table import Delete, Put, Table, Update
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.kernel.observing import figures
from lastro.kernel.queues.queue import BATCH
from lastro.simulations.conditions.breaker import FAILURES_TO_OPEN
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.items import condition_item
from lastro.simulations.model import ConditionState, PreApprovalStatus, Verdict, end_condition
from lastro.simulations.store import SimulationStore
from lastro.simulations.sweep import DEADLINE, GRACE
from tests.clock import MovableClock
from tests.functions.emulation.faults import watch
from tests.functions.emulation.process import TABLE
from tests.functions.simulations.conditions.condition_stage import IDENTITY, ScriptedBank, Stage
from tests.memory_queue import MemoryQueue


@pytest.fixture
def stage(table: Table) -> Stage:
    return Stage(SimulationStore(table), MemoryQueue(), MovableClock(), ScriptedBank(), [])


async def test_originals_and_suggestions_end_and_the_simulation_closes_once(stage: Stage) -> None:
    stage.bank.minimum, stage.bank.suggested = 200_000, 400_000
    stage.post(12, 48)
    await stage.drain()
    found = stage.read()
    assert [(c.down_payment, c.state) for c in found.conditions] == [
        (100_000, ConditionState.REJECTED),
        (200_000, ConditionState.AVAILABLE),
        (400_000, ConditionState.AVAILABLE),
    ] * 2
    assert found.simulation.success is True
    assert found.simulation.finished_at == max(c.ended_at for c in found.conditions if c.ended_at)
    assert stage.bank.pre_approved == 1
    assert len(stage.bank.effects) == 6
    assert stage.sweep() == {"simulations": 0, "requeued": 0, "expired": 0, "closed": 0}


@pytest.mark.parametrize("terms", [10, 12])
async def test_what_is_delivered_together_is_read_once_and_registered_once(stage: Stage, terms: int) -> None:
    stage.post(*range(12, 12 + terms))
    messages = stage.queue.take()
    assert len(messages) == BATCH
    with watch("dynamodb", "BatchGetItem") as reads, watch("dynamodb", "UpdateItem") as updates:
        assert await stage.deliver(messages) == {}
    assert len(reads) == 1
    [asked] = [read["RequestItems"][TABLE]["Keys"] for read in reads]
    assert not [key for key in asked if key["SK"]["S"].startswith("COND#")], "what is fresh did not end"
    own = [update["Key"]["SK"]["S"] for update in updates if update["Key"]["PK"]["S"] == keys.simulation(IDENTITY).pk]
    assert own == ["PROGRESS", "HEADER"], "what ended, then the end"


async def test_of_two_in_a_message_one_that_failed_is_asked_for_again_alone(stage: Stage) -> None:
    stage.bank.minimum = 200_000
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE)]
    stage.post(*range(12, 24))
    messages = stage.queue.take()
    [again] = await stage.deliver(messages)
    assert len(messages[int(again)]["beside"]) == 1
    assert stage.states().count(ConditionState.PENDING) == 1 + 11
    assert await stage.deliver([messages[int(again)]], attempt=2) == {}
    assert (stage.bank.priced, len(stage.bank.effects)) == (13, 12)
    await stage.drain()
    assert len(stage.bank.effects) == 24
    assert ConditionState.PENDING not in stage.states()
    assert stage.read().simulation.finished_at


@pytest.mark.parametrize("attempt", [2, 5])
async def test_a_condition_that_is_in_two_messages_of_a_batch_ends_once(stage: Stage, attempt: int) -> None:
    """One beside another, and alone after the sweep: at the last attempt their verdicts differ, too."""
    stage.bank.minimum = 200_000
    stage.post(*range(12, 24))
    messages = stage.queue.take()
    pair = next(each for each in messages if each["beside"])
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE)] if attempt == 5 else []
    alone = [{**pair, "offset": offset, "beside": ()} for offset in (pair["offset"], *pair["beside"])]
    assert await stage.deliver([*messages, *alone], attempt) == {}
    await stage.drain()
    assert ConditionState.PENDING not in stage.states()
    assert stage.read().simulation.finished_at


async def test_a_process_that_dies_between_the_results_of_a_message_loses_and_doubles_nothing(stage: Stage) -> None:
    stage.bank.minimum = 200_000
    stage.post(*range(12, 24))
    messages = stage.queue.take()
    found = stage.read()
    verdict = Verdict(minimum=200_000, pre_approval_status=PreApprovalStatus.APPROVED)
    ended, _ = end_condition(found.simulation, found.conditions[0], verdict, stage.clock.now())
    assert stage.store.end_conditions([(IDENTITY, ended)]) == {}  # and here the process dies
    assert await stage.deliver(messages, attempt=2) == {}
    await stage.drain()
    assert (stage.bank.priced, len(stage.bank.effects)) == (11 + 12, 11 + 12)
    assert len(stage.read().conditions) == 24
    assert stage.read().simulation.finished_at


@pytest.mark.parametrize(("asked", "sent"), [(1, 1), (10, 10), (11, 10), (20, 10), (21, 21)])
async def test_conditions_share_messages_where_that_makes_them_one_batch(stage: Stage, asked: int, sent: int) -> None:
    stage.post(*range(12, 12 + asked))
    messages = stage.queue.take()
    assert len(messages) == sent
    offsets = [offset for each in messages for offset in (each["offset"], *each["beside"])]
    assert sorted(offsets) == [3 * number for number in range(asked)]


async def test_the_list_tells_how_far_each_got(stage: Stage) -> None:
    def pending() -> list[int]:
        page = stage.store.list_simulations(1, panel=None, after=None, newest_first=True, skip=0, limit=10)
        return [simulation.open_count for simulation in page]

    stage.post(12, 24)
    first, second = stage.queue.take()
    assert pending() == [2]
    await stage.deliver([first])
    assert pending() == [1]
    await stage.deliver([second])
    assert pending() == [0]


async def test_what_a_header_says_of_progress_since_before_counts_with_what_ends_now(stage: Stage) -> None:
    stage.post(12, 24)
    _, second = stage.queue.take()
    found = stage.read()
    ended, _ = end_condition(found.simulation, found.conditions[0], Verdict(), stage.clock.now())
    assert stage.store.end_conditions([(IDENTITY, ended)]) == {}
    Table(TABLE).write(Update(keys.simulation(IDENTITY), add={"ended": {ended.offset}}))
    await stage.deliver([second])
    assert stage.read().simulation.finished_at


async def test_a_condition_becomes_an_item_when_it_ends(stage: Stage) -> None:
    stage.bank.minimum, stage.bank.suggested = 200_000, 400_000
    stage.post(12, 24)
    assert items_of_conditions(stage) == []
    with (
        watch("dynamodb", "PutItem") as puts,
        watch("dynamodb", "BatchExecuteStatement") as batches,
        watch("dynamodb", "TransactWriteItems") as transactions,
    ):
        await stage.deliver(stage.queue.take())
    # The pre-analysis is claimed and ended; each result is one item, whatever it generates.
    assert (len(puts), sum(len(each["Statements"]) for each in batches), len(transactions)) == (2, 2, 0)
    assert items_of_conditions(stage) == [0, 3]
    assert [c.offset for c in stage.read().conditions] == [0, 1, 2, 3, 4, 5]
    await stage.drain()
    assert items_of_conditions(stage) == [0, 1, 2, 3, 4, 5]


async def test_a_simulation_whose_pending_conditions_are_items_is_finished(stage: Stage) -> None:
    stage.bank.minimum, stage.bank.suggested = 200_000, 400_000
    stage.post(12, 24)
    messages = stage.queue.take()
    # As simulations were stored before: each condition an item from its beginning, the generated ones with their
    # original's end.
    found = stage.read()
    first, second = found.conditions
    verdict = Verdict(minimum=200_000, pre_approval_status=PreApprovalStatus.APPROVED)
    ended, generated = end_condition(found.simulation, first, verdict, stage.clock.now())
    table = Table(TABLE)
    table.write(Delete(keys.asked(IDENTITY)))
    for condition in (ended, *generated, second):
        table.write(Put(keys.condition(IDENTITY, condition.offset), condition_item(condition)))
    assert stage.states() == [ConditionState.REJECTED, ConditionState.PENDING, ConditionState.PENDING]
    await stage.deliver(messages, attempt=2)
    await stage.drain()
    assert [c.offset for c in stage.read().conditions] == [0, 1, 3, 4, 5]
    assert ConditionState.PENDING not in stage.states()
    assert stage.read().simulation.finished_at


async def test_the_result_that_was_stored_first_counts_with_what_it_generates(stage: Stage) -> None:
    stage.bank.minimum = 200_000
    stage.post(12)
    messages = stage.queue.take()
    found = stage.read()
    failed, _ = end_condition(found.simulation, found.conditions[0], Verdict(error=True), stage.clock.now())
    real = SimulationStore.end_conditions

    def come_second(store: SimulationStore, ended: Any) -> Any:
        real(store, [(IDENTITY, failed)])
        return real(store, ended)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SimulationStore, "end_conditions", come_second)
        assert await stage.deliver(messages) == {}
    assert stage.states() == [ConditionState.FAILED]
    assert stage.read().simulation.finished_at


def items_of_conditions(stage: Stage) -> list[int]:
    """Offsets of the conditions that are items."""
    items = Table(TABLE).query(keys.simulation(IDENTITY).pk, prefix="COND#")
    return [item["offset"] for item in items]


async def test_a_message_that_comes_twice_as_if_for_the_first_time_asks_the_bank_once(stage: Stage) -> None:
    stage.bank.minimum = 200_000
    stage.post(12, 24)
    messages = stage.queue.take()
    await stage.deliver(messages)
    priced, before = stage.bank.priced, stage.read()
    await stage.deliver(messages)
    assert stage.bank.priced == priced
    assert stage.read().conditions == before.conditions
    await stage.drain()
    assert len(stage.bank.effects) == 4
    assert stage.read().simulation.finished_at


async def test_a_refusal_in_pre_analysis_ends_everything_without_asking_for_prices(stage: Stage) -> None:
    stage.bank.approves, stage.bank.minimum = False, 200_000
    stage.post(12, 24, 36)
    await stage.drain()
    assert {(c.reason, c.pre_approval_status, c.state) for c in stage.read().conditions} == {
        ("pre_approval_refused", 2, ConditionState.REJECTED)
    }
    assert (stage.bank.pre_approved, stage.bank.priced) == (1, 0)
    assert stage.read().simulation.finished_at


async def test_the_same_message_twice_changes_nothing(stage: Stage) -> None:
    stage.bank.minimum = 200_000
    stage.post(12)
    messages = stage.queue.take()
    await stage.deliver([*messages, *messages])
    before = stage.read()
    again = stage.queue.take()
    await stage.deliver(messages, attempt=2)
    assert stage.read().conditions == before.conditions
    await stage.deliver([*again, *again, *stage.queue.take()])
    assert len(stage.bank.effects) == 2
    assert stage.read().simulation.finished_at


async def test_messages_in_reverse_order_give_the_same_end(stage: Stage) -> None:
    stage.bank.minimum, stage.bank.suggested = 200_000, 400_000
    stage.post(12, 24, 36)
    while messages := stage.queue.take():
        for message in reversed(messages):
            await stage.deliver([message])
    assert len(stage.read().conditions) == 9
    assert stage.read().simulation.finished_at


async def test_an_unstable_bank_is_tried_again_within_seconds_and_then_given_up(stage: Stage) -> None:
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE) for _ in range(9)]
    stage.post(12)
    messages = stage.queue.take()
    delays = []
    for attempt in range(1, 6):
        delays.append(await stage.deliver(messages, attempt))
        stage.clock.advance(seconds=6)
    assert delays == [{"0": 1}, {"0": 2}, {"0": 3}, {"0": 4}, {}]
    (condition,) = stage.read().conditions
    assert (condition.state, condition.reason) == (ConditionState.FAILED, "bank_unavailable")
    assert stage.read().simulation.success is False


async def test_a_bank_that_comes_back_is_asked_again(stage: Stage) -> None:
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE)] * 2
    stage.post(12)
    messages = stage.queue.take()
    for attempt in (1, 2, 3):
        await stage.deliver(messages, attempt)
    assert stage.states() == [ConditionState.AVAILABLE]
    assert len(stage.bank.effects) == 1


async def test_a_lost_answer_is_looked_up_before_asking_again(stage: Stage) -> None:
    stage.bank.faults = [Unknown("no answer", code=Reason.BANK_TIMEOUT)]
    stage.post(12)
    await stage.drain()
    assert stage.states() == [ConditionState.AVAILABLE]
    assert (stage.bank.priced, stage.bank.looked_up, len(stage.bank.effects)) == (1, 1, 1)


async def test_what_never_succeeds_ends_at_once(stage: Stage) -> None:
    stage.bank.faults = [Permanent("401", code=Reason.INVALID_CREDENTIALS)]
    stage.post(12)
    await stage.drain()
    (condition,) = stage.read().conditions
    assert (condition.state, condition.reason) == (ConditionState.FAILED, "invalid_bank_credentials")
    # Whoever asks next reads the credential anew.
    stage.banks.open("341", 1, None)
    assert stage.opened == 2


async def test_one_condition_failing_leaves_the_others_alone(stage: Stage) -> None:
    stage.bank.faults = [Permanent("422", code=Reason.BANK_VALIDATION), ZeroDivisionError()]
    stage.post(12, 24, 36)
    messages = stage.queue.take()
    again = await stage.deliver(messages)
    assert len(again) == 1
    assert sorted(stage.states()) == ["available", "failed", "pending"]
    assert stage.events == ["message crashed"]
    await stage.deliver([messages[int(name)] for name in again], attempt=2)
    assert sorted(stage.states()) == ["available", "available", "failed"]
    assert stage.read().simulation.finished_at


async def test_our_own_fault_ends_the_condition_when_no_attempt_is_left(stage: Stage) -> None:
    stage.bank.faults = [ZeroDivisionError()]
    stage.post(12)
    assert await stage.deliver(stage.queue.take(), attempt=5) == {}
    (condition,) = stage.read().conditions
    assert (condition.state, condition.reason) == (ConditionState.FAILED, "internal_error")


async def test_a_failing_bank_is_left_alone_until_one_caller_probed_it(stage: Stage) -> None:
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE)] * 10
    stage.post(*range(12, 22))
    messages = stage.queue.take()
    figures.take()
    with watch("dynamodb", "UpdateItem") as updates:
        assert len(await stage.deliver(messages)) == 10
    written = [each for each in updates if each["Key"]["PK"]["S"] == keys.breaker("341").pk]
    assert len(written) == FAILURES_TO_OPEN + 1, "what fails with a breaker that is open already adds nothing"
    asked = stage.bank.priced
    assert len(await stage.deliver(messages, attempt=2)) == 10
    assert stage.bank.priced == asked
    assert turns_of_breaker() == ["BreakerOpened"]
    stage.clock.advance(seconds=6)
    waiting = await stage.deliver(messages, attempt=3)
    assert stage.bank.priced == asked + 1
    assert len(waiting) == 9
    await stage.deliver([messages[int(name)] for name in waiting], attempt=4)
    assert stage.states() == [ConditionState.AVAILABLE] * 10
    assert turns_of_breaker() == ["BreakerClosed"]


async def test_a_probe_that_fails_opens_the_breaker_anew_and_less_than_five_failures_close_nothing(
    stage: Stage,
) -> None:
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE)] * 6
    stage.post(*range(12, 17))
    messages = stage.queue.take()
    figures.take()
    await stage.deliver(messages)
    stage.clock.advance(seconds=6)
    assert len(await stage.deliver(messages, attempt=2)) == 5
    assert turns_of_breaker() == ["BreakerOpened", "BreakerOpened"]
    stage.clock.advance(seconds=6)
    left = [messages[int(name)] for name in await stage.deliver(messages, attempt=3)]
    assert turns_of_breaker() == ["BreakerClosed"]
    stage.bank.faults = [Retryable("503", code=Reason.BANK_UNAVAILABLE)]
    left = [left[int(name)] for name in await stage.deliver(left, attempt=4)]
    assert len(left) == 1
    await stage.deliver(left, attempt=5)
    assert stage.states() == [ConditionState.AVAILABLE] * 5
    assert turns_of_breaker() == []


def turns_of_breaker() -> list[str]:
    return [each.name for each in figures.take() if each.name in ("BreakerOpened", "BreakerClosed")]


async def test_the_sweep_requeues_what_nobody_finished_and_closes_what_is_due(stage: Stage) -> None:
    stage.bank.minimum = 200_000
    stage.post(12, 24)
    lost = stage.queue.take()
    assert stage.sweep()["requeued"] == 0
    stage.clock.moment += GRACE
    assert stage.sweep() == {"simulations": 1, "requeued": 2, "expired": 0, "closed": 0}
    requeued = stage.queue.take()
    assert all(message["repeated"] for message in requeued)
    await stage.deliver([*requeued, *lost])
    await stage.drain()
    assert len(stage.bank.effects) == 4
    assert stage.read().simulation.finished_at


async def test_a_result_stored_without_its_registration_is_closed_by_the_sweep(stage: Stage) -> None:
    stage.post(12)
    message = stage.queue.take()
    found = stage.read()
    ended, _ = end_condition(found.simulation, found.conditions[0], Verdict(), stage.clock.now())
    assert stage.store.end_conditions([(IDENTITY, ended)]) == {}  # and here the process dies
    stage.clock.moment += GRACE
    assert stage.sweep() == {"simulations": 1, "requeued": 0, "expired": 0, "closed": 1}
    assert stage.read().simulation.finished_at == ended.ended_at
    await stage.deliver(message, attempt=2)
    assert stage.bank.priced == 0


async def test_conditions_generated_by_a_process_that_died_are_queued_again(stage: Stage) -> None:
    stage.post(12)
    message = stage.queue.take()
    found = stage.read()
    verdict = Verdict(minimum=200_000, pre_approval_status=PreApprovalStatus.APPROVED)
    ended, _ = end_condition(found.simulation, found.conditions[0], verdict, stage.clock.now())
    assert stage.store.end_conditions([(IDENTITY, ended)]) == {}  # and here the process dies
    await stage.deliver(message, attempt=2)
    assert [sent["offset"] for sent in stage.queue.sent] == [1]
    await stage.drain()
    assert stage.states() == [ConditionState.REJECTED, ConditionState.AVAILABLE]
    assert stage.read().simulation.finished_at


async def test_nothing_stays_open_past_the_deadline(stage: Stage) -> None:
    stage.post(12, 24)
    stage.queue.take()
    stage.clock.moment += DEADLINE
    assert stage.sweep() == {"simulations": 1, "requeued": 0, "expired": 2, "closed": 1}
    assert {condition.reason for condition in stage.read().conditions} == {"internal_error"}
    assert stage.read().simulation.success is False
    assert stage.sweep()["simulations"] == 0
