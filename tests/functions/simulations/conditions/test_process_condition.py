"""The queue function over its sample event: which messages come back, when, and what was asked of the banks."""

from __future__ import annotations

import json
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.conditions.worker import RETRIES
from lastro.simulations.model import ConditionState
from lastro.simulations.store import SimulationStore
from tests.functions.consumer import Record
from tests.functions.emulation.faults import failing, watch
from tests.functions.emulation.process import TABLE
from tests.functions.invocation import Shop, load_function, sample_event
from tests.functions.simulations.pipeline import NO_ADVICE, Pipeline, sample_purchase


def purchase(*terms: int, bank: str = "341", down_payment: int = 3_000_000) -> dict[str, Any]:
    asked = [{"installments": term, "down_payment": down_payment} for term in terms]
    return sample_purchase(bank_febraban_codes=[bank], conditions=asked)


def posted(pipeline: Pipeline, shop: Shop, *terms: int, **options: Any) -> tuple[str, list[Record]]:
    answer = pipeline.post(shop, purchase(*terms, **options))
    assert answer.status == 200, answer.text
    return answer.json["data"]["uuid"], pipeline.take()


def outcomes(pipeline: Pipeline, shop: Shop, uuid: str) -> dict[int, tuple[Any, ...]]:
    """Term to success, availability, error and reason of each original."""
    conditions = pipeline.read(shop, uuid).json["data"]["conditions"]
    fields = ("success", "available", "error", "reason_identifier")
    return {c["installments"]: tuple(c[f] for f in fields) for c in conditions if c["original_condition_id"] is None}


def terms_of(records: list[Record], uuid: str) -> dict[int, str]:
    """Offset of each message's condition to the message's id."""
    return {json.loads(record["body"])["offset"] // 3: record["messageId"] for record in records}


DONE = (True, True, False, None)


def test_the_sample_event_names_simulations_nobody_has(pipeline: Pipeline) -> None:
    event = sample_event("simulations", "process_condition")
    handler = load_function("simulations", "process_condition").handler
    assert handler(event, SimpleNamespace(function_name="process_condition")) == {"batchItemFailures": []}


def test_exactly_the_failed_messages_come_back_each_with_its_own_wait(pipeline: Pipeline) -> None:
    pipeline.banks.script(
        "341",
        {"when": {"installments": 24}, "outcome": "unstable"},
        {"when": {"installments": 48}, "outcome": "validation_error"},
        NO_ADVICE,
    )
    shop = pipeline.open_shop("341")
    uuid, records = posted(pipeline, shop, 12, 24, 36, 48)
    ids = terms_of(records, uuid)
    with watch("sqs", "ChangeMessageVisibilityBatch") as changes:
        assert pipeline.deliver(records) == [ids[1]]
    [change] = changes
    [entry] = change["Entries"]
    [failed] = [record for record in records if record["messageId"] == ids[1]]
    assert (change["QueueUrl"], entry["ReceiptHandle"]) == (pipeline.queue_url, failed["receiptHandle"])
    assert entry["VisibilityTimeout"] == 1
    pending = (None, None, None, None)
    refused = (False, False, True, "bank_validation_error")
    assert outcomes(pipeline, shop, uuid) == {12: DONE, 24: pending, 36: DONE, 48: refused}
    # Attempts of one batch may differ; each message waits as long as its own says.
    with watch("sqs", "ChangeMessageVisibilityBatch") as changes:
        assert pipeline.deliver([failed], attempt=3) == [ids[1]]
    assert [entry["VisibilityTimeout"] for entry in changes[0]["Entries"]] == [3]
    pipeline.banks.script("341", NO_ADVICE)
    pipeline.clock.advance(seconds=30)
    assert pipeline.deliver([failed], attempt=4) == []
    assert outcomes(pipeline, shop, uuid)[24] == DONE
    assert pipeline.read(shop, uuid).json["data"]["finished_at"]


def test_the_last_attempt_ends_the_condition_with_its_reason(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", {"outcome": "unstable"})
    shop = pipeline.open_shop("341")
    uuid, records = posted(pipeline, shop, 12)
    for attempt in range(1, RETRIES.attempts):
        assert len(pipeline.deliver(records, attempt=attempt)) == 1
        pipeline.clock.advance(seconds=attempt)
    assert pipeline.deliver(records, attempt=RETRIES.attempts) == []
    assert outcomes(pipeline, shop, uuid) == {12: (False, False, True, "bank_unavailable")}
    simulation = pipeline.read(shop, uuid).json["data"]
    assert (simulation["success"], simulation["error"], simulation["pending"]) == (False, True, 0)
    assert simulation["process_task"] == {
        "ended_at": simulation["finished_at"],
        "error": True,
        "result": {"success": False},
    }
    assert simulation["reason"] == Reason.GENERIC.text


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"simulation_id": "x"}', '{"simulation_id": 1, "offset": 0, "bank": "341"}']
)
def test_an_unreadable_message_stays_failed_and_delays_nobody(pipeline: Pipeline, body: str) -> None:
    pipeline.banks.script("341", NO_ADVICE)
    shop = pipeline.open_shop("341")
    uuid, records = posted(pipeline, shop, 12)
    bad = {**sample_event("simulations", "process_condition")["Records"][1], "body": body}
    with watch("sqs", "ChangeMessageVisibilityBatch") as changes:
        for attempt in (1, 9):
            assert pipeline.deliver([bad, *records, {**bad, "messageId": "b2"}], attempt=attempt) == [
                bad["messageId"],
                "b2",
            ]
    assert changes == []
    assert outcomes(pipeline, shop, uuid) == {12: DONE}


