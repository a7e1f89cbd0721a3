"""The HTTP entrypoint: how an event becomes arguments, and how answers and errors become HTTP."""

from __future__ import annotations

import base64
import json
from http import HTTPStatus
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pydantic import Field

from lastro.aws.errors import status_of
from lastro.aws.http import Page, endpoint, read_caller, read_request
from lastro.caller import Caller
from lastro.errors import (
    Conflict,
    DomainError,
    FieldError,
    Forbidden,
    InvalidInput,
    LastroError,
    MalformedRequest,
    NotFound,
    PayloadTooLarge,
    Permanent,
    Retryable,
    TooManyRequests,
    Unauthorized,
    Unknown,
)
from lastro.wire.requests import MAX_BODY_BYTES, Request
from tests.functions.conftest import logged

__all__ = ["logged"]

CONTEXT = SimpleNamespace(function_name="lastro-some_operation")


class Order(Request):
    """Something of everywhere: path, query, body and header."""

    name: str
    count: int = Field(default=1, ge=1)
    tags: list[str] = Field(default_factory=list)
    idempotency_key: str | None = None

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        if raw.get("name") == "two" and raw.get("count") != 2:
            return [FieldError("count", "mismatch", "Two means two.")]
        return []


class Bare(Request):
    name: str


def event(body: Any = None, **changes: Any) -> dict[str, Any]:
    """A POST event of API Gateway."""
    text = body if body is None or isinstance(body, str) else json.dumps(body)
    plain = {
        "httpMethod": "POST",
        "headers": {},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "requestContext": {"requestId": "r-1", "authorizer": {"partner_id": "p", "store_ids": "1,2"}},
        "body": text,
        "isBase64Encoded": False,
    }
    return {**plain, **changes}


# requests -----------------------------------------------------------------------------------------------------------


def test_the_path_wins_over_the_query_and_the_query_over_the_body() -> None:
    asked = event(
        {"name": "body", "count": 2, "tags": ["body"]},
        queryStringParameters={"name": "query", "count": "3"},
        pathParameters={"name": "path"},
    )
    assert read_request(Order, asked) == Order(name="path", count=3, tags=["body"])


@pytest.mark.parametrize(("method", "found"), [("GET", "q"), ("DELETE", "q"), ("PUT", "b"), ("PATCH", "b")])
def test_only_a_method_with_a_body_has_its_body_read(method: str, found: str) -> None:
    if found == "q":
        asked = event("{ not read", httpMethod=method, queryStringParameters={"name": "q"})
    else:
        asked = event({"name": "b"}, httpMethod=method)
    assert read_request(Bare, asked).name == found


def test_a_list_in_the_query() -> None:
    many = {"tags[]": ["a", "b"]}
    asked = event({"name": "x"}, queryStringParameters={"tags[]": "b"}, multiValueQueryStringParameters=many)
    assert read_request(Order, asked).tags == ["a", "b"]
    assert read_request(Order, {**asked, "multiValueQueryStringParameters": None}).tags == ["b"]


@pytest.mark.parametrize("header", ["Idempotency-Key", "idempotency-key", "IDEMPOTENCY-KEY"])
def test_the_idempotency_key_comes_from_its_header_only(header: str) -> None:
    body = {"name": "x", "idempotency_key": "body"}
    assert read_request(Order, event(body, headers={header: " k "})).idempotency_key == "k"
    assert read_request(Order, event(body)).idempotency_key is None
    # A request that has no use for it does not care how it looks.
    assert read_request(Bare, event(body, headers={header: "x" * 999})) == Bare(name="x")


def test_every_wrong_field_at_once_whoever_finds_it() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_request(Order, event({"name": "two", "tags": 5}, headers={"Idempotency-Key": ""}))
    found = {error.field: error.rule for error in caught.value.errors}
    assert found == {"Idempotency-Key": "length", "tags": "list_type", "count": "mismatch"}
    with pytest.raises(InvalidInput) as caught:
        read_request(Order, event({"name": "two", "count": 0}))
    # One rule a field: what it is comes before what it means.
    assert [(error.field, error.rule) for error in caught.value.errors] == [("count", "greater_than_equal")]


