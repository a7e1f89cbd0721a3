"""What is asked: each part of a request comes from its one place, and nothing is read in two ways."""

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel, Field

from lastro.aws.entrypoints.requests import place_as_sent, read_caller, read_request
from lastro.kernel.callers.caller import Caller
from lastro.kernel.errors import AmbiguousRequest, FieldError, Forbidden, InvalidInput, MalformedRequest
from lastro.wire.objects import WireObject
from lastro.wire.requests import Request


class Order(Request):
    """Something of everywhere: path, query, body and headers."""

    query_fields: ClassVar[frozenset[str]] = frozenset({"dry_run", "tags"})
    header_fields: ClassVar[dict[str, str]] = {"prefer": "Prefer"}

    id: str = "none"
    name: str
    count: int = Field(default=1, ge=1)
    due_date: Annotated[str, Field(validation_alias=AliasChoices("dueDate", "due_date"))] = ""
    client_secret: str = ""
    tags: list[str] = Field(default_factory=list)
    dry_run: bool = False
    prefer: str | None = None
    idempotency_key: str | None = None

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        if raw.get("name") == "two" and raw.get("count") != 2:
            return [FieldError("count", "mismatch", "Two means two.")]
        return []


class Bare(Request):
    name: str


class Signing(Request):
    """Takes a list of bodies for one."""

    list_body: ClassVar[str] = "items"

    id: str
    items: list[Any] = Field(default_factory=list)


def event(body: Any = None, **changes: Any) -> dict[str, Any]:
    """A POST event of API Gateway; ``query`` gives each parameter one value or a list of them."""
    many = {name: value if isinstance(value, list) else [value] for name, value in changes.pop("query", {}).items()}
    plain = {
        "httpMethod": "POST",
        "headers": {},
        "queryStringParameters": {name: values[-1] for name, values in many.items()} or None,
        "multiValueQueryStringParameters": many or None,
        "pathParameters": None,
        "requestContext": {"requestId": "r-1", "authorizer": {"partner_id": "p", "store_ids": "1,2"}},
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": False,
    }
    return {**plain, **changes}


def refused(kind: type[Request], asked: dict[str, Any]) -> dict[str, str]:
    """Fields of a 400 by their rules."""
    with pytest.raises(MalformedRequest) as caught:
        read_request(kind, asked)
    named = caught.value.errors if isinstance(caught.value, AmbiguousRequest) else []
    return {error.field: error.rule for error in named}


# places -------------------------------------------------------------------------------------------------------------


def test_each_part_comes_from_its_place() -> None:
    asked = event(
        {"name": "body", "count": 2, "prefer": "body", "idempotency_key": "body"},
        query={"dry_run": "true", "tags[]": ["a", "b"]},
        pathParameters={"id": "path"},
        headers={"Prefer": "header", "Idempotency-Key": "header"},
    )
    expected = Order(id="path", name="body", count=2, tags=["a", "b"], dry_run=True, prefer="header")
    assert read_request(Order, asked) == expected.model_copy(update={"idempotency_key": "header"})


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "name", ["count", "count[]", "client_secret", "dueDate", "due_date", "prefer", "idempotency_key", "id"]
)
def test_a_field_of_a_writing_call_is_refused_in_the_query(method: str, name: str) -> None:
    asked = event({"name": "x"}, httpMethod=method, query={name: "500"}, pathParameters={"id": "7"})
    assert refused(Order, asked) == {name: "misplaced_parameter"}


@pytest.mark.parametrize("name", ["utm_source", "fbclid", "_", "Count", "lead[count]", ""])
def test_a_parameter_nobody_asked_for_is_ignored(name: str) -> None:
    for method in ("POST", "PUT", "PATCH", "GET"):
        asked = event({"name": "x"}, httpMethod=method, query={name: "500"})
        kind = Order if method != "GET" else Signing
        assert read_request(kind, {**asked, "pathParameters": {"id": "7"}}) is not None


