"""One request id from the API through queues, banks and the notice, in each line of a simulation's life."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.table import Table
from lastro.aws.log import tell_vendor_calls
from lastro.kernel.observing.tracing import current_request, tracing
from lastro.kernel.observing.vendor_calls import note_vendor_call
from lastro.simulations.sweep import AGAIN, PATIENCE
from tests.functions.emulation.process import TABLE
from tests.functions.invocation import sample_event
from tests.functions.simulations.pipeline import Pipeline, sample_purchase

REQUEST = str(sample_event("simulations", "create_simulation")["requestContext"]["requestId"])


def lines_of(logged: StringIO) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in logged.getvalue().splitlines()]
    logged.truncate(0)
    logged.seek(0)
    return found


def requests_of(line: dict[str, Any]) -> set[str]:
    return {*line.get("request_ids", ()), *filter(None, [line.get("request_id")])}


def post(pipeline: Pipeline, logged: StringIO, **changes: Any) -> str:
    shop = pipeline.open_shop()
    lines_of(logged)
    body = sample_purchase(conditions=[{"installments": 36, "down_payment": 2_000_000}], **changes)
    answer = pipeline.post(shop, body)
    assert answer.status == 200
    return str(answer.json["data"]["uuid"])


def test_each_line_of_a_simulation_names_its_request(pipeline: Pipeline, logged: StringIO) -> None:
    uuid = post(pipeline, logged, webhook_url="https://meusite.com.br/aviso")
    pipeline.drain()
    lines = lines_of(logged)
    assert {"request", "vendor called", "batch"} <= {line["message"] for line in lines}
    assert [line for line in lines if requests_of(line) != {REQUEST}] == []
    called = [line for line in lines if line["message"] == "vendor called"]
    assert {line["vendor"] for line in called} == {"the bank"}
    # A line for all calls of a batch, each with a pre-analysis and a price at least.
    assert all(sum(line["statuses"].values()) > 1 for line in called)
    assert called[0]["longest_ms"] > 0
    [delivery] = [
        item
        for item in open_client("dynamodb").scan(TableName=TABLE)["Items"]
        if item.get("subject", {}).get("S") == uuid
    ]
    assert delivery["request_id"]["S"] == REQUEST


def test_a_call_to_a_vendor_is_told_under_its_own_request(logged: StringIO) -> None:
    tell_vendor_calls()
    lines_of(logged)
    for request_id in (None, "one", "another"):
        with tracing(request_id):
            note_vendor_call("the bank", 200, 1.0)
    with tracing("another"):
        tell_vendor_calls()
        assert current_request() == "another"
    assert [line.get("request_id") for line in lines_of(logged)] == [None, "one", "another"]


def test_what_a_sweep_sends_again_goes_on_for_the_same_request(pipeline: Pipeline, logged: StringIO) -> None:
    uuid = post(pipeline, logged)
    open_client("sqs").purge_queue(QueueUrl=pipeline.queue_url)
    pipeline.clock.advance(seconds=(PATIENCE + AGAIN).total_seconds())
    assert current_request() is None
    pipeline.sweep()
    lines_of(logged)
    pipeline.drain()
    lines = lines_of(logged)
    assert {requests_of(line) == {REQUEST} for line in lines} == {True}
    header = Table(TABLE).query(f"SIM#{uuid}", prefix="HEADER")
    assert [item["request_id"] for item in header] == [REQUEST]


def test_a_request_ends_where_it_began() -> None:
    with tracing("a"):
        with tracing("b"):
            assert current_request() == "b"
        assert current_request() == "a"
    assert current_request() is None


@pytest.mark.parametrize("empty", ["", None])
def test_no_id_is_no_request(empty: str | None) -> None:
    with tracing(empty):
        assert current_request() is None
