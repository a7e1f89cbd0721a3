"""A queue for each bank: what waits for one holds up no other, and what one does not take loses no other's."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from lastro.kernel.banks import BANKS
from lastro.kernel.errors import Retryable
from lastro.simulations import wiring
from lastro.simulations.conditions.dispatch import ConditionDispatch
from lastro.simulations.conditions.messages import ConditionQueued
from lastro.simulations.sweep import GRACE
from tests.functions.simulations.conditions.condition_stage import Stage
from tests.functions.simulations.conditions.test_condition_pipeline import stage
from tests.memory_queue import MemoryQueue

__all__ = ["stage"]


def message(bank: str, offset: int = 0) -> ConditionQueued:
    return ConditionQueued(partner_id="p", simulation_id="s", offset=offset, bank=bank)


@pytest.fixture
def queues() -> dict[str, MemoryQueue]:
    return {bank: MemoryQueue() for bank in BANKS}


def test_each_condition_waits_in_the_queue_of_its_bank(queues: Mapping[str, MemoryQueue]) -> None:
    ConditionDispatch(queues.__getitem__).send([message(bank, n) for n, bank in enumerate([*BANKS, "341"])])
    assert {bank: len(queue.sent) for bank, queue in queues.items()} == dict.fromkeys(BANKS, 1) | {"341": 2}
    assert all(each["bank"] == bank for bank, queue in queues.items() for each in queue.sent)


def test_a_queue_that_takes_nothing_is_told_of_and_loses_no_other_banks_messages(
    queues: Mapping[str, MemoryQueue],
) -> None:
    queues["341"].broken = True
    with pytest.raises(Retryable):
        ConditionDispatch(queues.__getitem__).send([message(bank) for bank in BANKS])
    assert [bank for bank, queue in queues.items() if not queue.sent] == ["341"]


def test_only_the_queue_of_the_bank_says_whether_it_is_behind(queues: Mapping[str, MemoryQueue]) -> None:
    dispatch = ConditionDispatch(queues.__getitem__)
    dispatch.send([message("341")])
    assert [bank for bank in BANKS if dispatch.is_behind(bank)] == ["341"]


def test_the_addresses_come_from_one_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = {bank: f"https://sqs.invalid/1/{bank}" for bank in BANKS}
    monkeypatch.setenv("LASTRO_CONDITIONS_QUEUE_URLS", json.dumps(addresses))
    assert {bank: wiring._queue.__wrapped__(bank).url for bank in BANKS} == addresses


def test_a_queue_out_of_reach_stops_the_sweep_of_no_other_simulation(stage: Stage) -> None:
    stage.post(12)
    stage.queue.take()
    stage.clock.moment += GRACE
    stage.queue.broken = True
    with pytest.raises(Retryable):
        stage.sweep()
    stage.queue.broken = False
    # Due again in a minute, not lost and not at once.
    assert stage.sweep()["simulations"] == 0
    stage.clock.moment += GRACE * 3
    assert stage.sweep()["requeued"] == 1