def test_what_is_read_only_is_asked_in_the_query() -> None:
    asked = event("{ not read", httpMethod="GET", query={"name": "q", "count": "3"})
    assert read_request(Order, asked) == Order(name="q", count=3)
    assert read_request(Order, {**asked, "httpMethod": "HEAD"}) == Order(name="q", count=3)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_parameter_said_twice_is_refused(method: str) -> None:
    body = {"name": "x"} if method == "POST" else None
    many = {"dry_run": ["true", "false"], **({} if body else {"name": "x"})}
    assert refused(Order, event(body, httpMethod=method, query=many)) == {"dry_run": "repeated_parameter"}
    many = {"tags": "a", "tags[]": ["b"], **({} if body else {"name": "x"})}
    assert refused(Order, event(body, httpMethod=method, query=many)) == {"tags": "repeated_parameter"}
    many = {"dry_run": ["true", "true"], **({} if body else {"name": "x"})}
    assert read_request(Order, event(body, httpMethod=method, query=many)).dry_run is True


@pytest.mark.parametrize("name", ["Idempotency-Key", "idempotency-key", "Prefer"])
def test_a_header_said_twice_is_refused(name: str) -> None:
    asked = event({"name": "x"}, headers={name: "b"}, multiValueHeaders={name: ["a", "b"]})
    assert list(refused(Order, asked).values()) == ["repeated_header"]
    assert read_request(Order, {**asked, "multiValueHeaders": {name: ["b", "b"], "Accept": ["a", "b"]}})


def test_a_key_of_bytes_that_are_no_text_is_not_the_same_as_another() -> None:
    asked = event({"name": "x"}, headers={"Idempotency-Key": "ch\ufffdve"})
    assert refused(Order, asked) == {"Idempotency-Key": "not_utf_8"}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"name": "x",\n "count" 1}', "linha 2, coluna 10"),
        ("{'name': 'x'}", "linha 1, coluna 2"),
        ('\ufeff{"name": "x"}', "BOM"),
        ('{"name": NaN}', "não é um JSON válido."),
        ("[" * 100_000, "não é um JSON válido."),
    ],
)
def test_a_body_that_is_no_json_says_where(body: str, told: str) -> None:
    with pytest.raises(MalformedRequest) as caught:
        read_request(Order, event(body))
    assert told in str(caught.value)


def test_two_stores_are_none() -> None:
    with pytest.raises(AmbiguousRequest):
        read_caller(event(headers={"Store-Id": "2"}, multiValueHeaders={"Store-Id": ["1", "2"]}))


def test_a_list_in_the_query() -> None:
    asked = event({"name": "x"}, query={"tags[]": ["a", "b"]})
    assert read_request(Order, asked).tags == ["a", "b"]
    assert read_request(Order, {**asked, "multiValueQueryStringParameters": None}).tags == ["b"]


class ChangeThing(Request):
    thing_id: int
    small_thing: dict[str, Any]


def test_an_object_is_not_put_at_the_path_of_another() -> None:
    def asked(**thing: Any) -> dict[str, Any]:
        return event({"small_thing": thing}, httpMethod="PUT", pathParameters={"thing_id": "7"})

    assert refused(ChangeThing, asked(id=8)) == {"small_thing.id": "differs_from_path"}
    for same in ({"id": 7}, {"id": " 7"}, {"id": None}, {"id": ""}, {}):
        assert read_request(ChangeThing, asked(**same)).thing_id == 7


def test_the_path_is_not_said_otherwise() -> None:
    path = {"id": "7 a"}
    assert refused(Order, event({"name": "x", "id": "8"}, pathParameters=path)) == {"id": "differs_from_path"}
    assert refused(Signing, event([{"x": 1}, {"id": 8}], pathParameters=path)) == {"id": "differs_from_path"}
    get = event(httpMethod="GET", query={"id": "8"}, pathParameters=path)
    assert refused(Signing, get) == {"id": "misplaced_parameter"}
    for same in ("7 a", " 7 a ", None, ""):
        assert read_request(Order, event({"name": "x", "id": same}, pathParameters=path)).id == "7 a"
    assert read_request(Order, event({"name": "x", "id": 7}, pathParameters={"id": "7"})).id == "7"
    again = event({"name": "x"}, query={"id": "7 a"}, pathParameters={"id": "7%20a"})
    assert read_request(Order, again).id == "7%20a"


@pytest.mark.parametrize("header", ["Idempotency-Key", "idempotency-key", "IDEMPOTENCY-KEY"])
def test_the_idempotency_key_comes_from_its_header_only(header: str) -> None:
    body = {"name": "x", "idempotency_key": "body"}
    assert read_request(Order, event(body, headers={header: " k "})).idempotency_key == "k"
    assert read_request(Order, event(body)).idempotency_key is None
    # A request that has no use for it does not care how it looks.
    assert read_request(Bare, event(body, headers={header: "x" * 999})) == Bare(name="x")


