"""The HTTP entrypoint: an API Gateway proxy event in, a typed call, a proxy answer out.

A handler declares what it needs by annotation: one pydantic model receives the merged body, query, path and headers
(``Idempotency-Key`` as ``idempotency_key``); ``Caller`` receives who asks, ``Source`` from where. The answer is a
pydantic model, an already rendered ``str``, a ``Reply`` with a status of its own, a ``Page`` or ``None``. ``HEAD`` is
answered as ``GET``, without the body.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Mapping
from dataclasses import field
from hashlib import sha256
from http import HTTPStatus
from typing import Any, get_type_hints

from pydantic import BaseModel

from lastro.aws.entrypoints.calls.admission import check_binding, check_credential, check_path
from lastro.aws.entrypoints.calls.counting import CountedCall, count_call
from lastro.aws.entrypoints.calls.request_log import tell_request
from lastro.aws.entrypoints.cors import cors_headers
from lastro.aws.entrypoints.errors import fault_of, render, status_of
from lastro.aws.entrypoints.garbage import collect_from_now
from lastro.aws.entrypoints.requests import Event, place_as_sent, read_caller, read_headers, read_request, read_source
from lastro.aws.log import logger, tell_vendor_calls, timeout_used
from lastro.aws.metrics import publish
from lastro.kernel.callers.caller import Boundary, Caller, Source
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import BusinessRefusal, InvalidInput, LastroError, TooManyRequests, Unauthorized
from lastro.kernel.observing.tracing import tracing
from lastro.wire.requests import Request

PROBLEM = "application/problem+json"
_JSON = "application/json"
_UNWANTED = frozenset({"q=0", "q=0.0", "q=0.00", "q=0.000"})
_OF_CONTENT = frozenset({"content-security-policy", "referrer-policy", "x-content-type-options"})
"""What tells how a body is to be shown; 304 has none."""

ProxyAnswer = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """An answer that is not one of our models: a page, a style sheet, a ready document. Text only.

    ``etag`` is made of the body; who holds this very body is answered 304. It is weak (RFC 9110 §8.8.1): API Gateway
    sends the same body compressed to who takes it so, which ``Vary`` tells caches.
    """

    body: str
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "etag", f'W/"{sha256(self.body.encode()).hexdigest()[:16]}"')


@dataclass(frozen=True)
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
    scopes: tuple[Scope, ...] = (),
    keeps: tuple[Boundary, ...] = (),
    people: bool = False,
    public: bool = False,
) -> Callable[[Callable[..., Any]], Callable[[Event, Any], ProxyAnswer]]:
    """Turn a typed function into a Lambda handler; no error leaves it but as an HTTP answer.

    ``invalid`` is the status of ``InvalidInput``: 422, or 400 where the API that is spoken documents it so. ``also``
    names the other statuses a ``Reply`` may carry. ``scopes`` are those of which a token needs one; without any, only
    API keys open the call. ``keeps`` are the boundaries that the call keeps: who is bound by another may not call it.
    A call of ``people`` is open to persons of the customers' portal and to nobody else. A ``public`` call asks for no
    credential. All are checked before anything else is read, and the call is counted
    (``counting.py``).
    """

    def decorate(handler: Callable[..., Any]) -> Callable[[Event, Any], ProxyAnswer]:
        hints = get_type_hints(handler)
        slots = {name: hints[name] for name in inspect.signature(handler).parameters}
        for name, kind in slots.items():
            if not issubclass(kind, Caller | Source | Request):
                raise TypeError(f"{handler.__module__}: {name} is neither a Caller, a Source nor a Request")
        _build(*slots.values(), hints.get("return"))
        operation = handler.__module__ if handler.__name__ == "handler" else handler.__name__

        def answer_call(event: Event, context: Any, request_id: str) -> ProxyAnswer:
            started = time.perf_counter()
            headers = read_headers(event)
            counted: CountedCall | None = None
            try:
                check_path(event)
                if not public:
                    check_credential(event, scopes, people=people)
                counted = count_call(event, public=public)
                counted.check()
                if not public:
                    check_binding(event, keeps)
                given = _arguments(slots, event)
                try:
                    answer = _reply(status, handler(**given), request_id, headers)
                except (InvalidInput, BusinessRefusal) as error:
                    raise _as_sent(error, slots, event) from error
            except LastroError as error:
                failed = invalid if isinstance(error, InvalidInput) else status_of(error)
                if failed >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    logger.exception("request failed", code=error.code)
                answer = _failure(failed, error, request_id, headers)
            except Exception as error:  # noqa: BLE001 - the boundary
                # The last line of defence: API Gateway would answer 502 with our internals.
                logger.exception("request crashed")
                fault = fault_of(error)
                answer = _failure(status_of(fault), fault, request_id, headers)
            if counted is not None:
                counted.settle()
                _tell_quota(answer["headers"], counted.headers)
            method = str(event.get("httpMethod"))
            answer["headers"] = _joined(answer["headers"], cors_headers(method, headers))
            function = getattr(context, "function_name", operation)
            tell_vendor_calls()
            publish(function)
            logger.info(
                "request",
                operation=function,
                request_id=request_id,
                status=answer["statusCode"],
                duration_ms=round((time.perf_counter() - started) * 1000, 1),
                timeout_used=timeout_used(context, started),
                **({} if public else tell_request(event, answer)),
            )
            if method == "HEAD":
                answer["body"] = ""
            return answer

        def handle(event: Event, context: Any) -> ProxyAnswer:
            request_id = str((event.get("requestContext") or {}).get("requestId") or "")
            with tracing(request_id):
                return answer_call(event, context, request_id)

        handle.handler = handler  # type: ignore[attr-defined]  # lets the OpenAPI generator read the annotations
        handle.status = status  # type: ignore[attr-defined]
        handle.invalid = invalid  # type: ignore[attr-defined]
        handle.also = also  # type: ignore[attr-defined]
        handle.scopes = scopes  # type: ignore[attr-defined]
        handle.keeps = keeps  # type: ignore[attr-defined]
        handle.people = people  # type: ignore[attr-defined]
        handle.public = public  # type: ignore[attr-defined]
        collect_from_now()
        return handle

    return decorate


def _build(*kinds: Any) -> None:
    """Make the models of a call, which are described without being made, while the process starts: not its first call.

    Models that a module describes beside them, and parts of them, are never made by themselves.
    """
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind.model_rebuild()


def _arguments(slots: Mapping[str, Any], event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, kind in slots.items():
        if kind is Caller:
            found[name] = read_caller(event)
        elif kind is Source:
            found[name] = read_source(event)
        else:
            found[name] = read_request(kind, event)
    return found


def _as_sent(
    error: InvalidInput | BusinessRefusal, slots: Mapping[str, Any], event: Event
) -> InvalidInput | BusinessRefusal:
    """The same refusal with its fields as the request named them."""
    errors = error.errors
    for kind in slots.values():
        if issubclass(kind, Request):
            errors = place_as_sent(errors, kind, event)
    if isinstance(error, InvalidInput):
        return InvalidInput(errors)
    return BusinessRefusal(error.detail, code=error.code, errors=errors)


def _reply(status: HTTPStatus, answer: Any, request_id: str, headers: Mapping[str, str]) -> ProxyAnswer:
    match answer:
        case None:
            return _proxy_answer(HTTPStatus.NO_CONTENT, "", request_id)
        case Page():
            return _page(answer, request_id, headers)
        case Reply():
            made = _proxy_answer(answer.status, answer.body, request_id)
            return {**made, "headers": {**made["headers"], **answer.headers}}
        case str():
            return _proxy_answer(status, answer, request_id)
        case BaseModel():
            return _proxy_answer(status, answer.model_dump_json(by_alias=True), request_id)
    raise TypeError(f"a handler cannot answer {type(answer).__name__}")


def _page(page: Page, request_id: str, headers: Mapping[str, str]) -> ProxyAnswer:
    """The page, or 304 to who holds it, whether the tag came back weak or strong."""
    held = {tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")}
    answered = {"ETag": page.etag, "Vary": "Accept-Encoding", "x-request-id": request_id, **page.headers}
    if held & {page.etag.removeprefix("W/"), "*"}:
        kept = {name: value for name, value in answered.items() if name.lower() not in _OF_CONTENT}
        return {"statusCode": 304, "headers": kept, "isBase64Encoded": False, "body": ""}
    answered["Content-Type"] = page.content_type
    return {"statusCode": 200, "headers": answered, "isBase64Encoded": False, "body": page.body}


def _joined(headers: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Both, where both say what an answer varies with."""
    varies = [each["Vary"] for each in (headers, more) if "Vary" in each]
    return {**headers, **more, **({"Vary": ", ".join(varies)} if varies else {})}


