"""The road to the banks: one shared HTTP client, and what its faults mean.

The client belongs to one event loop; whoever opens it keeps that loop and reuses it for every call, so that
connections stay warm.
"""

from __future__ import annotations

import logging

import httpx

from lastro.banks.failures import unanswered, unavailable, unreadable

TIMEOUT = httpx.Timeout(connect=3.0, read=8.0, write=8.0, pool=8.0)
"""Seconds. A bank that accepts the connection has eight seconds to answer."""

LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=50, keepalive_expiry=30.0)


def open_http(*, timeout: httpx.Timeout = TIMEOUT, limits: httpx.Limits = LIMITS) -> httpx.AsyncClient:
    """Open the client that all banks share: TLS verified, redirects not followed, environment proxies ignored.

    The request logs of the HTTP library are silenced: they would write addresses and headers.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.AsyncClient(timeout=timeout, limits=limits, verify=True, follow_redirects=False, trust_env=False)


async def send(http: httpx.AsyncClient, request: httpx.Request, *, acts: bool) -> httpx.Response:
    """Send ``request`` and give the whole response, whatever its status.

    ``acts`` tells whether the bank does something on receipt. Raises ``Retryable`` when the request never arrived, or
    when nothing is lost by asking again (``acts`` false); ``Unknown`` when it may have arrived and no answer came;
    ``Permanent`` when the answer cannot be decoded.
    """
    try:
        return await http.send(request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise unavailable("no connection to the bank") from error
    except httpx.DecodingError as error:
        raise unreadable("content encoding", "decodable") from error
    except httpx.TransportError as error:
        if acts:
            raise unanswered("the connection ended before the bank's answer") from error
        raise unavailable("the bank did not answer a question") from error
