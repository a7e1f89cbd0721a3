"""Bodies of requests: UTF-8, one reading, one size."""

from __future__ import annotations

import base64
import json
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.aws.entrypoints.bodies import read_body
from lastro.kernel.errors import AmbiguousRequest, MalformedRequest, PayloadTooLarge, UnsupportedMediaType
from lastro.wire.requests import MAX_BODY_BYTES, Request

FORM = "application/x-www-form-urlencoded"


class Bare(Request):
    name: str


class Login(Request):
    form_body: ClassVar[bool] = True


class Signing(Request):
    list_body: ClassVar[str] = "items"
    body_optional: ClassVar[bool] = True


def read(body: str | bytes, content_type: str = "application/json", kind: type[Request] = Bare) -> dict[str, Any]:
    """As API Gateway hands bytes on where it knows them as binary, text where not."""
    raw = base64.b64encode(body).decode() if isinstance(body, bytes) else body
    return read_body(kind, raw, content_type, encoded=isinstance(body, bytes))


def refused(body: str | bytes, content_type: str = "application/json", kind: type[Request] = Bare) -> dict[str, str]:
    """Fields of a 400 by their rules."""
    with pytest.raises(MalformedRequest) as caught:
        read(body, content_type, kind)
    named = caught.value.errors if isinstance(caught.value, AmbiguousRequest) else []
    return {error.field: error.rule for error in named}


@pytest.mark.parametrize(
    "body",
    [
        "",
        " \n",
        "{",
        "[1]",
        '"x"',
        "1",
        "null",
        '{"a": NaN}',
        '{"a": -Infinity}',
        "\ud800",
        '{"a": "\\ud800"}',
        "[" * 3000,
    ],
)
def test_a_body_that_cannot_be_read(body: str) -> None:
    assert refused(body) == {}


def test_a_body_may_be_left_out_or_be_a_list_where_the_request_says_so() -> None:
    assert read(" ", kind=Signing) == {}
    assert read("[1]", kind=Signing) == {"items": [1]}


def test_a_body_in_base64() -> None:
    assert read('{"name": "ção"}'.encode()) == {"name": "ção"}
    for raw in ("a", "e30!", "é"):
        with pytest.raises(MalformedRequest):
            read_body(Bare, raw, "", encoded=True)


def test_the_limit_is_in_bytes() -> None:
    def of(size: int, letter: str) -> str:
        return '{"name": "' + letter * ((size - 12) // len(letter.encode())) + '"}'

    assert read(of(MAX_BODY_BYTES, "x"))
    assert read(of(MAX_BODY_BYTES, "ç"))
    for letter in "xç":
        with pytest.raises(PayloadTooLarge):
            read(of(MAX_BODY_BYTES + 2, letter))


# UTF-8 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_bytes_that_are_not_utf_8(encoding: str) -> None:
    body = '{"name": "João Conceição"}'.encode(encoding)
    assert refused(body) == {}
    # API Gateway hands on what it took for text with U+FFFD for each byte it cannot read.
    replaced = body.decode("utf-8", errors="replace")
    if encoding != "utf-16":
        assert refused(replaced) == {"name": "not_utf_8"}
    else:
        assert refused(replaced) == {}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"lead": {"name": "Jo\ufffdo"}}', "lead.name"),
        ('{"lead": {"name": "Jo\\uFFfdo"}}', "lead.name"),
        ('{"lead": [{"n\ufffd": 1}]}', "lead.0.n\ufffd"),
        ('{"\\ufffd": 1}', "\ufffd"),
    ],
)
def test_a_replaced_character_is_named_by_its_place(body: str, field: str) -> None:
    assert refused(body) == {field: "not_utf_8"}


def test_an_escaped_backslash_is_no_replaced_character() -> None:
    assert read('{"name": "\\\\ufffd"}') == {"name": "\\ufffd"}


@pytest.mark.parametrize(
    "content_type",
    [
        *("", "application/json", "text/plain", "application/json; charset=utf-8", "application/json;charset=UTF-8"),
        *(
            'application/json; charset="Utf-8"',
            "application/json ; CHARSET = utf8",
            "text/x; charset='UTF-8'",
            "application/json; version=1",
        ),
        "application/json; charset=utf-8; charset=UTF-8",
    ],
)
def test_a_body_declared_in_utf_8_or_in_nothing(content_type: str) -> None:
    assert read('{"name": "ção"}', content_type) == {"name": "ção"}


@pytest.mark.parametrize("kind", [Bare, Login])
@pytest.mark.parametrize(
    "content_type",
    [
        *("application/json; charset=iso-8859-1", 'application/json; charset="ISO-8859-1"', "text/x;Charset=utf-16"),
        *(
            "application/json;charset=",
            f"{FORM}; charset=windows-1252",
            "application/json; charset=utf-8; charset=latin1",
        ),
    ],
)
def test_a_body_declared_in_another_charset(kind: type[Request], content_type: str) -> None:
    with pytest.raises(UnsupportedMediaType) as caught:
        read('{"name": "x"}', content_type, kind)
    assert caught.value.code == "unsupported_charset"


# keys ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ('{"value": 1, "value": 500}', "value"),
        ('{"value": 1, "value": 1}', "value"),
        ('{"a": {"b": [0, {"c": 1, "d": [], "c": 2}]}}', "a.b.1.c"),
        ('{"v\\u0061lue": 1, "value": 2}', "value"),
        ('[{"x": 1, "x": 2}]', "0.x"),
        ('{"a": {"b": 1, "b": 1}, "a": 2}', "a.b"),
    ],
)
def test_a_key_said_twice_is_named(body: str, key: str) -> None:
    assert refused(body, kind=Signing) == {key: "repeated_key"}


def test_the_same_key_in_two_objects_is_two_keys() -> None:
    assert read('{"a": {"b": 1}, "b": {"b": [{"b": 1}, {"b": 2}]}}')["b"] == {"b": [{"b": 1}, {"b": 2}]}


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd")), inner, max_size=4
        )
    ),
)


@given(
    body=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd")), json_values)
)
def test_whatever_has_one_reading_is_read_as_it_is(body: dict[str, Any]) -> None:
    assert read(json.dumps(body)) == body
    assert read(json.dumps(body, ensure_ascii=False).encode()) == body


# forms --------------------------------------------------------------------------------------------------------------


def test_a_form() -> None:
    assert read("a=1&b=%C3%A7+x&c=", FORM, Login) == {"a": "1", "b": "ç x", "c": ""}
    assert read('{"a": 1}', FORM, Login) == {"a": 1}
    assert refused("a=1", FORM, Bare) == {}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("a=1&b=2&a=1", {"a": "repeated_key"}),
        ("a=%E3", {}),
        ("a=Jo\ufffdo", {"a": "not_utf_8"}),
        ("a=%EF%BF%BD", {"a": "not_utf_8"}),
        ("%EF%BF%BD=1", {"\ufffd": "not_utf_8"}),
        ("&".join(f"a{number}=1" for number in range(60)), {}),
    ],
)
def test_a_form_that_is_refused(body: str, fields: dict[str, str]) -> None:
    assert refused(body, FORM, Login) == fields
