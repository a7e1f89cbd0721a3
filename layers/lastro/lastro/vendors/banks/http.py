"""The road to the banks: an HTTP client for each, its times, and what its faults mean."""

from __future__ import annotations

import httpx

from lastro.vendors.banks.failures import unanswered, unavailable, unreadable_answer
from lastro.vendors.kit import send as kit
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.http import LIMITS
from lastro.vendors.kit.http import open_http as open_client
from lastro.vendors.kit.send import Road

TIMEOUT = httpx.Timeout(connect=3.0, read=8.0, write=8.0, pool=8.0)
"""Seconds. A bank that accepts the connection has eight seconds to answer."""

ROAD = Road(
    whom="the bank",
    answer_seconds=10.0,
    unavailable=unavailable,
    unanswered=unanswered,
    unreadable=unreadable_answer,
)
"""What a bank began to answer is whole ten seconds after the request left it, or no answer."""


def open_http(*, timeout: httpx.Timeout = TIMEOUT, limits: httpx.Limits = LIMITS) -> httpx.AsyncClient:
    """Open the client of a bank."""
    return open_client(timeout=timeout, limits=limits)


async def send(http: httpx.AsyncClient, request: httpx.Request, *, acts: bool) -> Answer:
    """As ``kit.send``: raises ``Retryable`` (``bank_unavailable``), ``Unknown`` (``bank_timeout``) or ``Permanent``
    (``generic_reason``)."""
    return await kit.send(http, request, ROAD, acts=acts)
