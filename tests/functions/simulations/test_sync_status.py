from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from lastro.simulations.sync import DEADLINE, GRACE
from tests.functions.invocation import Shop, load_function, sample_event
from tests.functions.pipeline import NO_ADVICE, Pipeline

NOTHING_ELSE = {"deliveries": 0, "steps_sent": 0, "credits_expired": 0}
"""What the other contexts' parts of the schedule counted."""


@pytest.fixture(autouse=True)
def _nothing_open(pipeline: Pipeline) -> None:
    """End what other tests of this module left open."""
    pipeline.clock.moment += DEADLINE * 2
    pipeline.sweep()
    assert pipeline.sweep() == {"simulations": 0, "requeued": 0, "expired": 0, "closed": 0, **NOTHING_ELSE}


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
    assert pipeline.sweep() == {"simulations": 1, "requeued": 4, "expired": 0, "closed": 0, **NOTHING_ELSE}
    records = pipeline.take()
    assert sorted(json.loads(record["body"])["offset"] for record in records) == [0, 3, 6, 9]
    assert all(json.loads(record["body"])["repeated"] for record in records)
    assert pipeline.deliver(records) == []
    pipeline.drain()
    assert read(pipeline, shop, uuid)["pending"] == 0
    assert pipeline.sweep()["simulations"] == 0


def test_what_nobody_could_finish_ends_with_a_reason(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", NO_ADVICE)
    shop = pipeline.open_shop()
    uuid = pipeline.post(shop).json["data"]["uuid"]
    lost = pipeline.take()
    worked = [record for record in lost if json.loads(record["body"])["bank"] == "341"]
    assert pipeline.deliver(worked) == []
    pipeline.clock.moment += DEADLINE
    assert pipeline.sweep() == {"simulations": 1, "requeued": 0, "expired": 2, "closed": 1, **NOTHING_ELSE}
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