@pytest.mark.parametrize(
    "body", [None, "", " \n", "{", "[1]", '"x"', "1", "null", '{"a": NaN}', "\ud800", '{"a": "\\ud800"}']
)
def test_a_body_that_cannot_be_read(body: str | None) -> None:
    with pytest.raises(MalformedRequest):
        read_request(Bare, event(body))


def test_a_body_in_base64() -> None:
    packed = base64.b64encode('{"name": "ção"}'.encode()).decode()
    assert read_request(Bare, event(packed, isBase64Encoded=True)).name == "ção"
    with pytest.raises(MalformedRequest):
        read_request(Bare, event("a", isBase64Encoded=True))
    with pytest.raises(MalformedRequest):
        read_request(Bare, event(base64.b64encode(b"\xff\xfe{}").decode(), isBase64Encoded=True))


def test_the_limit_is_in_bytes() -> None:
    def of(size: int, letter: str) -> str:
        return '{"name": "' + letter * ((size - 12) // len(letter.encode())) + '"}'

    assert read_request(Bare, event(of(MAX_BODY_BYTES, "x"))).name
    assert read_request(Bare, event(of(MAX_BODY_BYTES, "ç"))).name
    for letter in "xç":
        with pytest.raises(PayloadTooLarge):
            read_request(Bare, event(of(MAX_BODY_BYTES + 2, letter)))


# callers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authorizer", "header", "stores", "chosen"),
    [
        ({"partner_id": "p", "store_ids": "1,2"}, "2", (1, 2), 2),
        ({"partner_id": "p", "store_ids": "1"}, None, (1,), None),
        ({"partner_id": "p", "store_ids": "1"}, "  ", (1,), None),
        ({"partner_id": "p", "store_ids": ""}, None, (), None),
        ({"partner_id": "p", "store_ids": "7"}, "007", (7,), 7),
    ],
)
def test_a_caller(authorizer: dict[str, str], header: str | None, stores: tuple[int, ...], chosen: int | None) -> None:
    headers = {} if header is None else {"store-id": header}
    asked = event(headers=headers, requestContext={"authorizer": authorizer})
    assert read_caller(asked) == Caller("p", stores, chosen)


@pytest.mark.parametrize("context", [None, {}, {"authorizer": None}])
def test_nobody_has_no_stores(context: Any) -> None:
    assert read_caller(event(requestContext=context, headers=None)) == Caller("", ())
    with pytest.raises(Forbidden):
        read_caller(event(requestContext=context, headers={"Store-Id": "1"}))


@pytest.mark.parametrize("sent", ["x", "1.0", "-1", "+1", "1e3", "²", "1_0", "9" * 16])
def test_a_store_that_is_no_number(sent: str) -> None:
    with pytest.raises(InvalidInput):
        read_caller(event(headers={"Store-Id": sent}))


# answers ------------------------------------------------------------------------------------------------------------


def answer_of(value: Any, status: HTTPStatus = HTTPStatus.OK) -> dict[str, Any]:
    @endpoint(status=status)
    def handler(caller: Caller) -> Any:
        if isinstance(value, Exception):
            raise value
        return value

    return handler(event(), CONTEXT)


def test_answers_of_every_kind() -> None:
    assert answer_of(Bare(name="ç"), HTTPStatus.CREATED)["statusCode"] == 201
    assert answer_of(Bare(name="ç"))["body"] == '{"name":"ç"}'
    assert answer_of('{"a":1}')["body"] == '{"a":1}'
    assert answer_of('{"a":1}')["headers"] == {
        "x-request-id": "r-1",
        "Cache-Control": "no-store",
        "Content-Type": "application/json",
    }
    nothing = answer_of(None)
    assert (nothing["statusCode"], nothing["body"]) == (204, "")
    assert "Content-Type" not in nothing["headers"]
    page = answer_of(Page("<p>ç", "text/html", {"Cache-Control": "public"}))
    assert (page["isBase64Encoded"], page["body"]) == (False, "<p>ç")
    assert page["headers"] == {"Content-Type": "text/html", "x-request-id": "r-1", "Cache-Control": "public"}