# text ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("written", ["\ufffd", "Jo\ufffdo", "%EF%BF%BD", "Jo%E3o"])
def test_a_path_that_is_no_utf_8(method: str, written: str) -> None:
    asked = event({"name": "x"}, httpMethod=method, query={"name": "x"} if method == "GET" else {})
    assert refused(Order, {**asked, "pathParameters": {"id": written}}) == {"id": "not_utf_8"}


def test_a_query_that_is_no_utf_8() -> None:
    assert refused(Order, event(httpMethod="GET", query={"name": "Jo\ufffdo"})) == {"name": "not_utf_8"}
    assert refused(Order, event({"name": "x"}, query={"tags[]": ["a", "\ufffd"]})) == {"tags": "not_utf_8"}


# errors -------------------------------------------------------------------------------------------------------------


def test_every_wrong_field_at_once_whoever_finds_it() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_request(Order, event({"name": "two", "client_secret": 5}, headers={"Idempotency-Key": ""}))
    found = {error.field: error.rule for error in caught.value.errors}
    assert found == {"Idempotency-Key": "length", "client_secret": "string_type", "count": "mismatch"}
    with pytest.raises(InvalidInput) as caught:
        read_request(Order, event({"name": "two", "count": 0}))
    # One rule a field: what it is comes before what it means.
    assert [(error.field, error.rule) for error in caught.value.errors] == [("count", "greater_than_equal")]


class _Basic(BaseModel):
    type: Literal["BASIC"]
    user: str


class _Bearer(BaseModel):
    type: Literal["BEARER"]
    token: str


class Told(Request):
    """Fields of more than one kind."""

    authentication: Annotated[_Basic | _Bearer, Field(discriminator="type")] | None = None
    bank: int | _Bearer | list[int] = 1


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"authentication": {"type": "BASIC"}}, {"authentication.user"}),
        ({"authentication": {"type": "BASIC", "user": 1}}, {"authentication.user"}),
        ({"authentication": {"type": "DIGEST"}}, {"authentication"}),
        ({"authentication": "BASIC"}, {"authentication"}),
        ({"bank": "x"}, {"bank"}),
        ({"bank": ["x", 1, "y"]}, {"bank", "bank.0", "bank.2"}),
    ],
)
def test_a_field_is_named_as_it_was_sent(body: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_request(Told, event(body))
    assert {error.field for error in caught.value.errors} == fields


class _Line(WireObject):
    due_date: Annotated[str, Field(validation_alias=AliasChoices("dueDate", "due_date"))] = ""


class Listed(Request):
    """Parts that come under several names, in parts that do."""

    lines: Annotated[list[_Line] | None, Field(validation_alias=AliasChoices("lines", "items"))] = None


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("lines.1.dueDate", "items.1.due_date"),
        ("lines.0.dueDate", "items.0.dueDate"),
        ("lines.7.dueDate", "items.7.dueDate"),
        ("lines", "items"),
        ("lines.0.amount", "items.0.amount"),
        ("Store-Id", "Store-Id"),
    ],
)
def test_what_a_use_case_refuses_is_named_as_it_was_sent(place: str, told: str) -> None:
    sent = event({"lines": None, "items": [{"dueDate": "x", "due_date": " "}, {"due_date": "x", "dueDate": ""}]})
    [error] = place_as_sent([FieldError(place, "rule", "text")], Listed, sent)
    assert error == FieldError(told, "rule", "text")


names = st.sampled_from(["name", "count", "tags", "dry_run", "client_secret", "id", "x", "tags[]", "dueDate"])


@given(query=st.dictionaries(names, st.lists(st.text(max_size=5), min_size=1, max_size=3)))
def test_no_query_changes_what_a_body_says(query: dict[str, list[str]]) -> None:
    asked = event({"name": "body", "count": 5, "client_secret": "s"}, query=query)
    try:
        read = read_request(Order, asked)
    except (InvalidInput, MalformedRequest):
        return
    assert (read.name, read.count, read.client_secret, read.due_date) == ("body", 5, "s", "")


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
