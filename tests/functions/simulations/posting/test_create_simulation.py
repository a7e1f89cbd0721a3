"""POST of a simulation: which conditions it has at which banks, and what it answers."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from lastro.aws.clients import open_client
from tests.functions.emulation.faults import failing, watch
from tests.functions.emulation.process import TABLE
from tests.functions.invocation import Shop
from tests.functions.simulations.pipeline import Pipeline, sample_purchase


class ProcessKilled(BaseException):
    """The process ended here: nothing after this line runs."""


def simulations_stored() -> set[str]:
    items = open_client("dynamodb").scan(TableName=TABLE, ConsistentRead=True)["Items"]
    return {item["PK"]["S"] for item in items if item["PK"]["S"].startswith("SIM#")}


def conditions(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [{"installments": 12 + number, "down_payment": 2_000_000, **fields} for number in range(count)]


def pairs(data: dict[str, Any]) -> Counter[tuple[str, int]]:
    return Counter((c["bank"]["febraban_code"], c["installments"]) for c in data["conditions"])


def test_every_condition_goes_to_every_bank_and_is_answered_pending(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    answer = pipeline.post(shop)
    data = answer.json["data"]
    assert answer.status == 200
    assert pairs(data) == Counter([("341", 36), ("341", 48), ("422", 36), ("422", 48)])
    assert (data["pending"], data["finished_at"], data["success"], data["process_task"]) == (4, None, None, None)
    assert len({c["id"] for c in data["conditions"]}) == 4
    for condition in data["conditions"]:
        assert condition["process_task"] is None
        assert [condition[name] for name in ("success", "available", "error", "reason", "expires_at")] == [None] * 5
    # What POST answers is what GET answers while nothing has happened.
    assert pipeline.read(shop, data["uuid"]).json == answer.json


def test_the_purchase_is_echoed(pipeline: Pipeline) -> None:
    data = pipeline.post(pipeline.open_shop()).json["data"]
    assert data["seller_cpf"] == "111.444.777-35"
    assert data["items"] == [{"id": 1, "type": "documentation", "value": 150_000}]
    assert data["lead"]["cpf_cnpj"] == "529.982.247-25"
    assert data["vehicle"]["vehicle_model"]["molicar_code"] == "02106163-7"
    assert (data["assets_value"], data["vehicle"]["asset_value"]) == (10_000_000, 10_000_000)
    second = next(c for c in data["conditions"] if c["installments"] == 48)
    assert second["include_financial_protection_insurance"] is True
    assert second["products_options"]["include_asset_insurance"] is True
    assert (second["min_return"], second["max_return"]) == (0, 5)
    assert (second["return_preference"], second["quota_preference"]) == ("max", "min")


@pytest.mark.parametrize("empty", [None, "", " "])
def test_an_empty_field_is_one_left_out(pipeline: Pipeline, empty: str | None) -> None:
    names = ("documentation_value", "accessory_value", "insurance_value", "commercial", "seller_cpf")
    switches = ("process_bank_suggested_conditions", "process_credere_suggested_conditions")
    inner = dict.fromkeys(("include_financial_protection_insurance", "min_return", "products_options"), empty)
    body = sample_purchase(**dict.fromkeys((*names, *switches), empty), conditions=conditions(1, **inner))
    answer = pipeline.post(pipeline.open_shop(), body)
    assert (answer.status, answer.json["data"]["items"]) == (200, [])
    assert {each["include_financial_protection_insurance"] for each in answer.json["data"]["conditions"]} == {False}


@pytest.mark.parametrize("codes", [None, []])
def test_without_a_list_every_integrated_bank_is_asked(pipeline: Pipeline, codes: list[str] | None) -> None:
    shop = pipeline.open_shop("341", "033", "M22", without=("655",))
    data = pipeline.post(shop, sample_purchase(bank_febraban_codes=codes, conditions=conditions(1))).json["data"]
    assert pairs(data) == Counter([("341", 12), ("033", 12), ("M22", 12)])


def test_a_condition_that_names_a_bank_goes_there_only(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop("341", "422", "033")
    asked = [*conditions(1, bank_febraban_code="033"), {"installments": 24, "down_payment": 0}]
    data = pipeline.post(shop, sample_purchase(conditions=asked)).json["data"]
    assert pairs(data) == Counter([("033", 12), ("341", 24), ("422", 24)])


def test_a_bank_named_twice_is_asked_once_and_equal_conditions_stay_apart(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    asked = conditions(1) * 2
    body = sample_purchase(bank_febraban_codes=["341", " 341", "422"], conditions=asked)
    assert pairs(pipeline.post(shop, body).json["data"]) == Counter({("341", 12): 2, ("422", 12): 2})


@pytest.mark.parametrize("field", ["assets_value", "vehicle"])
def test_either_asset_value_suffices(pipeline: Pipeline, field: str) -> None:
    body = sample_purchase()
    if field == "assets_value":
        del body["simulation"]["assets_value"]
    else:
        del body["simulation"]["vehicle"]["asset_value"]
    data = pipeline.post(pipeline.open_shop(), body).json["data"]
    assert (data["assets_value"], data["vehicle"]["asset_value"]) == (10_000_000, 10_000_000)


@pytest.mark.parametrize("document", ["12.ABC.345/01DE-35", "12abc34501de35", "11.222.333/0001-81"])
def test_a_company_may_be_the_lead(pipeline: Pipeline, document: str) -> None:
    shop = pipeline.open_shop("422", lead={"cpf_cnpj": document})
    body = sample_purchase(retrieve_lead={"cpf_cnpj": document}, bank_febraban_codes=None)
    answer = pipeline.post(shop, body)
    assert (answer.status, answer.json["data"]["pending"]) == (200, 2)


def test_messages_leave_ten_a_request_and_only_after_everything_is_stored(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop("341", "422", "033")
    stored: list[int] = []

    def count(**_: Any) -> None:
        items = open_client("dynamodb").scan(TableName=TABLE, ConsistentRead=True)["Items"]
        asked = [item for item in items if item["SK"]["S"] == "ASKED" and item["PK"]["S"] not in before]
        stored.append(sum(len(term["M"]["banks"]["L"]) for item in asked for term in item["terms"]["L"]))

    before = {item["PK"]["S"] for item in open_client("dynamodb").scan(TableName=TABLE)["Items"]}
    events = open_client("sqs").meta.events
    events.register("before-call.sqs.SendMessageBatch", count)
    with watch("sqs", "SendMessageBatch") as requests:
        posted = pipeline.post(shop, sample_purchase(bank_febraban_codes=None, conditions=conditions(9)))
    events.unregister("before-call.sqs.SendMessageBatch", count)
    assert stored == [27, 27, 27]
    assert sorted(len(request["Entries"]) for request in requests) == [9, 9, 9]
    bodies = [json.loads(entry["MessageBody"]) for request in requests for entry in request["Entries"]]
    assert {body["simulation_id"] for body in bodies} == {posted.json["data"]["uuid"]}
    assert sorted(body["offset"] for body in bodies) == list(range(0, 81, 3))
    assert len(pipeline.take()) == 27


@pytest.mark.parametrize(
    "fault",
    [
        EndpointConnectionError(endpoint_url="https://queue.invalid"),
        ClientError({"Error": {"Code": "ServiceUnavailable", "Message": ""}}, "SendMessageBatch"),
        {"Successful": [], "Failed": [{"Id": "0", "Code": "InternalError", "SenderFault": False}]},
    ],
    ids=["unreachable", "refused", "entry refused"],
)
def test_a_queue_that_fails_costs_nothing_but_time(pipeline: Pipeline, fault: Any) -> None:
    shop = pipeline.open_shop("341")
    with failing("sqs", "SendMessageBatch", fault):
        posted = pipeline.post(shop, sample_purchase(bank_febraban_codes=["341"], conditions=conditions(1)))
    assert posted.status == 200
    uuid = posted.json["data"]["uuid"]
    assert pipeline.read(shop, uuid).json == posted.json
    assert pipeline.take() == []
    # What others left in the bank's queue is worked first: behind them a condition is queued again three minutes later.
    for _ in range(2):
        pipeline.clock.advance(minutes=4)
        pipeline.sweep()
        pipeline.drain()
    assert pipeline.read(shop, uuid).json["data"]["pending"] == 0


@pytest.mark.parametrize("key", ["k-1", None])
def test_a_process_killed_before_its_one_transaction_leaves_nothing(pipeline: Pipeline, key: str | None) -> None:
    shop = pipeline.open_shop()
    before = simulations_stored()
    with failing("dynamodb", "TransactWriteItems", ProcessKilled()), pytest.raises(ProcessKilled):
        pipeline.post(shop, key=key)
    assert simulations_stored() == before
    assert pipeline.page(shop).json == {"data": []}
    assert pipeline.take() == []
    # The same request again is a first one.
    again = pipeline.post(shop, key=key)
    assert again.status == 200
    assert [one["uuid"] for one in pipeline.page(shop).json["data"]] == [again.json["data"]["uuid"]]


def test_sixty_conditions_and_five_hundred_originals_are_the_most(pipeline: Pipeline) -> None:
    ten = ("341", "033", "655", "623", "422", "394", "336", "342", "M22", "fontecred")
    shop = pipeline.open_shop(*ten)
    most = pipeline.post(shop, sample_purchase(bank_febraban_codes=None, conditions=conditions(50)), key="most")
    assert (most.status, most.json["data"]["pending"]) == (200, 500)
    assert pipeline.read(shop, most.json["data"]["uuid"]).json == most.json
    assert (
        pipeline.post(shop, sample_purchase(bank_febraban_codes=None, conditions=conditions(50)), key="most").text
        == most.text
    )
    over = pipeline.post(shop, sample_purchase(bank_febraban_codes=None, conditions=conditions(51)))
    assert (over.status, over.rules()) == (422, {"simulation.conditions": "too_many_originals"})
    sixty = pipeline.post(shop, sample_purchase(bank_febraban_codes=["341"], conditions=conditions(60)))
    assert (sixty.status, sixty.json["data"]["pending"]) == (200, 60)


def test_a_foreign_store_is_refused_and_an_unknown_one_too(pipeline: Pipeline) -> None:
    owner, stranger = pipeline.open_shop(), pipeline.open_shop()
    for store_id in (owner.store_ids[0], 999_999_999):
        assert pipeline.post(stranger, store_id=store_id).status == 403


def test_the_store_may_be_left_out_by_a_partner_with_one(pipeline: Pipeline) -> None:
    one, two = pipeline.open_shop(), pipeline.open_shop(stores=2)
    assert pipeline.post(one, store_id=None).status == 200
    answer = pipeline.post(two, store_id=None)
    assert (answer.status, answer.rules()) == (422, {"Store-Id": "required"})
    assert pipeline.post(Shop(two.partner_id, "", "", ()), store_id=None).status == 422


def test_offers_are_dated_in_sao_paulo(pipeline: Pipeline) -> None:
    pipeline.clock.moment = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
    data = pipeline.post(pipeline.open_shop()).json["data"]
    assert {c["release_date"] for c in data["conditions"]} == {"2026-03-02"}
    assert datetime.fromisoformat(data["created_at"]) == pipeline.clock.moment
    assert data["created_at"].endswith("Z")


def test_an_offer_stands_for_two_days(pipeline: Pipeline) -> None:
    simulation = pipeline.finish(pipeline.open_shop())
    offers = [c for c in simulation["conditions"] if c["available"]]
    assert offers
    for offer in offers:
        kept = datetime.fromisoformat(offer["expires_at"]) - datetime.fromisoformat(offer["processed_at"])
        assert kept == timedelta(days=2)
    assert all(c["expires_at"] is None for c in simulation["conditions"] if not c["available"])
