"""The HTTP entrypoint: how an event becomes arguments, and how answers and errors become HTTP."""

from __future__ import annotations

import json
from http import HTTPStatus
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from lastro.aws.entrypoints.errors import status_of
from lastro.aws.entrypoints.http import Page, endpoint
from lastro.kernel.callers.caller import Caller
from lastro.kernel.errors import (
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
    UnsupportedMediaType,
)
from lastro.wire.objects import WireObject
from lastro.wire.requests import Request
from tests.functions.conftest import logged

__all__ = ["logged"]

POLICY = {"RateLimit-Policy": '"partner";q=10000000;w=10'}
CONTEXT = SimpleNamespace(function_name="lastro-some_operation")


class Order(Request):
    """Something to ask."""

    name: str


class Bare(Request):
    name: str


class Part(WireObject):
    name: str


class Whole(Request):
    part: Part


class Other(Request):
    name: str


def event(body: Any = None, **changes: Any) -> dict[str, Any]:
    """A POST event of API Gateway."""
    text = body if body is None or isinstance(body, str) else json.dumps(body)
    plain = {
        "resource": "/orders",
        "path": "/orders",
        "httpMethod": "POST",
        "headers": {},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "requestContext": {"requestId": "r-1", "authorizer": {"partner_id": "p", "store_ids": "1,2", "scopes": "*"}},
        "body": text,
        "isBase64Encoded": False,
    }
    return {**plain, **changes}


# answers ------------------------------------------------------------------------------------------------------------


def answer_of(value: Any, status: HTTPStatus = HTTPStatus.OK, **changes: Any) -> dict[str, Any]:
    @endpoint(status=status)
    def handler(caller: Caller) -> Any:
        if isinstance(value, Exception):
            raise value
        return value

    return handler(event(**changes), CONTEXT)


def test_answers_of_every_kind() -> None:
    assert answer_of(Bare(name="ç"), HTTPStatus.CREATED)["statusCode"] == 201
    assert answer_of(Bare(name="ç"))["body"] == '{"name":"ç"}'
    assert answer_of('{"a":1}')["body"] == '{"a":1}'
    assert answer_of('{"a":1}')["headers"] == {
        "x-request-id": "r-1",
        "Cache-Control": "no-store",
        "Content-Type": "application/json",
        **POLICY,
    }
    nothing = answer_of(None)
    assert (nothing["statusCode"], nothing["body"]) == (204, "")
    assert "Content-Type" not in nothing["headers"]
    page = answer_of(Page("<p>ç", "text/html", {"Cache-Control": "public"}))
    assert (page["isBase64Encoded"], page["body"]) == (False, "<p>ç")
    tag = page["headers"].pop("ETag")
    assert tag == answer_of(Page("<p>ç", "text/plain"))["headers"]["ETag"]
    assert tag != answer_of(Page("<p>c", "text/html"))["headers"]["ETag"]
    assert page["headers"] == {
        "Content-Type": "text/html",
        "x-request-id": "r-1",
        "Cache-Control": "public",
        "Vary": "Accept-Encoding",
        **POLICY,
    }


@pytest.mark.parametrize("value", [Bare(name="ç"), Page("<p>ç", "text/html"), None, NotFound("m"), OSError("m")])
def test_head_is_answered_as_get_without_the_body(value: Any) -> None:
    got = answer_of(value, httpMethod="GET")
    head = answer_of(value, httpMethod="HEAD")
    assert head == {**got, "body": ""}


def test_who_holds_the_page_is_not_sent_it_again() -> None:
    page = Page("<p>ç", "text/html", {"Cache-Control": "public", "X-Content-Type-Options": "nosniff"})
    tag = page.etag
    assert tag.startswith('W/"')
    strong = tag.removeprefix("W/")
    kept = {"ETag": tag, "x-request-id": "r-1", "Cache-Control": "public", "Vary": "Accept-Encoding", **POLICY}
    for held in (tag, strong, f'"other", {tag}', "*"):
        answer = answer_of(page, headers={"If-None-Match": held})
        assert (answer["statusCode"], answer["body"]) == (304, "")
        assert answer["headers"] == kept
    for other in ("", '"other"', strong.strip('"')):
        assert answer_of(page, headers={"if-none-match": other})["statusCode"] == 200


PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        ("application/problem+json;q=0", "application/json"),
        (PROBLEM, PROBLEM),
        ("application/json, Application/Problem+JSON; q=0.5", PROBLEM),
    ],
)
def test_a_problem_is_named_as_one_to_who_asks_for_it(accept: str | None, kind: str) -> None:
    headers = {} if accept is None else {"Accept": accept}
    for error in (NotFound("m"), OSError("m")):
        assert answer_of(error, headers=headers)["headers"]["Content-Type"] == kind
    assert answer_of(Bare(name="x"), headers=headers)["headers"]["Content-Type"] == "application/json"


def test_a_refused_credential_is_told_what_is_asked_for() -> None:
    assert answer_of(Unauthorized("m"))["headers"]["WWW-Authenticate"] == "Bearer"
    assert answer_of(Unauthorized("m", challenge="Basic"))["headers"]["WWW-Authenticate"] == "Basic"
    assert "WWW-Authenticate" not in answer_of(Forbidden("m"))["headers"]


def test_no_page_of_another_origin_reads_an_answer_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"Origin": "https://painel.example.com"}
    named = "Access-Control-Allow-Origin"
    for value in (Bare(name="x"), NotFound("m")):
        monkeypatch.delenv("LASTRO_CORS_ORIGINS", raising=False)
        assert not {named, "Vary"} & answer_of(value, headers=asked)["headers"].keys()
        monkeypatch.setenv("LASTRO_CORS_ORIGINS", "https://a.example.com,https://painel.example.com")
        answer = answer_of(value, headers=asked)
        assert (answer["headers"][named], answer["headers"]["Vary"]) == ("https://painel.example.com", "Origin")
        for other in ("https://painel.example.com.evil.example", "https://painel.example.co", "null", ""):
            answer = answer_of(value, headers={"origin": other})
            assert named not in answer["headers"]
            assert answer["headers"]["Vary"] == "Origin"
    assert answer_of(Page("<p>", "text/html"), headers=asked)["headers"]["Vary"] == "Accept-Encoding, Origin"


FAMILIES: list[tuple[LastroError, int]] = [
    (MalformedRequest("m"), 400),
    (Unauthorized("m"), 401),
    (Forbidden("m"), 403),
    (NotFound("m"), 404),
    (Conflict("m", code="lead_exists"), 409),
    (PayloadTooLarge("m"), 413),
    (UnsupportedMediaType("m"), 415),
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
    code = {503: "service_busy", 500: "internal_error"}.get(status, error.code)
    assert (body["type"], body["code"]) == (f"urn:lastro:error:{code}", code)
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

    headers = {"Authorization": "confidential"}
    asked = event({"name": "confidential"}, resource="/{name}", path="/confidential", headers=headers)
    assert handler(asked, CONTEXT)["statusCode"] == 204
    assert "confidential" not in logged.getvalue()
    [line] = logged.getvalue().splitlines()
    assert json.loads(line)["duration_ms"] >= 0


@pytest.mark.parametrize("path", ["/orders/", "//orders", "/%6Frders", "/Orders"])
def test_another_spelling_of_a_path_is_told_in_the_words_of_a_path_that_is_not_there(path: str) -> None:
    @endpoint()
    def handler() -> None:
        """Is not reached."""

    answer = handler(event(httpMethod="GET", resource="/orders", path=path), None)
    body = json.loads(answer["body"])
    assert answer["statusCode"] == 404
    assert body["error"] == {"message": "Endpoint requested not found", "status": 404}
    assert (body["code"], body["message"]) == ("no_such_operation", "Endpoint requested not found")
    assert body["detail"] == "Este caminho não existe, ou o método não é um dos dele."


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_a_busy_table_asks_to_come_back(code: str) -> None:
    @endpoint()
    def handler() -> None:
        raise ClientError({"Error": {"Code": code, "Message": "slow down"}}, "Query")

    answer = handler(event(httpMethod="GET"), None)
    assert (answer["statusCode"], answer["headers"]["Retry-After"]) == (503, "1")


def test_of_what_is_described_the_request_of_a_call_alone_is_made_and_before_it_comes() -> None:
    """Half of a module's models are another function's, or parts that are read within a whole."""

    @endpoint(public=True)
    def take(request: Whole) -> str:
        return request.part.name

    made = {kind.__name__: kind.__pydantic_complete__ for kind in (Whole, Part, Other)}
    assert made == {"Whole": True, "Part": False, "Other": False}
    assert take(event({"part": {"name": "a"}}), CONTEXT)["body"] == "a"
    assert take(event({"part": {}}), CONTEXT)["statusCode"] == 422
    assert not Part.__pydantic_complete__
