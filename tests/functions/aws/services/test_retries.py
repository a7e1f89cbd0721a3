"""What passes is tried again as botocore's clients do it, and what may have been done is never told as refused."""

from __future__ import annotations

import random
import zlib
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from botocore.retries import standard

from lastro.aws.services.retries import OF_REPLICAS, Retries
from lastro.aws.services.service import ATTEMPTS, NOT_DONE
from tests.functions.aws.services.scripted_services import (
    CALLS,
    GOOD,
    KEY,
    QUEUE,
    answered,
    client,
    describe,
    failure,
    operation_of,
)
from tests.functions.emulation.whole_clients import open_session

pytestmark = pytest.mark.usefixtures("aws_account")

GONE = ConnectionClosedError(endpoint_url="e")


def their_pause(client: Any, model: Any, attempt: int, answer: Any, fault: Exception | None) -> float | None:
    events, named = client.meta.events, client.meta.service_model.service_id.hyphenize()
    told = {"operation": model, "attempts": attempt, "caught_exception": fault, "request_dict": {"context": {}}}
    pause: Any = events.emit_until_response(
        f"needs-retry.{named}.{model.name}", response=answer, endpoint=None, **told
    )[1]
    # What was paid is given back: whether it is tried again shall not depend on what was asked before.
    events.emit(f"after-call.{named}", context={"retry_quota_capacity": 500}, http_response=GOOD)
    return float(pause) if pause is not None else None


@pytest.mark.parametrize("service", CALLS)
def test_a_fault_is_tried_again_when_and_after_what_a_client_of_botocore_would(service: str) -> None:
    """Every error that the descriptions name for what is called, and some that they do not."""
    config = Config(retries={"mode": "standard", "total_max_attempts": ATTEMPTS})
    theirs: Any = open_session().create_client(service, config=config)
    faults: list[Exception | None] = [GONE, ReadTimeoutError(endpoint_url="e"), ResponseStreamingError(error="e")]
    for call in CALLS[service]:
        model = theirs.meta.service_model.operation_model(operation_of(service, call))
        codes = [shape.metadata.get("error", {}).get("code") or shape.name for shape in model.error_shapes]
        codes += ["ThrottlingException", "SlowDown", "RequestTimeout", "Unheard"]
        told: list[tuple[Any, Exception | None]] = [(None, fault) for fault in faults]
        told += [((failure(400), {"Error": {"Code": code}}), None) for code in codes]
        told += [((failure(status), {"Error": {"Code": "Other"}}), None) for status in (429, 500, 502, 503, 504)]
        for answer, fault in told:
            for attempt in (1, 3, ATTEMPTS):
                random.seed(7)
                theirs_is = their_pause(theirs, model, attempt, answer, fault)
                random.seed(7)
                assert Retries(service, ATTEMPTS).pause_after(attempt, {}, answer, fault) == theirs_is, (call, answer)


def test_only_one_error_passes_because_it_is_described_so() -> None:
    for service, calls in CALLS.items():
        for call in calls:
            shapes = describe(service).operation_model(operation_of(service, call)).error_shapes
            assert {shape.name for shape in shapes if shape.metadata.get("retryable")} <= {OF_REPLICAS}


@pytest.mark.parametrize(
    "fault", [failure(500), failure(503), failure(400, "ThrottlingException"), failure(429, "Unheard"), GONE]
)
def test_what_passes_is_tried_again_as_the_same_request(fault: AWSResponse | Exception, pauses: list[float]) -> None:
    asked, script = client("dynamodb", fault, fault, GOOD)
    assert asked.transact_write_items(TransactItems=[]) == {}
    assert len({sent.body for sent in script.sent}) == 1
    assert b'"ClientRequestToken"' in script.sent[0].body
    assert len(script.sent) == 3
    assert len(pauses) == 2
    assert all(0 <= pause <= 2 for pause in pauses)


def test_a_service_may_say_how_long_it_wants_to_be_left(pauses: list[float]) -> None:
    asked, _ = client("sqs", failure(503, **{"x-amz-retry-after": "3000"}), GOOD)
    asked.get_queue_attributes(QueueUrl=QUEUE)
    assert pauses == [3.0]


