"""A partner has so many simulations at the banks at once, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lastro.simulations.flights.counting import LONGEST, SLOT_SECONDS
from lastro.simulations.flights.store import _side
from lastro.simulations.store import SimulationStore
from lastro.simulations.sweep import AGAIN, DEADLINE
from tests.functions.emulation.faults import watch
from tests.functions.invocation import Answer, Shop
from tests.functions.simulations.pipeline import Pipeline, sample_purchase


@dataclass(frozen=True)
class LimitedShop(Shop):
    """A partner to whom the operator allows so many."""

    most: int = 2

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "simulations_in_flight": str(self.most)}


def open_shop(pipeline: Pipeline) -> LimitedShop:
    shop = pipeline.open_shop()
    return LimitedShop(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids)


def post(pipeline: Pipeline, shop: Shop, *, key: str | None = None) -> Answer:
    return pipeline.post(shop, sample_purchase(conditions=[{"installments": 36, "down_payment": 2_000_000}]), key=key)


def test_one_too_many_waits_until_another_is_final(pipeline: Pipeline) -> None:
    shop = open_shop(pipeline)
    assert [post(pipeline, shop, key=f"{number}").status for number in range(2)] == [200, 200]
    refused = post(pipeline, shop)
    assert (refused.status, refused.json["code"]) == (429, "too_many_simulations")
    assert refused.headers["Retry-After"] == "5"
    assert refused.headers["RateLimit-Policy"].startswith('"simulations";q=2, "partner";q=')
    assert refused.headers["RateLimit"].startswith('"simulations";r=0')
    # A repeat of one that was accepted is no new simulation; other partners have limits of their own.
    assert post(pipeline, shop, key="1").status == 200
    assert post(pipeline, open_shop(pipeline)).status == 200
    pipeline.drain()
    assert [post(pipeline, shop).status for _ in range(3)] == [200, 200, 429]


def test_the_limit_costs_no_round_trip(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    with watch("dynamodb", "BatchGetItem") as read, watch("dynamodb", "GetItem") as single:
        assert post(pipeline, shop, key="1").status == 200
    assert (len(read), single) == (1, [])


def test_what_a_dead_process_counted_heals_by_itself(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = open_shop(pipeline)

    def die(*_: object) -> bool:
        _side().submit(lambda: None).result()  # it was counted beside by then
        raise ConnectionError("the process ended here")

    with monkeypatch.context() as patch:
        patch.setattr(SimulationStore, "put_simulation", die)
        assert [post(pipeline, shop).status for _ in range(2)] == [500, 500]
    assert post(pipeline, shop).status == 429
    pipeline.clock.advance(seconds=LONGEST.total_seconds() + SLOT_SECONDS)
    assert post(pipeline, shop).status == 200


def test_a_request_that_lost_counts_for_nothing(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = open_shop(pipeline)
    put, lost = SimulationStore.put_simulation, [True, True]

    def lose_twice(store: SimulationStore, simulation: Any, conditions: Any, answered: Any) -> bool:
        return not (lost and lost.pop()) and put(store, simulation, conditions, answered)

    monkeypatch.setattr(SimulationStore, "put_simulation", lose_twice)
    assert [post(pipeline, shop).status for _ in range(3)] == [200, 200, 429]


def test_no_simulation_outlives_what_is_counted() -> None:
    assert LONGEST >= DEADLINE + AGAIN
