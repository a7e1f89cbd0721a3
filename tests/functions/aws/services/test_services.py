"""What is asked of AWS without botocore's clients is asked and read as they do it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from botocore import auth
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import (
    ClientError,
    NoCredentialsError,
    NoRegionError,
)
from botocore.parsers import create_parser

from lastro.aws import clients, sessions
from lastro.aws.services.json_service import NAMED_ONCE, PROTOCOLS, JsonService
from lastro.aws.services.keys import Keys, find_keys
from tests.functions.aws.services.scripted_services import (
    CALLS,
    EVERY_CALL,
    GOOD,
    KEY,
    MOMENT,
    QUEUE,
    SIGNED,
    Sent,
    answered,
    client,
    describe,
    operation_of,
    text,
)
from tests.functions.emulation.whole_clients import open_session

pytestmark = pytest.mark.usefixtures("aws_account")

AWS = Path(clients.__file__).parent


# what is asked ---------------------------------------------------------------------------------------------------


def their_request(service: str, name: str, parameters: dict[str, Any]) -> AWSPreparedRequest:
    theirs = open_session().create_client(service)

    def stop(request: AWSPreparedRequest, **_: object) -> None:
        raise Sent(request)

    theirs.meta.events.register("before-send", stop)
    with pytest.raises(Sent) as sent:
        getattr(theirs, name)(**parameters)
    return sent.value.request


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
