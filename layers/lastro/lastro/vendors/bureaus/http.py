"""The road to the bureaus: one shared HTTP client, the host checked before every call, and what faults mean."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import TypeVar

import httpx

from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RawAnswer, RefusedByBureau
from lastro.bureaus.providers.environment import ForbiddenHost, Route
from lastro.bureaus.reasons import BureauReason
from lastro.vendors.kit.http import LIMITS, is_tls_fault
from lastro.vendors.kit.http import open_http as open_client

TIMEOUT = httpx.Timeout(connect=3.0, read=20.0, write=5.0, pool=5.0)
"""Seconds. A bureau has twenty to answer: with a login before, that still fits API Gateway's twenty-nine."""

MAX_ANSWER_BYTES = 10 * 1024 * 1024
"""Far beyond any report with its PDF, and a small part of the memory of a function that asks."""

_MADE_OF_THE_TRANSFER = ("content-encoding", "content-length", "transfer-encoding")
_FROM_IN_BETWEEN = (httpx.codes.BAD_GATEWAY, httpx.codes.GATEWAY_TIMEOUT)

Meaning = TypeVar("Meaning")


def open_http(*, timeout: httpx.Timeout = TIMEOUT, limits: httpx.Limits = LIMITS) -> httpx.AsyncClient:
    """Open the client that all bureaus share."""
    return open_client(timeout=timeout, limits=limits)


async def send(http: httpx.AsyncClient, request: httpx.Request, route: Route, *, acts: bool) -> httpx.Response:
    """Send ``request`` along ``route`` and give the whole response, whatever its status; redirects are not followed.

    ``acts`` tells whether the bureau charges or does something on receipt. Raises ``RefusedByBureau``
    (``forbidden_bureau_host``) before anything leaves for a host outside the route, and for an answer that cannot be
    decoded or is longer than ``MAX_ANSWER_BYTES``, with its beginning; ``BureauUnavailable`` when the request never
    arrived or nothing is lost by asking again; ``InquiryUnknown`` when it may have arrived and no answer came, be it
    that only a gateway in between says so.
    """
    try:
        route.check(request.url.host)
    except ForbiddenHost as error:
        raise forbidden_host() from error
    try:
        response = await http.send(request, stream=True, follow_redirects=False)
        try:
            response = await _read(response)
        finally:
            await response.aclose()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        detail = "no TLS with the bureau" if is_tls_fault(error) else "no connection to the bureau"
        raise BureauUnavailable(detail) from error
    except httpx.DecodingError as error:
        raise RefusedByBureau("the answer's encoding cannot be decoded", code=BureauReason.UNREADABLE) from error
    except httpx.TransportError as error:
        if acts:
            raise InquiryUnknown("the connection ended before the bureau's answer") from error
        raise BureauUnavailable("the bureau did not answer a question") from error
    if acts and response.status_code in _FROM_IN_BETWEEN:
        raise InquiryUnknown("a gateway lost the bureau's answer", raw=raw_of(response))
    return response


async def _read(response: httpx.Response) -> httpx.Response:
    """The response with its body read and decoded. Raises ``RefusedByBureau`` once it grows too long."""
    body = bytearray()
    headers = [(name, value) for name, value in response.headers.multi_items() if name not in _MADE_OF_THE_TRANSFER]
    async for part in response.aiter_bytes():
        body += part[: MAX_ANSWER_BYTES + 1 - len(body)]
        if len(body) > MAX_ANSWER_BYTES:
            raw = raw_of(httpx.Response(response.status_code, headers=headers, content=bytes(body[:MAX_ANSWER_BYTES])))
            raise RefusedByBureau("the answer is too long", code=BureauReason.UNREADABLE, raw=raw)
    return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=response.request)


def forbidden_host() -> RefusedByBureau:
    """The address does not belong to the integration's environment."""
    return RefusedByBureau("the bureau's address is not of this environment", code=BureauReason.FORBIDDEN_HOST)


def unsupported(operation: str) -> RefusedByBureau:
    """The provider has no such operation."""
    return RefusedByBureau(f"the provider has no {operation}", code=BureauReason.UNSUPPORTED)


def rejected_credentials(raw: RawAnswer | None = None) -> RefusedByBureau:
    return RefusedByBureau("the bureau refused the credential", code=BureauReason.INVALID_CREDENTIALS, raw=raw)


def unclear(raw: RawAnswer, *, acts: bool) -> InquiryUnknown | BureauUnavailable:
    """An answer that the bureau's contract does not hold: a key in use, a gateway's page, a status without a word.

    It says nothing of a paid question, which may have been answered and charged; any other is asked again.
    """
    detail = f"the bureau answered status {raw.http_status} without a word of its contract"
    if acts:
        return InquiryUnknown(detail, code=BureauReason.UNCLEAR, raw=raw)
    return BureauUnavailable(detail, raw=raw)


def raw_of(response: httpx.Response) -> RawAnswer:
    """The answer as it came."""
    content_type = response.headers.get("content-type", "application/octet-stream")
    return RawAnswer(content_type.split(";")[0].strip().lower(), response.content, response.status_code)


def understood(raw: RawAnswer, read: Callable[[], Meaning]) -> Meaning:
    """What ``read`` makes of the answer; a failure it raises carries ``raw`` along."""
    try:
        return read()
    except (RefusedByBureau, BureauUnavailable, InquiryUnknown) as error:
        error.raw = error.raw or raw
        raise


def basic_credentials(username: str, password: str) -> str:
    """The value of an ``Authorization`` header of the Basic scheme (RFC 7617, in UTF-8)."""
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()
