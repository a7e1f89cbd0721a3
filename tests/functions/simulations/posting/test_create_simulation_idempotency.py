"""``Idempotency-Key`` on POST: the first answer again, whatever happens in between, for 24 hours."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.simulations.store import SimulationStore
from tests.functions.emulation.faults import cancelled, failing, watch
from tests.functions.emulation.process import TABLE
from tests.functions.invocation import Shop
from tests.functions.simulations.pipeline import Pipeline, sample_purchase


def listed(pipeline: Pipeline, shop: Shop, **options: Any) -> list[str]:
    return [simulation["uuid"] for simulation in pipeline.page(shop, **options).json["data"]]


def test_the_same_request_again_gets_the_same_bytes_and_has_no_effect(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    first = pipeline.post(shop, key="k")
    assert len(pipeline.take()) == 4
    with watch("dynamodb", "BatchWriteItem") as written:
        second = pipeline.post(shop, key="k")
    assert (second.status, second.text) == (200, first.text)
    assert written == pipeline.take() == []
    assert listed(pipeline, shop) == [first.json["data"]["uuid"]]


def test_the_first_answer_stays_as_it_was_when_the_simulation_went_on(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    first = pipeline.post(shop, key="k")
    pipeline.drain()
    assert pipeline.read(shop, first.json["data"]["uuid"]).json["data"]["pending"] == 0
    assert pipeline.post(shop, key="k").text == first.text


def test_the_first_answer_outlives_the_lead_and_the_banks(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    first = pipeline.post(shop, key="k")
    pipeline.delete_lead(shop)
    assert pipeline.post(shop, key="k").text == first.text
    assert pipeline.post(shop).status == 422


def test_the_same_request_may_be_spelt_otherwise(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    first = pipeline.post(shop, key="k")
    body = sample_purchase(retrieve_lead={"cpf_cnpj": "52998224725"}, commercial=False)
    body = {"simulation": dict(reversed(body["simulation"].items()))}
    assert pipeline.post(shop, body, key=" k ").text == first.text


@pytest.mark.parametrize(
    "changes",
    [{"assets_value": None}, {"commercial": True}, {"conditions": [{"installments": 36, "down_payment": 2_000_000}]}],
)
def test_the_same_key_with_another_request_is_a_conflict(pipeline: Pipeline, changes: dict[str, Any]) -> None:
    shop = pipeline.open_shop()
    first = pipeline.post(shop, key="k")
    answer = pipeline.post(shop, sample_purchase(**changes), key="k")
    assert (answer.status, answer.json["type"]) == (409, "urn:lastro:error:idempotency_key_reused")
    assert listed(pipeline, shop) == [first.json["data"]["uuid"]]


def test_a_refused_request_leaves_its_key_free(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    assert pipeline.post(shop, sample_purchase(conditions=[]), key="k").status == 422
    assert pipeline.post(shop, sample_purchase(bank_febraban_codes=["033"]), key="k").status == 422
    assert pipeline.post(shop, key="k").status == 200


def test_a_key_lasts_twenty_four_hours(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    first = pipeline.post(shop, key="k")
    pipeline.clock.advance(hours=24, seconds=-1)
    assert pipeline.post(shop, key="k").text == first.text
    pipeline.clock.advance(seconds=1)
    other = sample_purchase(commercial=True)
    second = pipeline.post(shop, other, key="k")
    assert second.status == 200
    assert listed(pipeline, shop) == [second.json["data"]["uuid"], first.json["data"]["uuid"]]
    # The new record lasts a day of its own.
    pipeline.clock.advance(hours=23)
    assert pipeline.post(shop, other, key="k").text == second.text
    assert pipeline.post(shop, key="k").status == 409


def test_stores_and_partners_do_not_share_keys(pipeline: Pipeline) -> None:
    one, other = pipeline.open_shop(stores=2), pipeline.open_shop()
    answers = [
        pipeline.post(one, key="k", store_id=one.store_ids[0]),
        pipeline.post(one, key="k", store_id=one.store_ids[1]),
        pipeline.post(other, key="k"),
    ]
    assert [answer.status for answer in answers] == [200] * 3
    assert len({answer.json["data"]["uuid"] for answer in answers}) == 3


def test_any_text_is_a_key(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    keys = ["a#b", "IDEM", "ção", "x" * 255, "\x00", "0"]
    found = [pipeline.post(shop, key=key) for key in keys]
    assert [answer.status for answer in found] == [200] * len(keys)
    assert [pipeline.post(shop, key=key).text for key in keys] == [answer.text for answer in found]
    stored = repr(open_client("dynamodb").scan(TableName=TABLE)["Items"])
    assert "x" * 255 not in stored


@pytest.mark.parametrize("same", [True, False])
def test_the_loser_of_two_at_once_gets_the_winners_answer(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    shop = pipeline.open_shop()
    before = {row["PK"]["S"] for row in scan()}
    reserve_ids = SimulationStore.reserve_ids
    winners = []

    def let_another_pass(store: SimulationStore, count: int) -> int:
        # Between the look before and the commit, the same key is used by somebody else.
        monkeypatch.setattr(SimulationStore, "reserve_ids", reserve_ids)
        winners.append(pipeline.post(shop, sample_purchase(commercial=not same), key="k"))
        return reserve_ids(store, count)

    monkeypatch.setattr(SimulationStore, "reserve_ids", let_another_pass)
    loser = pipeline.post(shop, key="k")
    [winner] = winners
    assert winner.status == 200
    assert (loser.status, loser.text == winner.text) == ((200, True) if same else (409, False))
    assert listed(pipeline, shop) == [winner.json["data"]["uuid"]]
    rows = [row for row in scan() if row["PK"]["S"].startswith("SIM#") and row["PK"]["S"] not in before]
    # The loser left nothing behind.
    assert {row["PK"]["S"] for row in rows} == {f"SIM#{winner.json['data']['uuid']}"}
    assert sorted(row["entity"]["S"] for row in rows) == ["asked", "simulation"]
    pipeline.drain()
    kept = [row for row in scan() if row["PK"]["S"] == f"SIM#{winner.json['data']['uuid']}"]
    assert len(kept) > len(rows)
    assert not [row for row in kept if "expires" in row]


def scan() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = open_client("dynamodb").scan(TableName=TABLE)["Items"]
    return found


@pytest.mark.parametrize("times", [2, 8])
def test_others_in_the_way_cost_a_moment_and_no_answer(pipeline: Pipeline, pauses: list[float], times: int) -> None:
    shop = pipeline.open_shop()
    with failing("dynamodb", "TransactWriteItems", cancelled("None", "TransactionConflict"), times=times):
        first = pipeline.post(shop, key="k")
    assert first.status == 200
    assert pipeline.post(shop, key="k").text == first.text
    assert listed(pipeline, shop) == [first.json["data"]["uuid"]]
    assert len(pauses) >= times


def test_who_is_in_the_way_of_others_for_ever_is_told_to_repeat(pipeline: Pipeline, pauses: list[float]) -> None:
    shop = pipeline.open_shop()
    with failing("dynamodb", "TransactWriteItems", cancelled("TransactionConflict")):
        answer = pipeline.post(shop, key="k")
    assert (answer.status, answer.json["code"]) == (409, "in_progress")
    assert pipeline.post(shop, key="k").status == 200


def test_without_a_key_every_request_is_a_new_one(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    assert pipeline.post(shop).json["data"]["uuid"] != pipeline.post(shop).json["data"]["uuid"]
    assert len(listed(pipeline, shop)) == 2
    assert not any(
        item["SK"]["S"] == "IDEM" and f"#{shop.store_ids[0]}#" in item["PK"]["S"]
        for item in open_client("dynamodb").scan(TableName=Table().name)["Items"]
    )
