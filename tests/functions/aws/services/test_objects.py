"""Files are asked of S3 as botocore's clients ask for them, and taken whole or not at all."""

from __future__ import annotations

import zlib
from base64 import b64encode
from typing import Any

import pytest
from botocore import auth
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ResponseStreamingError
from botocore.parsers import create_parser

from lastro.aws import clients, sessions
from lastro.aws.services.objects import METHODS, ObjectService
from lastro.aws.services.service import ATTEMPTS
from tests.functions.aws.services.scripted_services import MOMENT, Script, Sent, answered, text
from tests.functions.emulation.whole_clients import open_session

pytestmark = pytest.mark.usefixtures("aws_account")
GONE = ConnectionClosedError(endpoint_url="e")

NAMES = ("plain", "a b/ç+~é.pdf", "//twice/../up", "%2F?&=#")
FILE = {"Bucket": "bucket", "Key": "k"}
BODY = b"%PDF-1.4"
SUM = b64encode(zlib.crc32(BODY).to_bytes(4, "big")).decode()
CALLS: list[tuple[str, dict[str, Any]]] = [
    *(("get_object", FILE | {"Key": name}) for name in NAMES),
    ("get_object", FILE | {"VersionId": "v/1"}),
    ("get_object", FILE | {"Range": "bytes=0-3"}),
    ("head_object", FILE),
    ("put_object", FILE | {"Body": BODY, "ContentType": "application/pdf"}),
    ("put_object", FILE | {"Body": BODY, "ContentType": "application/pdf", "IfNoneMatch": "*"}),
    ("put_object", FILE | {"Body": b""}),
]


def client(*answers: Any) -> tuple[Any, Script]:
    script = Script(*answers)
    made: Any = ObjectService("s3")
    made._connections = script
    return made, script


def their_request(name: str, parameters: dict[str, Any]) -> Any:
    # A sum that is told before the body, as we tell it; by default they tell it after.
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    theirs = open_session().create_client("s3", config=config)

    def stop(request: Any, **_: object) -> None:
        raise Sent(request)

    theirs.meta.events.register("before-send", stop)
    told = {"ChecksumCRC32": SUM} if parameters.get("Body") else {}
    with pytest.raises(Sent) as sent:
        getattr(theirs, name)(**parameters, **told)
    return sent.value.request


@pytest.mark.parametrize(("name", "parameters"), CALLS)
def test_a_file_is_asked_for_and_signed_as_a_client_of_botocore_does_it(
    name: str, parameters: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "get_current_datetime", lambda: MOMENT)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    asked, script = client(answered(200, b""))
    getattr(asked, name)(**parameters)
    [ours], theirs = script.sent, their_request(name, parameters)
    assert (ours.method, ours.url) == (theirs.method, theirs.url)
    assert ours.body == (parameters.get("Body") or None)
    mine, told = ({key.lower(): text(each) for key, each in sent.headers.items()} for sent in (ours, theirs))
    by_the_way = {"amz-sdk-invocation-id", "amz-sdk-request", "expect", "user-agent", "content-length"}
    if parameters.get("Body") == b"":
        by_the_way |= {name for name in {*mine, *told} if name.startswith(("x-amz-", "content-", "transfer-"))}
        by_the_way |= {"authorization"}
    assert {key: mine[key] for key in mine.keys() - by_the_way} == {key: told[key] for key in told.keys() - by_the_way}


def test_what_a_file_is_taken_with_is_its_sum() -> None:
    asked, script = client(answered(200, b"", {"x-amz-version-id": "v"}))
    assert asked.put_object(**FILE, Body=BODY, ContentType="application/pdf")["VersionId"] == "v"
    assert script.sent[0].headers["x-amz-checksum-crc32"] == SUM


def test_nothing_that_is_told_is_left_out_in_silence() -> None:
    asked, script = client(answered(200, b""))
    with pytest.raises(TypeError, match="ObjectLockMode, SSEKMSKeyId"):
        asked.put_object(**FILE, Body=BODY, ObjectLockMode="COMPLIANCE", SSEKMSKeyId="k")
    with pytest.raises(TypeError, match="ContentType"):
        asked.generate_presigned_url("put_object", Params={**FILE, "ContentType": "text/csv"}, ExpiresIn=60)
    assert script.sent == []


WHOLE = answered(200, BODY, {"x-amz-checksum-crc32": SUM})


@pytest.mark.parametrize(
    "damaged", [answered(200, BODY[:-1], {"Content-Length": "8"}), answered(200, b"another", dict(WHOLE.headers)), GONE]
)
def test_a_file_that_broke_off_is_asked_for_again(damaged: Any, pauses: list[float]) -> None:
    asked, script = client(damaged, WHOLE)
    assert asked.get_object(**FILE)["Body"].read() == BODY
    assert len(script.sent) == 2
    asked, _ = client(*[damaged] * ATTEMPTS)
    with pytest.raises((ResponseStreamingError, type(GONE))):
        asked.get_object(**FILE)


def test_the_sum_of_parts_is_none_of_the_bytes() -> None:
    asked, _ = client(answered(200, BODY, {"x-amz-checksum-crc32": "AAAAAA==-2"}), answered(206, BODY[:4], {"x": "y"}))
    assert asked.get_object(**FILE)["Body"].read() == BODY
    assert asked.get_object(**FILE, Range="bytes=0-3")["Body"].read() == BODY[:4]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message><Key>k</Key></Error>'),
        (412, b"<Error><Code>PreconditionFailed</Code><Message>there</Message></Error>"),
        (404, b""),
        (403, b""),
    ],
)
def test_an_error_is_read_as_botocore_reads_it(status: int, body: bytes) -> None:
    asked, _ = client(answered(status, body))
    with pytest.raises(ClientError) as ours:
        asked.head_object(**FILE)
    parser: Any = create_parser("rest-xml")
    theirs = parser.parse({"status_code": status, "headers": answered(status, body).headers, "body": body}, None)
    assert ours.value.response == theirs


def test_what_else_s3_does_a_client_of_botocore_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Whole:
        def list_object_versions(self, **told: Any) -> Any:
            return told

    made: list[str] = []

    def make(service: str) -> Whole:
        made.append(service)
        return Whole()

    monkeypatch.setattr(sessions, "make_client", make)
    assert "ListObjectVersions" not in METHODS
    asked = clients._client.__wrapped__("s3")
    for bucket in ("a", "b"):
        assert asked.list_object_versions(Bucket=bucket) == {"Bucket": bucket}
    assert made == ["s3"]
