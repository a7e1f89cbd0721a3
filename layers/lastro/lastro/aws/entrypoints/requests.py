"""What an API Gateway event asks, and who asks: each part of a request comes from its one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, TypeVar
from urllib.parse import unquote

from pydantic import ValidationError

from lastro.aws.entrypoints.bodies import REPLACEMENT, as_text, read_body
from lastro.aws.entrypoints.calls.acting import find_others
from lastro.aws.entrypoints.errors import (
    CONTROL_CHARACTER,
    DIFFERS_FROM_PATH,
    KEY_LENGTH,
    MISPLACED_PARAMETER,
    NOT_UTF_8,
    REPEATED_HEADER,
    REPEATED_PARAMETER,
    STORE_NOT_WHOLE,
)
from lastro.kernel.callers.caller import Caller, Panel, Role, Source, StatusSpelling
from lastro.kernel.callers.jobs import Job
from lastro.kernel.callers.limits import Limits
from lastro.kernel.errors import AmbiguousRequest, FieldError, InvalidInput, MalformedRequest, UnsupportedMediaType
from lastro.wire.objects import DUPLICATE, as_sent, spellings
from lastro.wire.requests import Request
from lastro.wire.sentences import rule_of, sentence_of

MAX_IDEMPOTENCY_KEY = 255
_KEY = "idempotency_key"
_KEY_HEADER = "Idempotency-Key"
_STORE = "Store-Id"
_UNKNOWN = object()
"""A value nothing is known of: a request may rearrange what was sent."""
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_WRITING = _WITH_BODY | {"DELETE"}

Event = Mapping[str, Any]
Model = TypeVar("Model", bound=Request)


def read_headers(event: Event) -> dict[str, str]:
    """The headers by their names in lower case."""
    return {name.lower(): value for name, value in (event.get("headers") or {}).items()}


def _check_once(event: Event, *names: str) -> None:
    """Raises ``AmbiguousRequest`` for a header that came twice with different values: ``headers`` hold one."""
    wanted = {name.lower(): name for name in names}
    for written, values in (event.get("multiValueHeaders") or {}).items():
        if written.lower() in wanted and len(set(values)) > 1:
            raise AmbiguousRequest(REPEATED_HEADER.at(wanted[written.lower()]))


def read_caller(event: Event) -> Caller:
    """The caller the authorizer recognised, with the ``Store-Id`` header as sent.

    A credential bound to one store has chosen it. Raises ``InvalidInput`` for a ``Store-Id`` that is no whole number,
    ``AmbiguousRequest`` for two of them, and for a store of somebody else ``Forbidden``, or ``NotFound`` to a bound
    one, even on calls that need no store.
    """
    _check_once(event, _STORE)
    known = (event.get("requestContext") or {}).get("authorizer") or {}
    sent = read_headers(event).get(_STORE.lower(), "").strip()
    if sent and not (sent.isascii() and sent.isdigit() and len(sent) <= 15):
        raise InvalidInput([STORE_NOT_WHOLE.at(_STORE)])
    store_ids = tuple(int(part) for part in str(known.get("store_ids", "")).split(",") if part)
    principal = str(known.get("principal", ""))
    spelling = StatusSpelling(known.get("status_spelling") or StatusSpelling.PAGES)
    bound, panel = bool(known.get("bound")), known.get("panel")
    chosen = int(sent) if sent else None
    if bound and chosen is None and len(store_ids) == 1:
        [chosen] = store_ids
    caller = Caller(
        str(known.get("partner_id", "")),
        store_ids,
        chosen,
        principal,
        spelling,
        bound=bound,
        panel=Panel(panel) if panel else None,
        role=Role(known.get("role") or Role.MEMBER),
        limits=read_limits(event),
        person=str(known.get("person") or ""),
        login=str(known.get("login") or ""),
        job=Job(known["job"]) if known.get("job") else None,
        acts_as=_acts_as(event),
    )
    if caller.chosen_store is not None:
        caller.own_store(caller.chosen_store)
    return caller


def _acts_as(event: Event) -> str:
    known = (event.get("requestContext") or {}).get("authorizer") or {}
    return str(known.get("acts_as") or "")


def read_limits(event: Event) -> Limits:
    """What the operator allows the caller's partner, as the authorizer found it."""
    known = (event.get("requestContext") or {}).get("authorizer") or {}
    sent = {name: known.get(name) for name in ("requests_a_second", "simulations_in_flight")}
    return Limits(**{name: int(value) if value else None for name, value in sent.items()})


