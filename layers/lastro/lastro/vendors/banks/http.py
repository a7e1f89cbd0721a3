"""The road to the banks: one shared HTTP client, and what its faults mean."""

from __future__ import annotations

import httpx

from lastro.vendors.banks.failures import unanswered, unavailable, unreadable
from lastro.vendors.kit.http import LIMITS, is_tls_fault
from lastro.vendors.kit.http import open_http as open_client

TIMEOUT = httpx.Timeout(connect=3.0, read=8.0, write=8.0, pool=8.0)
"""Seconds. A bank that accepts the connection has eight seconds to answer."""


def open_http(*, timeout: httpx.Timeout = TIMEOUT, limits: httpx.Limits = LIMITS) -> httpx.AsyncClient:
    """Open the client that all banks share."""
    return open_client(timeout=timeout, limits=limits)


async def send(http: httpx.AsyncClient, request: httpx.Request, *, acts: bool) -> httpx.Response:
    """Send ``request`` and give the whole response, whatever its status.

    ``acts`` tells whether the bank does something on receipt. Raises ``Retryable`` when the request never arrived, or
    when nothing is lost by asking again (``acts`` false); ``Unknown`` when it may have arrived and no answer came;
    ``Permanent`` when the answer cannot be decoded.
    """
    try:
        return await http.send(request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise unavailable("no TLS with the bank" if is_tls_fault(error) else "no connection to the bank") from error
    except httpx.DecodingError as error:
        raise unreadable("content encoding", "decodable") from error
    except httpx.TransportError as error:
        if acts:
            raise unanswered("the connection ended before the bank's answer") from error
        raise unavailable("the bank did not answer a question") from error
