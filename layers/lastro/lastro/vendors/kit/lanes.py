"""Connections in pools of a few each.

The HTTP library's pool looks at all of its connections, and of the idle ones each at all others, as every call begins
and as it ends: half of what a call among a dozen took (``docs/performance.md``).
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable

import httpx

_MOST = 25


class Lanes(httpx.AsyncBaseTransport):
    """Each call takes the first lane that has the fewest: one after another all to a host go by one, which stays warm.

    ``limits`` are those of all lanes together: there are no more lanes than it allows connections, and where it keeps
    none alive no lane does.
    """

    def __init__(self, limits: httpx.Limits, trust: ssl.SSLContext) -> None:
        connections, kept = limits.max_connections, limits.max_keepalive_connections
        self._most = min(_MOST, connections or _MOST, kept or _MOST)
        self._limits = httpx.Limits(
            max_connections=connections and connections // self._most,
            max_keepalive_connections=kept and kept // self._most,
            keepalive_expiry=limits.keepalive_expiry,
        )
        self._trust = trust
        self._lanes: list[httpx.AsyncHTTPTransport] = []
        self._calls: list[int] = []
        self._hosts: list[tuple[str, int | None]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        number = self._take((request.url.host, request.url.port))
        try:
            response = await self._lanes[number].handle_async_request(request)
        except BaseException:
            self._leave(number)
            raise
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _Passage(response.stream, lambda: self._leave(number))
        return response

    async def aclose(self) -> None:
        for lane in self._lanes:
            await lane.aclose()

    def _take(self, host: tuple[str, int | None]) -> int:
        ways = [(calls, self._hosts[number] != host, number) for number, calls in enumerate(self._calls)]
        calls, is_of_another, number = min(ways, default=(1, True, 0))
        if (calls or is_of_another) and len(self._lanes) < self._most:
            number = len(self._lanes)
            self._lanes.append(httpx.AsyncHTTPTransport(verify=self._trust, trust_env=False, limits=self._limits))
            self._calls.append(0)
            self._hosts.append(host)
        self._calls[number] += 1
        self._hosts[number] = host
        return number

    def _leave(self, number: int) -> None:
        self._calls[number] -= 1


class _Passage(httpx.AsyncByteStream):
    """A body, and what is done when nobody reads on."""

    def __init__(self, body: httpx.AsyncByteStream, leave: Callable[[], None]) -> None:
        self._body = body
        self._leave = leave

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._body.__aiter__()

    async def aclose(self) -> None:
        try:
            await self._body.aclose()
        finally:
            self._leave()