def _failure(status: HTTPStatus, error: LastroError, request_id: str, headers: Mapping[str, str]) -> ProxyAnswer:
    answer = _proxy_answer(status, render(error, request_id, status), request_id)
    if _accepts_problems(headers.get("accept", "")):
        answer["headers"]["Content-Type"] = PROBLEM
    if isinstance(error, TooManyRequests):
        answer["headers"]["Retry-After"] = str(error.retry_after)
        if error.limit is not None:
            name, most = error.limit
            answer["headers"] |= {"RateLimit-Policy": f'"{name}";q={most}', "RateLimit": f'"{name}";r=0'}
    if isinstance(error, Unauthorized):
        answer["headers"]["WWW-Authenticate"] = error.challenge
    return answer


def _tell_quota(headers: dict[str, str], quota: Mapping[str, str]) -> None:
    """Both fields are lists (RFC 9651): another limit that an answer speaks of comes first."""
    for name, value in quota.items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value


def _accepts_problems(accept: str) -> bool:
    """Whether RFC 9457's media type is asked for by its name; who asks for anything gets plain JSON."""
    for choice in accept.lower().split(","):
        kind, *parameters = (part.strip() for part in choice.split(";"))
        if kind == PROBLEM:
            return not any(parameter.replace(" ", "") in _UNWANTED for parameter in parameters)
    return False


def _proxy_answer(status: HTTPStatus, body: str, request_id: str) -> ProxyAnswer:
    headers = {"x-request-id": request_id, "Cache-Control": "no-store"}
    if body:
        headers["Content-Type"] = _JSON
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    return {"statusCode": status.value, "headers": headers, "isBase64Encoded": False, "body": body}