FAMILIES: list[tuple[LastroError, int]] = [
    (MalformedRequest("m"), 400),
    (Unauthorized("m"), 401),
    (Forbidden("m"), 403),
    (NotFound("m"), 404),
    (Conflict("m", code="lead_exists"), 409),
    (PayloadTooLarge("m"), 413),
    (InvalidInput([FieldError("a.0.b", "rule", "is wrong")]), 422),
    (DomainError("m"), 422),
    (Retryable("inner"), 503),
    (Permanent("inner"), 500),
    (Unknown("inner"), 500),
    (LastroError("inner"), 500),
]


@pytest.mark.parametrize(("error", "status"), FAMILIES, ids=[type(error).__name__ for error, _ in FAMILIES])
def test_every_family_has_its_status_and_one_body(error: LastroError, status: int) -> None:
    answer = answer_of(error)
    body = json.loads(answer["body"])
    assert answer["statusCode"] == body["status"] == body["error"]["status"] == status
    assert body["type"] == f"urn:lastro:error:{error.code}"
    assert body["instance"] == "urn:lastro:request:r-1"
    assert body["detail"] == body["error"]["message"] == body["message"]
    assert ("inner" in answer["body"]) is False
    assert ("Retry-After" in answer["headers"]) == (status == 503)
    expected = [{"field": "a.0.b", "rule": "rule", "message": "is wrong"}] if isinstance(error, InvalidInput) else []
    assert body["errors"] == expected


def test_nothing_the_caller_can_mend_is_our_fault() -> None:
    def below(family: type[LastroError]) -> set[type[LastroError]]:
        return {family}.union(*(below(child) for child in family.__subclasses__()))

    statuses = {family: status_of(family.__new__(family)) for family in below(DomainError)}
    assert len(statuses) >= 8
    assert [family for family, status in statuses.items() if not 400 <= status < 500] == []


def test_too_many_requests_say_when_to_come_back() -> None:
    answer = answer_of(TooManyRequests("m", retry_after=7))
    assert (answer["statusCode"], answer["headers"]["Retry-After"]) == (429, "7")


def test_an_api_may_answer_wrong_input_with_400() -> None:
    @endpoint(invalid=HTTPStatus.BAD_REQUEST)
    def handler(request: Bare) -> None:
        """Never called."""

    answer = handler(event({}), CONTEXT)
    body = json.loads(answer["body"])
    assert answer["statusCode"] == body["status"] == body["error"]["status"] == 400
    assert body["errors"][0]["field"] == "name"


def test_a_crash_tells_the_log_and_not_the_caller(logged: StringIO) -> None:
    answer = answer_of(ZeroDivisionError("the reason"))
    assert answer["statusCode"] == 500
    assert "reason" not in answer["body"]
    crash, request = (json.loads(line) for line in logged.getvalue().splitlines())
    assert (crash["message"], "ZeroDivisionError" in crash["exception"]) == ("request crashed", True)
    assert (request["operation"], request["status"], request["request_id"]) == ("lastro-some_operation", 500, "r-1")


def test_an_answer_of_no_known_kind_is_our_fault() -> None:
    assert answer_of({"a": 1})["statusCode"] == 500


def test_a_killed_process_is_not_an_answer() -> None:
    @endpoint()
    def handler(caller: Caller) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        handler(event(), CONTEXT)


def test_what_is_asked_is_not_logged(logged: StringIO) -> None:
    @endpoint()
    def handler(request: Order, caller: Caller) -> None:
        """Answers nothing."""

    asked = event({"name": "confidential"}, path="/confidential", headers={"Authorization": "confidential"})
    assert handler(asked, CONTEXT)["statusCode"] == 204
    assert "confidential" not in logged.getvalue()
    [line] = logged.getvalue().splitlines()
    assert json.loads(line)["duration_ms"] >= 0


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_a_busy_table_asks_to_come_back(code: str) -> None:
    @endpoint()
    def handler() -> None:
        raise ClientError({"Error": {"Code": code, "Message": "slow down"}}, "Query")

    answer = handler({"httpMethod": "GET", "headers": {}}, None)
    assert (answer["statusCode"], answer["headers"]["Retry-After"]) == (503, "1")