def read_source(event: Event) -> Source:
    """Where the call comes from, as API Gateway saw it."""
    identity = (event.get("requestContext") or {}).get("identity") or {}
    return Source(str(identity.get("sourceIp") or ""))


def read_request(kind: type[Model], event: Event) -> Model:
    """One model of path, query, headers and body, as ``lastro.wire.requests`` says; nothing stands in two places.

    Raises ``MalformedRequest``, ``PayloadTooLarge``, ``UnsupportedMediaType``, or ``InvalidInput`` with every wrong
    field at once.
    """
    asked, errors = _collect(kind, event)
    request: Model | None = None
    try:
        request = kind.model_validate(asked)
    except ValidationError as error:
        errors += _field_errors(error, asked)
    known = {error.field for error in errors}
    errors += [error for error in kind.cross_check(asked) if error.field not in known]
    if errors or request is None:
        raise InvalidInput(errors)
    return request


def place_as_sent(errors: Sequence[FieldError], kind: type[Request], event: Event) -> list[FieldError]:
    """What is wrong with a request that could be read, under the names that its fields were sent with."""
    asked, _ = _collect(kind, event)
    return [replace(error, field=as_sent(kind, error.field, asked)) for error in errors]


def _collect(kind: type[Request], event: Event) -> tuple[dict[str, Any], list[FieldError]]:
    """All that was sent for a request, by its names, and what is wrong beside the fields of its model."""
    _check_once(event, _KEY_HEADER, *kind.header_fields.values())
    headers = read_headers(event)
    path: dict[str, str] = event.get("pathParameters") or {}
    for name, value in path.items():
        _check_text(name, unquote(value))
    _check_path(path)
    asked: dict[str, Any] = {}
    errors: list[FieldError] = []
    if event.get("httpMethod") in _WITH_BODY:
        asked = _read_body(kind, event, headers, path)
        errors += find_others(asked, _acts_as(event))
        asked.pop(_KEY, None)
    asked |= _read_query(kind, event, path)
    asked |= path
    for field_name, header in kind.header_fields.items():
        asked[field_name] = headers.get(header.lower())
    sent = headers.get(_KEY_HEADER.lower())
    if sent is not None and _KEY in kind.model_fields:
        _check_text(_KEY_HEADER, sent)
        if not 1 <= len(sent.strip()) <= MAX_IDEMPOTENCY_KEY:
            errors.append(KEY_LENGTH.at(_KEY_HEADER, most=MAX_IDEMPOTENCY_KEY))
        asked[_KEY] = sent.strip()
    return asked, errors


def _read_body(
    kind: type[Request], event: Event, headers: Mapping[str, str], path: Mapping[str, str]
) -> dict[str, Any]:
    """The fields of the body; of one that cannot be read the whole, where the request takes that."""
    raw, encoded = event.get("body") or "", bool(event.get("isBase64Encoded"))
    try:
        asked = read_body(kind, raw, headers.get("content-type", ""), encoded=encoded)
        _check_against_path(kind, asked, path)
    except (MalformedRequest, UnsupportedMediaType):
        if not kind.unread_body:
            raise
        return {kind.unread_body: as_text(raw, encoded=encoded)}
    return asked


# Query --------------------------------------------------------------------------------------------------------------