@pytest.mark.parametrize("answer", [failure(500), GONE, ReadTimeoutError(endpoint_url="e")])
def test_what_does_not_pass_is_told_in_the_end(answer: AWSResponse | Exception, pauses: list[float]) -> None:
    asked, script = client("sqs", *[answer] * ATTEMPTS)
    with pytest.raises((ClientError, ConnectionClosedError, ReadTimeoutError)):
        asked.send_message_batch(QueueUrl=QUEUE, Entries=[])
    assert len(script.sent) == ATTEMPTS
    assert len(pauses) == ATTEMPTS - 1


def test_a_refusal_is_told_at_once(pauses: list[float]) -> None:
    asked, script = client("dynamodb", failure(400, "ConditionalCheckFailedException"))
    with pytest.raises(ClientError, match="ConditionalCheckFailedException"):
        asked.put_item(TableName="t", Item=KEY)
    assert (len(script.sent), pauses) == (1, [])


def test_where_a_service_is_down_most_requests_are_tried_once(pauses: list[float]) -> None:
    quota: Any = standard.RetryQuotaChecker
    paid = 500 // quota._RETRY_COST
    asked, script = client("dynamodb", *[GONE] * 200)
    for _ in range(40):
        with pytest.raises(ConnectionClosedError):
            asked.get_item(TableName="t", Key=KEY)
    assert (len(pauses), len(script.sent)) == (paid, 40 + paid)
    # A good answer earns a little, one after a retry what that cost.
    script._answers[:] = [GOOD] * quota._RETRY_COST + [GONE, GOOD, GONE, GOOD]
    for _ in range(quota._RETRY_COST + 2):
        asked.get_item(TableName="t", Key=KEY)
    assert len(pauses) == paid + 2


BODY = b'{"Item":{}}'


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(answered(200, BODY, {"x-amz-crc32": "1"}), id="another sum"),
        pytest.param(answered(200, BODY[:-2]), id="broken off"),
        pytest.param(answered(200, b"", {"Content-Length": "11"}), id="nothing of it"),
        pytest.param(answered(200, b"", {"Content-Length": ""}), id="broken off in its headers"),
        pytest.param(answered(200, b""), id="empty, as no answer of these services is"),
        pytest.param(answered(200, BODY, {"x-amz-crc32": "none"}), id="no sum"),
        pytest.param(answered(200, b"[]"), id="no object"),
    ],
)
def test_an_answer_that_was_damaged_is_asked_for_again(damaged: AWSResponse, pauses: list[float]) -> None:
    whole = answered(200, BODY, {"x-amz-crc32": str(zlib.crc32(BODY))})
    asked, script = client("dynamodb", damaged, whole)
    assert asked.get_item(TableName="t", Key=KEY) == {"Item": {}}
    assert len(script.sent) == 2
    asked, _ = client("dynamodb", *[damaged] * ATTEMPTS)
    with pytest.raises(ResponseStreamingError):
        asked.get_item(TableName="t", Key=KEY)


def test_who_answers_with_nothing_is_not_asked_again() -> None:
    asked, script = client("cognito-idp", answered(200, b"", {"Content-Length": "0"}))
    assert asked.admin_delete_user(UserPoolId="p", Username="u") == {}
    assert len(script.sent) == 1


@pytest.mark.parametrize("code", sorted(NOT_DONE))
def test_a_write_that_may_have_been_done_is_not_told_as_refused(code: str, pauses: list[float]) -> None:
    """Its condition does not hold any more: perhaps by the attempt whose answer was lost."""
    throttled, refused = failure(400, "ThrottlingException"), failure(400, code)
    silence: Any = ReadTimeoutError(endpoint_url="http://h")
    for lost, told in (
        (silence, ReadTimeoutError),
        (answered(200, BODY[:-2]), ResponseStreamingError),
        (failure(500), ClientError),
    ):
        asked, script = client("dynamodb", throttled, lost, throttled, refused)
        with pytest.raises(told) as caught:
            asked.put_item(TableName="t", Item=KEY, ConditionExpression="attribute_not_exists(PK)")
        assert code not in str(caught.value)
        assert len(script.sent) == 4
    asked, _ = client("dynamodb", throttled, refused)
    with pytest.raises(ClientError, match=code):
        asked.put_item(TableName="t", Item=KEY, ConditionExpression="attribute_not_exists(PK)")
