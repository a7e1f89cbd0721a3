"""A time-stamping authority over HTTP (RFC 3161 §3.4): a query goes out as DER, its reply comes back as DER."""

from __future__ import annotations

import asyncio

import httpx

from lastro.kernel.errors import Retryable
from lastro.vendors.kit.http import open_http

TIMEOUT = httpx.Timeout(connect=2.0, read=4.0, write=2.0, pool=2.0)
WHOLE_SECONDS = 4.0
"""From the call to the last byte of the reply: a batch of five seals fits into its function's thirty seconds."""
MAX_REPLY = 64 * 1024
_REPLY = "application/timestamp-reply"


class HttpTimestampAuthority:
    """Asks the authority at ``url``; nothing it does not answer in time or in its own type is taken for a reply."""

    def __init__(self, url: str, *, whole_seconds: float = WHOLE_SECONDS) -> None:
        self._url = url
        self._whole_seconds = whole_seconds

    async def ask(self, query: bytes) -> bytes:
        """The reply to a query. Raises ``Retryable`` ``timestamp_unavailable``."""
        try:
            async with asyncio.timeout(self._whole_seconds), open_http(timeout=TIMEOUT) as http:
                return await self._reply(http, query)
        except (httpx.TransportError, httpx.InvalidURL, TimeoutError) as error:
            raise _unavailable("it does not answer") from error

    async def _reply(self, http: httpx.AsyncClient, query: bytes) -> bytes:
        headers = {"content-type": "application/timestamp-query", "accept": _REPLY}
        async with http.stream("POST", self._url, content=query, headers=headers) as response:
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            if response.status_code != httpx.codes.OK or kind != _REPLY:
                raise _unavailable(f"it answers status {response.status_code}")
            reply = bytearray()
            async for chunk in response.aiter_bytes():
                reply += chunk
                if len(reply) > MAX_REPLY:
                    raise _unavailable("its reply is too large")
            return bytes(reply)


def _unavailable(why: str) -> Retryable:
    return Retryable(f"the time-stamping authority is of no use now: {why}", code="timestamp_unavailable")