def _read_query(kind: type[Request], event: Event, path: Mapping[str, str]) -> dict[str, Any]:
    """The parameters that the request takes from the query. ``name[]`` is a list; what nobody asked for is ignored.

    Raises ``AmbiguousRequest`` for a field that does not belong into the query and for a parameter said twice.
    """
    writing = event.get("httpMethod") in _WRITING
    many = event.get("multiValueQueryStringParameters") or {}
    known = spellings(kind)
    found: dict[str, Any] = {}
    for written, last in (event.get("queryStringParameters") or {}).items():
        name = written.removesuffix("[]")
        values: list[str] = many.get(written) or [last]
        if name not in known or (name in path and {unquote(path[name])} == set(values)):
            continue
        elsewhere = name in path or name == _KEY or name in kind.header_fields
        if elsewhere or (writing and name not in kind.query_fields):
            raise AmbiguousRequest(MISPLACED_PARAMETER.at(written))
        if name in found or (written == name and len(set(values)) > 1):
            raise AmbiguousRequest(REPEATED_PARAMETER.at(name))
        for value in values:
            _check_text(name, value)
        found[name] = last if written == name else values
    return found


def _check_against_path(kind: type[Request], body: Mapping[str, Any], path: Mapping[str, str]) -> None:
    """Raises ``AmbiguousRequest`` for a field of the path that the body says otherwise, be it as the ``id`` of the
    object that the path names: ``survey.id`` beside ``survey_id``, ``plus_return_rule.id`` beside ``rule_id``.
    """
    listed = body.get(kind.list_body) if kind.list_body else None
    bodies = [body, *(each for each in (listed if isinstance(listed, list) else ()) if isinstance(each, Mapping))]
    for name, value in path.items():
        for spelt in spellings(kind).get(name, ()):
            if any(_differs(each.get(spelt), value) for each in bodies):
                raise AmbiguousRequest(DIFFERS_FROM_PATH.at(spelt))
        owner = name.removesuffix("_id")
        for key, part in body.items() if owner != name else ():
            named = f"_{key}".endswith(f"_{owner}") and isinstance(part, Mapping)
            if named and _differs(part.get("id"), value):
                raise AmbiguousRequest(DIFFERS_FROM_PATH.at(f"{key}.id"))


def _differs(sent: Any, value: str) -> bool:
    return sent not in (None, "") and str(sent).strip() != unquote(value).strip()


def _check_text(name: str, value: str) -> None:
    if REPLACEMENT in value:
        raise AmbiguousRequest(NOT_UTF_8.at(name))


def _check_path(path: Mapping[str, str]) -> None:
    """Raises ``InvalidInput`` for what no address shows: a number read without it would name what nobody asked for."""
    found = [name for name, value in path.items() if not unquote(value).isprintable()]
    if found:
        raise InvalidInput([CONTROL_CHARACTER.at(name) for name in found])


# Errors -------------------------------------------------------------------------------------------------------------


def _field_errors(error: ValidationError, asked: Any) -> list[FieldError]:
    """Each broken rule of each field once, whichever variants of a field were tried."""
    found: dict[tuple[str, str], FieldError] = {}
    for problem in error.errors(include_input=False):
        place = problem["loc"]
        if problem["type"] == DUPLICATE:
            place = (*place, problem["ctx"]["second"])
        path = ".".join(_sent_path(place, asked)) or "body"
        rule = rule_of(problem)
        found.setdefault((path, rule), FieldError(path, rule, sentence_of(problem)))
    return list(found.values())


def _sent_path(location: tuple[int | str, ...], asked: Any) -> list[str]:
    """A place as the caller wrote it: without the names of variants that pydantic puts between.

    Such a name follows a value that holds nothing, or stands before a name that the value does hold, or is what the
    value itself says of its kind (``{"type": "BASIC"}``).
    """
    path: list[str] = []
    node = asked
    for part, following in zip_longest(location, location[1:]):
        if isinstance(node, Mapping):
            if part not in node and following is not None and (following in node or part in node.values()):
                continue
            node = node.get(str(part), _UNKNOWN)
        elif isinstance(node, list) and isinstance(part, int):
            node = node[part] if part < len(node) else _UNKNOWN
        elif node is not _UNKNOWN:
            continue
        path.append(str(part))
    return path