def test_the_same_message_twice_in_a_batch_and_again_later(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", {"minimum_down_payment": 4_000_000, "suggested_down_payment": None})
    shop = pipeline.open_shop("341")
    before = len(pipeline.banks.effects("341"))
    uuid, records = posted(pipeline, shop, 12, 24)
    twins = [{**record, "messageId": f"{record['messageId']}-twin"} for record in records]
    assert pipeline.deliver([*records, *twins]) == []
    first = pipeline.read(shop, uuid).text
    assert pipeline.deliver(records, attempt=2) == []
    assert pipeline.read(shop, uuid).text == first
    pipeline.drain()
    simulation = pipeline.read(shop, uuid).json["data"]
    assert len(simulation["conditions"]) == 4
    assert simulation["pending"] == 0
    assert len(pipeline.banks.effects("341")) - before == 4
    final = pipeline.read(shop, uuid).text
    assert pipeline.deliver([*twins, *records], attempt=3) == []
    assert pipeline.take() == []
    assert pipeline.read(shop, uuid).text == final


def test_conditions_of_many_simulations_share_a_batch(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", NO_ADVICE)
    shops = [pipeline.open_shop("341") for _ in range(3)]
    batches = [posted(pipeline, shop, 12, 24) for shop in shops]
    mixed = [record for pair in zip(*(records for _, records in batches), strict=True) for record in pair]
    assert pipeline.deliver(mixed) == []
    for shop, (uuid, _) in zip(shops, batches, strict=True):
        assert outcomes(pipeline, shop, uuid) == {12: DONE, 24: DONE}


def test_a_refusal_in_pre_analysis_asks_for_no_price(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", {"outcome": "pre_approval_refused", "minimum_down_payment": 5_000_000})
    shop = pipeline.open_shop("341")
    before = len(pipeline.banks.effects("341"))
    uuid, records = posted(pipeline, shop, 12, 24)
    assert pipeline.deliver(records) == []
    simulation = pipeline.read(shop, uuid).json["data"]
    assert Counter((c["pre_approval_status"], c["reason_identifier"]) for c in simulation["conditions"]) == {
        (2, "pre_approval_refused"): 2
    }
    assert (simulation["pending"], simulation["success"]) == (0, True)
    assert len(pipeline.banks.effects("341")) == before
    assert pipeline.take() == []


def test_an_answer_lost_after_its_effect_is_looked_up(pipeline: Pipeline) -> None:
    pipeline.banks.script("623", {**NO_ADVICE, "outcome": "timeout_after_effect"})
    shop = pipeline.open_shop("623")
    before = len(pipeline.banks.effects("623"))
    uuid, records = posted(pipeline, shop, 12, bank="623")
    assert pipeline.deliver(records) == []
    assert outcomes(pipeline, shop, uuid) == {12: DONE}
    assert len(pipeline.banks.effects("623")) == before + 1


def test_wrong_credentials_end_at_once_and_are_read_again_next_time(pipeline: Pipeline) -> None:
    pipeline.banks.script("422", NO_ADVICE)
    shop = pipeline.open_shop("422")
    pipeline.put_credentials(shop, shop.store_ids[0], "422", "invalid")
    uuid, records = posted(pipeline, shop, 12, bank="422")
    assert pipeline.deliver(records) == []
    assert outcomes(pipeline, shop, uuid) == {12: (False, False, True, "invalid_bank_credentials")}
    pipeline.put_credentials(shop, shop.store_ids[0], "422")
    uuid, records = posted(pipeline, shop, 12, bank="422")
    assert pipeline.deliver(records) == []
    assert outcomes(pipeline, shop, uuid) == {12: DONE}


def test_a_replaced_credential_is_used_at_once_and_the_old_one_no_more(pipeline: Pipeline) -> None:
    pipeline.banks.script("422", NO_ADVICE)
    shop = pipeline.open_shop("422")
    uuid, records = posted(pipeline, shop, 12, bank="422")
    assert pipeline.deliver(records) == []
    assert outcomes(pipeline, shop, uuid) == {12: DONE}
    # This process holds a credential that works, and a token got with it: neither is used once the answer is out.
    uuid, records = posted(pipeline, shop, 24, bank="422")
    pipeline.put_credentials(shop, shop.store_ids[0], "422", "invalid")
    with watch("dynamodb", "BatchGetItem") as reads, watch("secretsmanager", "GetSecretValue") as seen:
        assert pipeline.deliver(records) == []
    assert outcomes(pipeline, shop, uuid) == {24: (False, False, True, "invalid_bank_credentials")}
    assert (len(reads), len(seen)) == (1, 1)
    pipeline.put_credentials(shop, shop.store_ids[0], "422")
    uuid, records = posted(pipeline, shop, 12, 24, bank="422")
    with watch("secretsmanager", "GetSecretValue") as seen:
        assert pipeline.deliver(records) == []
    assert outcomes(pipeline, shop, uuid) == {12: DONE, 24: DONE}
    assert len(seen) == 1


def test_a_message_that_names_no_store_uses_the_present_credential_too(pipeline: Pipeline) -> None:
    pipeline.banks.script("422", NO_ADVICE)
    shop = pipeline.open_shop("422")
    pipeline.finish(shop, sample_purchase(bank_febraban_codes=["422"]))
    uuid, records = posted(pipeline, shop, 12, bank="422")
    pipeline.put_credentials(shop, shop.store_ids[0], "422", "invalid")
    bodies = [{**json.loads(record["body"]), "store_id": None} for record in records]
    assert pipeline.deliver([{**r, "body": json.dumps(b)} for r, b in zip(records, bodies, strict=True)]) == []
    assert outcomes(pipeline, shop, uuid) == {12: (False, False, True, "invalid_bank_credentials")}


def test_results_that_cannot_be_stored_come_back_and_cost_no_second_effect(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", NO_ADVICE)
    shop = pipeline.open_shop("341")
    before = len(pipeline.banks.effects("341"))
    uuid, records = posted(pipeline, shop, 12, 24)
    fault = ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "BatchExecuteStatement")
    with failing("dynamodb", "BatchExecuteStatement", fault):
        assert sorted(pipeline.deliver(records)) == sorted(terms_of(records, uuid).values())
    assert pipeline.read(shop, uuid).json["data"]["pending"] == 2
    assert pipeline.deliver(records, attempt=2) == []
    assert outcomes(pipeline, shop, uuid) == {12: DONE, 24: DONE}
    assert len(pipeline.banks.effects("341")) - before == 2


@pytest.mark.parametrize("minimum", [4_000_000, None])
def test_a_result_whose_storing_was_answered_to_nobody_is_its_own(pipeline: Pipeline, minimum: int | None) -> None:
    """What follows from it is queued at once, and by the one that stored it."""
    pipeline.banks.script("341", {"minimum_down_payment": minimum, "suggested_down_payment": None})
    shop = pipeline.open_shop("341")
    uuid, records = posted(pipeline, shop, 12)
    client = open_client("dynamodb")
    real = client.batch_execute_statement

    def store_and_lose(**request: Any) -> Any:
        real(**request)
        return real(**request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "batch_execute_statement", store_and_lose)
        assert pipeline.deliver(records) == []
        pipeline.drain()
    data = pipeline.read(shop, uuid).json["data"]
    assert (data["pending"], len(data["conditions"])) == (0, 1 if minimum is None else 2)


def test_generated_conditions_the_queue_refused_are_queued_by_the_next_delivery(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", {"minimum_down_payment": 4_000_000, "suggested_down_payment": None})
    shop = pipeline.open_shop("341")
    uuid, records = posted(pipeline, shop, 12)
    refusal = {"Successful": [], "Failed": [{"Id": "0", "Code": "InternalError", "SenderFault": False}]}
    with failing("sqs", "SendMessageBatch", refusal):
        assert len(pipeline.deliver(records)) == 1
    assert pipeline.read(shop, uuid).json["data"]["pending"] == 1
    assert pipeline.deliver(records, attempt=2) == []
    pipeline.drain()
    assert pipeline.read(shop, uuid).json["data"]["pending"] == 0


def test_visibility_that_cannot_be_set_leaves_the_batch_answer_as_it_is(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", {"when": {"installments": 24}, "outcome": "unstable"}, NO_ADVICE)
    shop = pipeline.open_shop("341")
    uuid, records = posted(pipeline, shop, 12, 24)
    fault = ClientError({"Error": {"Code": "InternalError", "Message": ""}}, "ChangeMessageVisibilityBatch")
    with failing("sqs", "ChangeMessageVisibilityBatch", fault):
        assert pipeline.deliver(records) == [terms_of(records, uuid)[1]]
    assert outcomes(pipeline, shop, uuid)[12] == DONE


def test_a_batch_is_read_in_one_request_and_a_condition_written_in_two_and_a_half(pipeline: Pipeline) -> None:
    pipeline.banks.script("341", NO_ADVICE)
    shop = pipeline.open_shop("341")
    _, records = posted(pipeline, shop, *range(12, 22))
    with (
        watch("dynamodb", "PutItem") as puts,
        watch("dynamodb", "UpdateItem") as updates,
        watch("dynamodb", "TransactWriteItems") as transactions,
        watch("dynamodb", "BatchExecuteStatement") as batches,
        watch("dynamodb", "BatchGetItem") as reads,
    ):
        assert pipeline.deliver(records) == []
    assert len(reads) == 1
    assert transactions == []
    # Ten results; the claim and the outcome of one pre-analysis; one registration, the closing, and one in flight less.
    assert (sum(len(each["Statements"]) for each in batches), len(puts), len(updates)) == (10, 2, 3)


def test_a_message_of_no_condition_is_dropped(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop("341")
    uuid, [record] = posted(pipeline, shop, 12)
    body = json.dumps({**json.loads(record["body"]), "offset": 4_000})
    assert pipeline.deliver([{**record, "body": body}]) == []
    found = SimulationStore(Table(TABLE)).find_simulation(uuid)
    assert found
    assert [condition.state for condition in found.conditions] == [ConditionState.PENDING]
