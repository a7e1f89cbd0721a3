"""A time-stamping authority over HTTP (RFC 3161 §3.4): a query goes out as DER, its reply comes back as DER."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import httpx

from lastro.kernel.errors import Retryable
from lastro.vendors.kit.http import open_http
from lastro.vendors.kit.send import Road, send

TIMEOUT = httpx.Timeout(connect=2.0, read=4.0, write=2.0, pool=2.0)
WHOLE_SECONDS = 4.0
"""From the call to the last byte of the reply: a batch of five seals fits into its function's thirty seconds."""
MAX_REPLY = 64 * 1024
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


def _unavailable(why: str, _: object = None) -> Retryable:
    return Retryable(f"the time-stamping authority is of no use now: {why}", code="timestamp_unavailable")


_ROAD = Road(
    whom="the authority",
    answer_seconds=WHOLE_SECONDS,
    unavailable=_unavailable,
    unanswered=_unavailable,
    unreadable=_unavailable,
)


class HttpTimestampAuthority:
    """Asks the authority at ``url``; nothing it does not answer in time or in its own type is taken for a reply."""

    def __init__(self, url: str, *, whole_seconds: float = WHOLE_SECONDS) -> None:
        self._url = url
        self._whole_seconds = whole_seconds

    async def ask(self, query: bytes) -> bytes:
        """The reply to a query. Raises ``Retryable`` ``timestamp_unavailable``."""
        headers = {"content-type": _QUERY, "accept": _REPLY}
        try:
            async with asyncio.timeout(self._whole_seconds), open_http(timeout=TIMEOUT) as http:
                request = http.build_request("POST", self._url, content=query, headers=headers)
                answer = await send(http, request, _ROAD, acts=False, most_bytes=MAX_REPLY)
        except (httpx.InvalidURL, TimeoutError) as error:
            raise _unavailable("it does not answer") from error
        if answer.status != HTTPStatus.OK or answer.content_type != _REPLY:
            raise _unavailable(f"it answers status {answer.status}")
        return answer.body
