"""The road to the bureaus: one shared HTTP client, the host checked before every call, and what faults mean."""

from __future__ import annotations

from http import HTTPStatus

import httpx

from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RawAnswer, RefusedByBureau
from lastro.bureaus.providers.environment import ForbiddenHost, Route
from lastro.bureaus.reasons import BureauReason
from lastro.vendors.bureaus.failures import forbidden_host
from lastro.vendors.kit import send as kit
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import LIMITS
from lastro.vendors.kit.http import open_http as open_client
from lastro.vendors.kit.send import MOST_JSON_BYTES, Road

TIMEOUT = httpx.Timeout(connect=3.0, read=20.0, write=5.0, pool=5.0)
"""Seconds. A bureau has twenty to answer: with a login before, that still fits API Gateway's twenty-nine."""

MOST_REPORT_BYTES = 10 * 1024 * 1024
"""Far beyond any report with its PDF, and a small part of the memory of a function that asks."""

_FROM_IN_BETWEEN = (HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)


def _unreadable(detail: str, answer: Answer | None) -> RefusedByBureau:
    return RefusedByBureau(detail, code=BureauReason.UNREADABLE, raw=None if answer is None else raw_of(answer))


ROAD = Road(
    whom="the bureau",
    answer_seconds=22.0,
    unavailable=BureauUnavailable,
    unanswered=InquiryUnknown,
    unreadable=_unreadable,
)
"""What a bureau began to answer is whole two seconds after its twenty, or no answer."""


def open_http(*, timeout: httpx.Timeout = TIMEOUT, limits: httpx.Limits = LIMITS) -> httpx.AsyncClient:
    """Open the client that all bureaus share."""
    return open_client(timeout=timeout, limits=limits)


async def send(
    http: httpx.AsyncClient,
    request: httpx.Request,
    route: Route,
    *,
    acts: bool,
    most_bytes: int = MOST_JSON_BYTES,
) -> Answer:
    """As ``kit.send``, along ``route``; ``acts`` tells whether the bureau charges or does something on receipt.

    Raises ``RefusedByBureau`` (``forbidden_bureau_host``) before anything leaves for a host outside the route, and
    (``unreadable_bureau_answer``) for an answer that cannot be decoded or is longer than ``most_bytes``, with its
    beginning; ``BureauUnavailable`` when the request never arrived or nothing is lost by asking again;
    ``InquiryUnknown`` when it may have arrived and no answer came, be it that only a gateway in between says so.
    """
    try:
        route.check(request.url.host)
    except ForbiddenHost as error:
        raise forbidden_host() from error
    answer = await kit.send(http, request, ROAD, acts=acts, most_bytes=most_bytes)
    if acts and answer.status in _FROM_IN_BETWEEN:
        raise InquiryUnknown("a gateway lost the bureau's answer", raw=raw_of(answer))
    return answer


def raw_of(answer: Answer) -> RawAnswer:
    """The answer as it came."""
    return RawAnswer(answer.content_type or "application/octet-stream", answer.body, answer.status)
