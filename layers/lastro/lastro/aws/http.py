"""The HTTP entrypoint: an API Gateway proxy event in, a typed call, a proxy answer out.

A handler declares what it needs by annotation: one pydantic model receives the merged body, query, path and headers
(``Idempotency-Key`` as ``idempotency_key``); ``Caller`` receives who asks. The answer is a pydantic model, an already
rendered ``str``, a ``Reply`` with a status of its own, a ``Page`` or ``None``.
"""

from __future__ import annotations

import base64
import inspect
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar, get_type_hints
from urllib.parse import parse_qsl

import pydantic_core
from pydantic import BaseModel, ValidationError

from lastro.aws.errors import fault_of, render, status_of
from lastro.aws.log import logger
from lastro.caller import Caller
from lastro.errors import (
    FieldError,
    InvalidInput,
    LastroError,
    MalformedRequest,
    PayloadTooLarge,
    TooManyRequests,
    Unauthorized,
)
from lastro.wire.requests import Request

MAX_IDEMPOTENCY_KEY = 255
MAX_FORM_FIELDS = 50
_FORM = "application/x-www-form-urlencoded"

Event = Mapping[str, Any]
ProxyAnswer = dict[str, Any]
Model = TypeVar("Model", bound=Request)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that is not one of our models: a page, a style sheet, a ready document. Text only."""

    body: str
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """A rendered answer with a status of its own and headers beside the usual ones."""

    body: str
    status: HTTPStatus
    headers: Mapping[str, str] = field(default_factory=dict)


def endpoint(
    *,
    status: HTTPStatus = HTTPStatus.OK,
    invalid: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
    also: tuple[HTTPStatus, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[[Event, Any], ProxyAnswer]]:
    """Turn a typed function into a Lambda handler; no error leaves it but as an HTTP answer.

    ``invalid`` is the status of ``InvalidInput``: 422, or 400 where the API that is spoken documents it so. ``also``
    names the other statuses a ``Reply`` may carry.
    """

    def decorate(handler: Callable[..., Any]) -> Callable[[Event, Any], ProxyAnswer]:
        hints = get_type_hints(handler)
        slots = {name: hints[name] for name in inspect.signature(handler).parameters}
        for name, kind in slots.items():
            if not issubclass(kind, Caller | Request):
                raise TypeError(f"{handler.__module__}: {name} is neither a Caller nor a Request")
        operation = handler.__module__ if handler.__name__ == "handler" else handler.__name__

        def handle(event: Event, context: Any) -> ProxyAnswer:
            started = time.perf_counter()
            request_id = str((event.get("requestContext") or {}).get("requestId") or "")
            try:
                answer = _reply(status, handler(**_arguments(slots, event)), request_id)
            except LastroError as error:
                failed = invalid if isinstance(error, InvalidInput) else status_of(error)
                if failed >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    logger.exception("request failed", code=error.code)
                answer = _proxy_answer(failed, render(error, request_id, failed), request_id)
                if isinstance(error, TooManyRequests):
                    answer["headers"]["Retry-After"] = str(error.retry_after)
            except Exception as error:  # noqa: BLE001 - the boundary
                # The last line of defence: API Gateway would answer 502 with our internals.
                logger.exception("request crashed")
                fault = fault_of(error)
                answer = _proxy_answer(status_of(fault), render(fault, request_id), request_id)
            logger.info(
                "request",
                operation=getattr(context, "function_name", operation),
                request_id=request_id,
                status=answer["statusCode"],
                duration_ms=round((time.perf_counter() - started) * 1000, 1),
            )
            return answer

        handle.handler = handler  # type: ignore[attr-defined]  # lets the OpenAPI generator read the annotations
        handle.status = status  # type: ignore[attr-defined]
        handle.invalid = invalid  # type: ignore[attr-defined]
        handle.also = also  # type: ignore[attr-defined]
        return handle

    return decorate


def _arguments(slots: Mapping[str, Any], event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, kind in slots.items():
        if kind is Caller:
            found[name] = read_caller(event)
        else:
            found[name] = read_request(kind, event)
    return found


def read_caller(event: Event) -> Caller:
    """The caller the authorizer recognised, with the ``Store-Id`` header as sent.

    Raises ``InvalidInput`` for a ``Store-Id`` that is no whole number, ``Forbidden`` for a store of somebody else, even
    on calls that need no store, and ``Unauthorized`` for a token that ran out.
    """
    known = (event.get("requestContext") or {}).get("authorizer") or {}
    sent = _headers(event).get("store-id", "").strip()
    if sent and not (sent.isascii() and sent.isdigit() and len(sent) <= 15):
        raise InvalidInput([FieldError("Store-Id", "integer", "The Store-Id header must be a whole number.")])
    store_ids = tuple(int(part) for part in str(known.get("store_ids", "")).split(",") if part)
    # A cached answer of the authorizer may outlive the token it was given for.
    if int(known.get("until") or sys.maxsize) <= time.time():
        raise Unauthorized("The token has expired; log in again.", code="token_expired")
    principal = str(known.get("principal", ""))
    caller = Caller(str(known.get("partner_id", "")), store_ids, int(sent) if sent else None, principal)
    if caller.chosen_store is not None:
        caller.own_store(caller.chosen_store)
    return caller


def read_request(kind: type[Model], event: Event) -> Model:
    """Merge headers, body, query and path into one model; the path wins over the query, the query over the body.

    What a model says of itself is told in ``lastro.wire.requests``.
    Raises ``MalformedRequest``, ``PayloadTooLarge`` or ``InvalidInput`` with every wrong field at once.
    """
    merged: dict[str, Any] = {}
    if event.get("httpMethod") in ("POST", "PUT", "PATCH"):
        merged |= _read_body(kind, event)
    merged.pop("idempotency_key", None)
    many = event.get("multiValueQueryStringParameters") or {}
    for name, value in (event.get("queryStringParameters") or {}).items():
        if name.endswith("[]"):
            merged[name[:-2]] = many.get(name) or [value]
        else:
            merged[name] = value
    merged |= event.get("pathParameters") or {}
    for field_name, header in kind.header_fields.items():
        merged[field_name] = _headers(event).get(header.lower())
    errors: list[FieldError] = []
    sent = _headers(event).get("idempotency-key")
    if sent is not None and "idempotency_key" in kind.model_fields:
        if not 1 <= len(sent.strip()) <= MAX_IDEMPOTENCY_KEY:
            errors.append(FieldError("Idempotency-Key", "length", f"Send 1 to {MAX_IDEMPOTENCY_KEY} characters."))
        merged["idempotency_key"] = sent.strip()
    request: Model | None = None
    try:
        request = kind.model_validate(merged)
    except ValidationError as error:
        errors += [_field_error(dict(problem)) for problem in error.errors(include_url=False, include_input=False)]
    known = {error.field for error in errors}
    errors += [error for error in kind.cross_check(merged) if error.field not in known]
    if errors or request is None:
        raise InvalidInput(errors)
    return request


def _field_error(problem: dict[str, Any]) -> FieldError:
    path = ".".join(str(part) for part in problem["loc"]) or "body"
    return FieldError(path, str(problem["type"]), str(problem["msg"]).removeprefix("Value error, "))


def _headers(event: Event) -> dict[str, str]:
    return {name.lower(): value for name, value in (event.get("headers") or {}).items()}


def _read_body(kind: type[Request], event: Event) -> dict[str, Any]:
    raw = event.get("body") or ""
    try:
        body = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    except ValueError as error:
        raise MalformedRequest("The body is not valid UTF-8 text.") from error
    if len(body) > kind.max_body_bytes:
        raise PayloadTooLarge(f"The body is over {kind.max_body_bytes} bytes.")
    if not body.strip():
        if kind.body_optional:
            return {}
        raise MalformedRequest("The body is empty; send a JSON object.")
    # curl calls any body a form unless told otherwise: what begins like JSON is JSON.
    if (
        kind.form_body
        and _headers(event).get("content-type", "").lower().startswith(_FORM)
        and not body.lstrip().startswith(b"{")
    ):
        return _read_form(body)
    try:
        parsed = pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise MalformedRequest("The body is not valid JSON.") from error
    if isinstance(parsed, list) and kind.list_body:
        return {kind.list_body: parsed}
    if not isinstance(parsed, dict):
        raise MalformedRequest("The body must be a JSON object.")
    return parsed


def _read_form(body: bytes) -> dict[str, Any]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MAX_FORM_FIELDS, errors="strict"))
    except ValueError as error:
        raise MalformedRequest("The body is not a valid form.") from error


def _reply(status: HTTPStatus, answer: Any, request_id: str) -> ProxyAnswer:
    match answer:
        case None:
            return _proxy_answer(HTTPStatus.NO_CONTENT, "", request_id)
        case Page():
            return {
                "statusCode": status.value,
                "headers": {"Content-Type": answer.content_type, "x-request-id": request_id, **answer.headers},
                "isBase64Encoded": False,
                "body": answer.body,
            }
        case Reply():
            made = _proxy_answer(answer.status, answer.body, request_id)
            return {**made, "headers": {**made["headers"], **answer.headers}}
        case str():
            return _proxy_answer(status, answer, request_id)
        case BaseModel():
            return _proxy_answer(status, answer.model_dump_json(by_alias=True), request_id)
    raise TypeError(f"a handler cannot answer {type(answer).__name__}")


def _proxy_answer(status: HTTPStatus, body: str, request_id: str) -> ProxyAnswer:
    headers = {"x-request-id": request_id, "Cache-Control": "no-store"}
    if body:
        headers["Content-Type"] = "application/json"
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    return {"statusCode": status.value, "headers": headers, "isBase64Encoded": False, "body": body}
