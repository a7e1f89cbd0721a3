"""The sweep of simulations: what was lost is queued again, what nobody could finish ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.simulations.sweep import AGAIN, DEADLINE, GRACE, PATIENCE, outwaited
from tests.functions.invocation import Shop, load_function, sample_event
from tests.functions.simulations.pipeline import NO_ADVICE, Pipeline


@pytest.fixture(autouse=True)
def _nothing_open(pipeline: Pipeline) -> None:
    """End what other tests of this module left open."""
    pipeline.clock.moment += DEADLINE * 2
    pipeline.sweep()
    assert pipeline.sweep() == {"simulations": 0, "requeued": 0, "expired": 0, "closed": 0}


def read(pipeline: Pipeline, shop: Shop, uuid: str) -> dict[str, Any]:
    found: dict[str, Any] = pipeline.read(shop, uuid).json["data"]
    return found


def test_lost_messages_are_queued_again_once_their_time_is_over(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    uuid = pipeline.post(shop).json["data"]["uuid"]
    assert len(pipeline.take()) == 4  # and nobody works them
    pipeline.clock.moment += GRACE / 2
    assert pipeline.sweep()["simulations"] == 0
    pipeline.clock.moment += GRACE / 2
    assert pipeline.sweep() == {"simulations": 1, "requeued": 4, "expired": 0, "closed": 0}
    records = pipeline.take()
    assert sorted(json.loads(record["body"])["offset"] for record in records) == [0, 3, 6, 9]
    assert all(json.loads(record["body"])["repeated"] for record in records)
    assert pipeline.deliver(records) == []
    pipeline.drain()
    assert read(pipeline, shop, uuid)["pending"] == 0
    assert pipeline.sweep()["simulations"] == 0


def test_what_waits_in_a_queue_that_is_behind_is_not_queued_again_until_it_counts_as_lost(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    pipeline.post(shop)
    waiting = pipeline.queue_depth()
    assert waiting == 4
    swept = []
    for _ in range(8):
        pipeline.clock.moment += GRACE
        swept.append(pipeline.sweep()["requeued"])
    assert swept == [0] * 8
    assert pipeline.queue_depth() == waiting
    pipeline.clock.moment += PATIENCE
    assert [pipeline.sweep()["requeued"], pipeline.sweep()["requeued"]] == [waiting, 0]
    pipeline.drain()


def test_two_sweeps_in_a_row_queue_each_pending_condition_once(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    pipeline.post(shop)
    assert len(pipeline.take()) == 4  # lost
    pipeline.clock.moment += GRACE
    assert [pipeline.sweep()["requeued"], pipeline.sweep()["requeued"]] == [4, 0]
    # Nobody takes them: what is due again is in the queue, not lost.
    pipeline.clock.moment += AGAIN
    assert pipeline.sweep() == {"simulations": 1, "requeued": 0, "expired": 0, "closed": 0}
    assert pipeline.queue_depth() == 4
    pipeline.drain()


@pytest.mark.parametrize(
    ("looks", "lost"),
    [
        (["0:20", "1:20", "2:20", "3:20", "4:20", "5:20", "6:20"], [3, 6]),
        (["0:20", "2:59", "3:59"], [2]),
        (["3:00", "4:00"], [0]),
        (["9:30"], [0]),
    ],
)
def test_messages_count_as_lost_once_in_three_minutes(looks: list[str], lost: list[int]) -> None:
    created = datetime(2026, 3, 2, 12, tzinfo=UTC)
    seen_before = created + GRACE - AGAIN
    found = []
    for number, look in enumerate(looks):
        minutes, seconds = map(int, look.split(":"))
        now = created + timedelta(minutes=minutes, seconds=seconds)
        if outwaited(created, seen_before, now):
            found.append(number)
        seen_before = now
    assert found == lost


def test_what_nobody_could_finish_ends_with_a_reason(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", NO_ADVICE)
    shop = pipeline.open_shop()
    uuid = pipeline.post(shop).json["data"]["uuid"]
    lost = pipeline.take()
    worked = [record for record in lost if json.loads(record["body"])["bank"] == "341"]
    assert pipeline.deliver(worked) == []
    pipeline.clock.moment += DEADLINE
    assert pipeline.sweep() == {"simulations": 1, "requeued": 0, "expired": 2, "closed": 1}
    simulation = read(pipeline, shop, uuid)
    assert (simulation["pending"], simulation["success"]) == (0, True)
    ends = {(c["bank"]["febraban_code"], c["error"], c["reason_identifier"]) for c in simulation["conditions"]}
    assert ends == {("341", False, None), ("422", True, "internal_error")}
    # A message that turns up after all changes nothing.
    final = pipeline.read(shop, uuid).text
    assert pipeline.deliver(lost, attempt=2) == []
    assert pipeline.read(shop, uuid).text == final


def test_the_business_date_may_be_given_and_must_be_one(pipeline: Pipeline) -> None:
    handler = load_function("simulations", "sync_status").handler
    context = SimpleNamespace(function_name="sync_status")
    event = sample_event("simulations", "sync_status")
    assert handler({**event, "detail": {"business_date": "2026-03-02"}}, context)["simulations"] == 0
    with pytest.raises(ValueError, match="isoformat"):
        handler({**event, "detail": {"business_date": "02/03/2026"}}, context)
