"""The body of a request: bytes of UTF-8, read as JSON or a form, with one reading or none.

What was read with replacement on its way (U+FFFD), what is declared in another charset and what says a key twice is
refused: each would store another value than the one that was meant.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pydantic_core

from lastro.aws.entrypoints.errors import (
    BODY_EMPTY,
    BODY_NO_FORM,
    BODY_NO_OBJECT,
    BODY_NOT_JSON,
    BODY_NOT_JSON_AT,
    BODY_NOT_UTF_8,
    BODY_TOO_LARGE,
    BODY_WITH_MARK,
    NOT_UTF_8,
    REPEATED_KEY,
    UNSUPPORTED_CHARSET,
)
from lastro.kernel.errors import AmbiguousRequest, MalformedRequest
from lastro.wire.requests import Request

MAX_FORM_FIELDS = 50
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""What decoders put in place of bytes that are no text; API Gateway does so before a function sees the body."""
_FORM = "application/x-www-form-urlencoded"
_UTF_8 = frozenset({"utf-8", "utf8"})
_CHARSET = re.compile(r';\s*charset\s*=\s*(?:"([^"]*)"|([^\s;,"]*))', re.IGNORECASE)
_ESCAPED_REPLACEMENT = re.compile(r"\\ufffd", re.IGNORECASE)


def read_body(kind: type[Request], raw: str, content_type: str, *, encoded: bool) -> dict[str, Any]:
    """The object a body holds; empty where it may be left out and is.

    ``raw`` is the body as API Gateway hands it on, in Base64 when ``encoded``. A list is read as an object of one
    field where the request says so. Raises ``MalformedRequest``, ``PayloadTooLarge`` or ``UnsupportedMediaType``.
    """
    try:
        body = base64.b64decode(raw, validate=True) if encoded else raw.encode()
    except ValueError as error:
        raise BODY_NOT_UTF_8() from error
    if len(body) > kind.max_body_bytes:
        raise BODY_TOO_LARGE(most=kind.max_body_bytes)
    if not body.strip():
        if kind.body_optional:
            return {}
        raise BODY_EMPTY()
    _check_charset(content_type)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise BODY_NOT_UTF_8() from error
    # curl calls any body a form unless told otherwise: what begins like JSON is JSON.
    if kind.form_body and content_type.lower().startswith(_FORM) and not text.lstrip().startswith("{"):
        return _read_form(text)
    return _read_json(kind, body, text)


def as_text(raw: str, *, encoded: bool) -> str:
    """A body to be looked at by people: bytes that are no text are shown as such (U+FFFD)."""
    try:
        body = base64.b64decode(raw, validate=True) if encoded else raw.encode(errors="replace")
    except ValueError:
        return raw
    return body.decode(errors="replace")


def _check_charset(content_type: str) -> None:
    """Raises ``UnsupportedMediaType`` when one is declared and it is not UTF-8."""
    for quoted, bare in _CHARSET.findall(content_type):
        declared = (quoted or bare).strip(" '")
        if declared.lower() not in _UTF_8:
            raise UNSUPPORTED_CHARSET(charset=declared[:40] or "vazio")


def _read_json(kind: type[Request], body: bytes, text: str) -> dict[str, Any]:
    try:
        parsed = pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise _no_json(text) from error
    _check_keys(text)
    if REPLACEMENT in text or _ESCAPED_REPLACEMENT.search(text):
        _check_texts(parsed)
    if isinstance(parsed, list) and kind.list_body:
        return {kind.list_body: parsed}
    if not isinstance(parsed, dict):
        raise BODY_NO_OBJECT()
    return parsed


def _no_json(text: str) -> MalformedRequest:
    """What is wrong with a text that is no JSON, with its place where that is known."""
    if text.startswith("\ufeff"):
        return BODY_WITH_MARK()
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return BODY_NOT_JSON_AT(line=error.lineno, column=error.colno)
    except (ValueError, RecursionError):
        pass
    return BODY_NOT_JSON()


def _read_form(text: str) -> dict[str, Any]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FORM_FIELDS, errors="strict")
    except UnicodeDecodeError as error:
        raise BODY_NOT_UTF_8() from error
    except ValueError as error:
        raise BODY_NO_FORM() from error
    form: dict[str, Any] = {}
    for name, value in pairs:
        if name in form:
            raise _repeated(name)
        form[name] = value
    _check_texts(form)
    return form


# Keys ---------------------------------------------------------------------------------------------------------------


class _Repeated(Exception):
    """An object says a key twice."""


class _Pairs(tuple[tuple[str, Any], ...]):
    """An object as it was written: every key with its value, repeated ones too."""

    __slots__ = ()


def _check_keys(text: str) -> None:
    """Raises ``AmbiguousRequest`` naming the first key that stands twice in one object.

    Reads the text once more, for the keys alone: the parser whose values are used tells nothing of repeated keys.
    """
    try:
        json.loads(text, object_pairs_hook=_once, parse_int=_nothing, parse_float=_nothing)
    except _Repeated as error:
        written = json.loads(text, object_pairs_hook=_Pairs, parse_int=_nothing, parse_float=_nothing)
        raise _repeated(next(_repeated_keys(written))) from error
    except ValueError as error:
        raise BODY_NOT_JSON() from error


def _once(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) != len(pairs):
        raise _Repeated


def _nothing(_: str) -> None:
    """A number as nothing: only keys are looked at."""


def _repeated_keys(node: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Paths of the keys that stand twice, in the order of the text."""
    if isinstance(node, _Pairs):
        seen: set[str] = set()
        for key, value in node:
            if key in seen:
                yield ".".join((*path, key))
            seen.add(key)
            yield from _repeated_keys(value, (*path, key))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _repeated_keys(value, (*path, str(position)))


def _repeated(key: str) -> AmbiguousRequest:
    return AmbiguousRequest(REPEATED_KEY.at(key))


# Texts --------------------------------------------------------------------------------------------------------------


def _check_texts(parsed: Any) -> None:
    """Raises ``AmbiguousRequest`` naming the first text or key that holds U+FFFD."""
    for found in _replaced(parsed):
        raise AmbiguousRequest(NOT_UTF_8.at(found or "body"))


def _replaced(node: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(node, str):
        if REPLACEMENT in node:
            yield ".".join(path)
    elif isinstance(node, dict):
        for key, value in node.items():
            if REPLACEMENT in key:
                yield ".".join((*path, key))
            yield from _replaced(value, (*path, key))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _replaced(value, (*path, str(position)))
