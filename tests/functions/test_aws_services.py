"""What is asked of AWS without botocore's clients is asked, read and tried again as they do it."""

from __future__ import annotations

import json
import random
import re
import socket
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import botocore.session
import pytest
from botocore import auth, xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ReadTimeoutError,
    ResponseStreamingError,
    SSLError,
)
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.retries import standard

from lastro.aws import clients, sessions
from lastro.aws.services.json_service import NAMED_ONCE, PROTOCOLS, JsonService
from lastro.aws.services.keys import Keys, find_keys
from lastro.aws.services.retries import OF_REPLICAS, Retries
from lastro.aws.services.service import ATTEMPTS, NOT_DONE

AWS = Path(clients.__file__).parent
REGION = "sa-east-1"
KEY = {"PK": {"S": "a"}, "SK": {"S": "b"}}
QUEUE = "https://sqs.sa-east-1.amazonaws.com/1/q"
MOMENT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
SIGNED = {"Message": b"\x00\xffa", "MessageType": "RAW", "SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256"}

CALLS: dict[str, dict[str, dict[str, Any]]] = {
    "dynamodb": {
        "get_item": {"TableName": "t", "Key": KEY, "ConsistentRead": True},
        "batch_get_item": {"RequestItems": {"t": {"Keys": [KEY], "ConsistentRead": True}}},
        "query": {
            "TableName": "t",
            "KeyConditionExpression": "#n0 = :v0",
            "ExpressionAttributeNames": {"#n0": "PK"},
            "ExpressionAttributeValues": {":v0": {"S": "ação"}},
            "ScanIndexForward": False,
            "Limit": 2,
            "ExclusiveStartKey": KEY,
        },
        "put_item": {"TableName": "t", "Item": {**KEY, "L": {"L": [{"NULL": True}, {"N": "1"}, {"NS": ["1"]}]}}},
        "delete_item": {"TableName": "t", "Key": KEY},
        "update_item": {"TableName": "t", "Key": KEY, "UpdateExpression": "SET #n0 = :v0", "ReturnValues": "ALL_NEW"},
        "transact_write_items": {"TransactItems": [{"Delete": {"TableName": "t", "Key": KEY}}]},
        "batch_write_item": {"RequestItems": {"t": [{"PutRequest": {"Item": KEY}}]}},
        "scan": {"TableName": "t", "ConsistentRead": True},
        "describe_table": {"TableName": "t"},
        "restore_table_to_point_in_time": {
            "SourceTableName": "table",
            "TargetTableName": "other",
            "RestoreDateTime": MOMENT,
        },
        "update_time_to_live": {
            "TableName": "t",
            "TimeToLiveSpecification": {"Enabled": True, "AttributeName": "expires"},
        },
        "update_continuous_backups": {
            "TableName": "t",
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        },
        "update_table": {"TableName": "t", "DeletionProtectionEnabled": True},
    },
    "sqs": {
        "send_message_batch": {
            "QueueUrl": QUEUE,
            "Entries": [{"Id": "0", "MessageBody": "é", "MessageGroupId": "g", "DelaySeconds": 3}],
        },
        "get_queue_attributes": {"QueueUrl": QUEUE, "AttributeNames": ["ApproximateNumberOfMessages"]},
        "change_message_visibility_batch": {
            "QueueUrl": QUEUE,
            "Entries": [{"Id": "0", "ReceiptHandle": "h", "VisibilityTimeout": 5}],
        },
    },
    "secretsmanager": {
        "get_secret_value": {"SecretId": "s", "VersionId": "0" * 32},
        "put_secret_value": {"SecretId": "s", "SecretString": "{}"},
        "create_secret": {"Name": "s", "SecretString": "{}"},
        "delete_secret": {"SecretId": "s", "RecoveryWindowInDays": 7},
    },
    "kms": {
        "sign": {"KeyId": "k", **SIGNED},
        "verify": {"KeyId": "k", **SIGNED, "Signature": b"\x01\x02"},
        "get_public_key": {"KeyId": "k"},
    },
}
POOL = {"UserPoolId": "sa-east-1_Pool1"}
LOGIN = {"ClientId": "1example23456789", "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "u"}}
CALLS["cognito-idp"] = {
    "admin_add_user_to_group": {**POOL, "Username": "u", "GroupName": "manager"},
    "admin_create_user": {**POOL, "Username": "u", "TemporaryPassword": "Exemplo-1", "MessageAction": "SUPPRESS"},
    "admin_delete_user": {**POOL, "Username": "u"},
    "admin_disable_user": {**POOL, "Username": "u"},
    "admin_initiate_auth": {**POOL, **LOGIN},
    "admin_respond_to_auth_challenge": {
        **POOL,
        "ClientId": LOGIN["ClientId"],
        "ChallengeName": "CUSTOM_CHALLENGE",
        "Session": "s" * 20,
        "ChallengeResponses": {"USERNAME": "u", "ANSWER": "a"},
    },
    "admin_set_user_password": {**POOL, "Username": "u", "Password": "Exemplo-1", "Permanent": True},
    "admin_user_global_sign_out": {**POOL, "Username": "u"},
    "associate_software_token": {"Session": "s" * 20},
    "initiate_auth": LOGIN,
    "respond_to_auth_challenge": {"ClientId": LOGIN["ClientId"], "ChallengeName": "MFA_SETUP", "Session": "s" * 20},
    "revoke_token": {"ClientId": LOGIN["ClientId"], "Token": "t"},
    "verify_software_token": {"Session": "s" * 20, "UserCode": "123456"},
}
EVERY_CALL = [(service, name) for service, calls in CALLS.items() for name in calls]


class Sent(Exception):
    def __init__(self, request: AWSPreparedRequest) -> None:
        self.request = request


class _Raw:
    """What urllib3 would read from a connection."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body


def answered(status: int, body: bytes, headers: Mapping[str, str] | None = None) -> AWSResponse:
    told: Any = {"Content-Length": str(len(body)), **(headers or {})}
    return AWSResponse("https://service.example/", status, told, _Raw(body))


class Script:
    """In place of connections: what is sent is kept, and answered in turn."""

    def __init__(self, *answers: AWSResponse | Exception) -> None:
        self.sent: list[Any] = []
        self._answers = list(answers)

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        self.sent.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


GOOD = answered(200, b"{}")


ACCOUNT = {
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "example",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


def client(service: str, *answers: AWSResponse | Exception) -> tuple[Any, Script]:
    script = Script(*answers)
    made: Any = JsonService(service)
    made._connections = script
    return made, script


def describe(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(service)


def operation_of(service: str, name: str) -> str:
    return next(each for each in describe(service).operation_names if xform_name(each) == name)


# what is asked ---------------------------------------------------------------------------------------------------


def their_request(service: str, name: str, parameters: dict[str, Any]) -> AWSPreparedRequest:
    theirs = botocore.session.get_session().create_client(service)

    def stop(request: AWSPreparedRequest, **_: object) -> None:
        raise Sent(request)

    theirs.meta.events.register("before-send", stop)
    with pytest.raises(Sent) as sent:
        getattr(theirs, name)(**parameters)
    return sent.value.request


def text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


@pytest.mark.parametrize(("service", "name"), EVERY_CALL)
def test_a_call_is_spelt_and_signed_as_a_client_of_botocore_does_it(
    service: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "get_current_datetime", lambda: MOMENT)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    parameters, token = CALLS[service][name], NAMED_ONCE.get(operation_of(service, name))
    if token:
        # Else a name is drawn for each request.
        parameters = {**parameters, token: "1" * 32}
    ours, script = client(service, GOOD)
    getattr(ours, name)(**parameters)
    [sent] = script.sent
    theirs: Any = their_request(service, name, parameters)
    assert (sent.method, sent.url) == (theirs.method, theirs.url)
    assert json.loads(sent.body) == json.loads(theirs.body)
    told = {key.lower(): text(value) for key, value in theirs.headers.items()}
    mine = {key.lower(): text(value) for key, value in sent.headers.items()}
    # Theirs: a name and a number for each attempt, and the signature of that.
    differing = {"user-agent", "content-length", "authorization", "amz-sdk-invocation-id", "amz-sdk-request"}
    assert {key: mine[key] for key in mine.keys() - differing} == {key: told[key] for key in told.keys() - differing}
    assert ("authorization" in mine) is ("authorization" in told)
    if "authorization" not in mine:
        return
    assert mine["authorization"].split(", ")[0] == told["authorization"].split(", ")[0]
    signed = set(re.findall(r"SignedHeaders=(\S+),", mine["authorization"])[0].split(";"))
    assert signed == {*mine.keys() - {"user-agent", "content-length", "authorization"}, "host"}


def test_an_endpoint_of_ones_own_is_asked_where_a_client_asks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in (
        "http://h:1",
        "http://h:1/",
        "http://h:1/aws",
        "http://h:1/aws/",
        "http://h:1/a%20b?x=1",
        " http://h",
    ):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        ours, script = client("dynamodb", GOOD)
        ours.get_item(TableName="t", Key=KEY)
        assert script.sent[0].url == their_request("dynamodb", "get_item", {"TableName": "t", "Key": KEY}).url
    for address in ("h:1", "http://", "http://h\n", "ftp//h", "http://a_b"):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        with pytest.raises(ValueError, match="Invalid endpoint"):
            JsonService("dynamodb")


def test_every_call_that_is_made_is_among_them() -> None:
    adapters = ("dynamodb/table.py", "dynamodb/restoring.py", "queue.py", "entrypoints/consumer.py")
    called: set[str] = set()
    for adapter in (*adapters, "secrets.py", "signatures.py", "pools/user_pool.py", "pools/staff_pool.py"):
        source = (AWS / adapter).read_text(encoding="utf-8")
        called |= set(re.findall(r"""(?:client|sqs|\("dynamodb"\)|\("cognito-idp"\))\.([a-z_]+)[(,]""", source))
    assert called == {name for _, name in EVERY_CALL}


@pytest.mark.parametrize(("service", "name"), EVERY_CALL)
def test_what_a_service_does_once_and_gives_in_bytes_is_known(service: str, name: str) -> None:
    model = describe(service).operation_model(operation_of(service, name))
    assert model.idempotent_members == [NAMED_ONCE[name] for name in [model.name] if name in NAMED_ONCE]
    told = model.output_shape.members if model.output_shape else {}
    assert (model.name in PROTOCOLS[service].silent) is (not told)
    blobs = {member for member, shape in told.items() if shape.type_name == "blob"} - {"SecretBinary"}
    assert blobs <= set(PROTOCOLS[service].blobs)


def test_keys_and_region_are_those_of_the_environment_or_of_a_profile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    assert find_keys() == Keys("AKIDEXAMPLE", "example", "token")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name)
    profile = tmp_path / "profile"
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(profile))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setattr(sessions, "open_session", sessions.open_session.__wrapped__)
    with pytest.raises(NoCredentialsError):
        find_keys()
    with pytest.raises(NoRegionError):
        JsonService("sqs")
    profile.write_text("[default]\naws_access_key_id = mine\naws_secret_access_key = own\nregion = us-east-1\n")
    assert find_keys() == Keys("mine", "own", None)
    assert JsonService("sqs").endpoint == "https://sqs.us-east-1.amazonaws.com"


# what is answered ------------------------------------------------------------------------------------------------

ANSWERS = [
    (400, {}, b'{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no such table"}'),
    (400, {}, b'{"__type":"ResourceExistsException","Message":"there already"}'),
    (400, {}, b'{"__type":"KMSInvalidSignatureException:http://internal.amazon.com/doc/"}'),
    (
        400,
        {"x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender", "x-amzn-requestid": "r"},
        b'{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no queue"}',
    ),
    (
        400,
        {},
        b'{"__type":"x#TransactionCanceledException","Message":"m",'
        b'"CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed"}]}',
    ),
    (403, {}, b"<html>not allowed</html>"),
    (404, {}, b""),
    (413, {}, b'{"message":null}'),
]


@pytest.mark.parametrize(("status", "headers", "body"), ANSWERS)
def test_an_error_is_read_as_botocore_reads_it(status: int, headers: dict[str, str], body: bytes) -> None:
    asked, _ = client("dynamodb", answered(status, body, headers))
    with pytest.raises(ClientError) as ours:
        asked.ask("TransactWriteItems")
    described = describe("dynamodb")
    parser: Any = create_parser("json")
    told: Any = {"status_code": status, "headers": answered(status, body, headers).headers, "body": body}
    theirs: Any = parser.parse(told, None)
    if shape := described.shape_for_error_code(theirs["Error"]["Code"]):
        theirs |= parser.parse(told, shape)
    response: Any = ours.value.response
    assert {name: response[name] for name in theirs if name != "message"} == {
        name: value for name, value in theirs.items() if name != "message"
    }
    assert ours.value.operation_name == "TransactWriteItems"


@pytest.mark.parametrize("body", [b"[1]", b"null", b"<p>n\xe3o</p>"])
def test_an_error_in_another_language_is_an_error(body: bytes) -> None:
    asked, _ = client("sqs", answered(403, body))
    with pytest.raises(ClientError) as told:
        asked.purge_queue(QueueUrl=QUEUE)
    assert told.value.response["Error"]["Code"] == "403"


def test_an_answer_is_what_was_sent_without_what_is_null() -> None:
    asked, _ = client("kms", answered(200, b'{"Signature":"AQI=","KeyId":null,"Other":"\xc3\xa3"}'))
    assert asked.sign(**SIGNED) == {"Signature": b"\x01\x02", "Other": "ã"}


# once more -------------------------------------------------------------------------------------------------------


def failure(status: int, code: str = "InternalServerError", **headers: str) -> AWSResponse:
    return answered(status, json.dumps({"__type": code}).encode(), headers)


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
    theirs: Any = botocore.session.get_session().create_client(service, config=config)
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


# by what way -----------------------------------------------------------------------------------------------------


@contextmanager
def listening(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """An address that takes one request of a connection after the other, and what it heard.

    After each answer its connection is ended, which the answer does not say.
    """
    heard: list[bytes] = []

    def serve() -> None:
        for answer in answers:
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(65536))
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        thread.join(5)


HTTP = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def test_a_connection_that_was_ended_meanwhile_is_not_the_end(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    """Lambda keeps a process for minutes without letting it run; what waits for it ends its connections."""
    with listening(HTTP, HTTP, b"", HTTP) as (address, heard):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        asked: Any = JsonService("dynamodb")
        for _ in range(3):
            assert asked.get_item(TableName="t", Key=KEY) == {}
    assert len(heard) == 4
    assert all(request.startswith(b"POST / HTTP/1.1\r\n") for request in heard)


def test_nobody_there_is_told_as_botocore_tells_it(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{address}")
    asked: Any = JsonService("dynamodb")
    with pytest.raises(EndpointConnectionError):
        asked.get_item(TableName="t", Key=KEY)
    with listening(*[HTTP] * ATTEMPTS) as (open_address, _):
        monkeypatch.setenv("AWS_ENDPOINT_URL", open_address.replace("http", "https"))
        asked = JsonService("dynamodb")
        with pytest.raises(SSLError):
            asked.get_item(TableName="t", Key=KEY)


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"AWS_CA_BUNDLE": "/a.pem", "HTTPS_PROXY": "http://p:1"},
        {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "amazonaws.com"},
    ],
)
@pytest.mark.parametrize("service", ["dynamodb", "sqs"])
def test_connections_are_opened_as_a_client_of_botocore_opens_them(
    service: str, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    ours: Any = JsonService(service)._connections
    theirs: Any = sessions._client.__wrapped__(service)._endpoint.http_session
    assert type(ours) is type(theirs)
    for kept in ("_verify", "_max_pool_connections", "_socket_options", "_cert_file"):
        assert getattr(ours, kept) == getattr(theirs, kept), kept
    assert vars(ours._timeout) == vars(theirs._timeout)
    for asked in ("proxy_url_for", "settings"):
        found = [getattr(session._proxy_config, asked) for session in (ours, theirs)]
        assert len({str(each(f"https://{service}.example") if callable(each) else each or {}) for each in found}) == 1


def test_a_client_is_made_without_a_session_of_botocore(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "make_client", lambda service: pytest.fail(service))
    assert {service: clients._client.__wrapped__(service).service for service in PROTOCOLS} == {
        service: service for service in PROTOCOLS
    }
