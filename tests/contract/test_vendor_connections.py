"""Connections to a vendor: kept for the next call, one for each call of a moment, none lost to a call that fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
from aiohttp import web

from lastro.vendors.kit.http import LIMITS, open_http
from tests.contract.loopback import Service, serve_on_loopback

AT_ONCE = 60


class Counter:
    """Tells each caller the port it came from; who asks for company is answered when ``AT_ONCE`` are there."""

    def __init__(self) -> None:
        self._all_are_there = asyncio.Barrier(AT_ONCE)

    def open_app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/alone", self._tell)
        app.router.add_get("/together", self._tell_together)
        app.router.add_get("/cut", self._cut)
        return app

    async def _tell(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        return web.Response(text=str(request.transport.get_extra_info("peername")[1]))

    async def _tell_together(self, request: web.Request) -> web.Response:
        await self._all_are_there.wait()
        return await self._tell(request)

    async def _cut(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()


@asynccontextmanager
async def opened(limits: httpx.Limits) -> AsyncIterator[Service]:
    def open_limited(timeout: httpx.Timeout | None = None) -> httpx.AsyncClient:
        return open_http(timeout=timeout or httpx.Timeout(5.0), limits=limits)

    async with serve_on_loopback(Counter().open_app(), open_limited, patience=5.0) as service:
        yield service


def open_client(timeout: httpx.Timeout | None = None) -> httpx.AsyncClient:
    return open_http(timeout=timeout or httpx.Timeout(5.0))


async def test_calls_one_after_another_share_a_connection_and_calls_at_once_have_their_own() -> None:
    async with serve_on_loopback(Counter().open_app(), open_client, patience=5.0) as service:
        [alone] = {(await service.http.get(f"{service.url}/alone")).text for _ in range(5)}
        together = [service.http.get(f"{service.url}/together") for _ in range(AT_ONCE)]
        ports = {answer.text for answer in await asyncio.gather(*together)}
        assert len(ports) == AT_ONCE
        assert {(await service.http.get(f"{service.url}/alone")).text for _ in range(5)} < ports | {alone}


async def test_a_call_that_fails_leaves_its_place_to_the_next() -> None:
    async with serve_on_loopback(Counter().open_app(), open_client, patience=5.0) as service:
        for _ in range(2):
            cut = [service.http.get(f"{service.url}/cut") for _ in range(AT_ONCE)]
            failed = await asyncio.gather(*cut, return_exceptions=True)
            assert {type(each) for each in failed} == {httpx.RemoteProtocolError}
        assert len({(await service.http.get(f"{service.url}/alone")).text for _ in range(5)}) == 1


async def test_where_none_is_kept_each_call_has_a_connection_of_its_own() -> None:
    """Notices rely on it: a connection, known by its number, must not serve another name that shares the number."""
    async with opened(httpx.Limits(max_connections=50, max_keepalive_connections=0)) as service:
        assert len({(await service.http.get(f"{service.url}/alone")).text for _ in range(3)}) == 3


async def test_there_are_no_more_connections_than_the_limits_allow() -> None:
    async with opened(httpx.Limits(max_connections=3, max_keepalive_connections=2)) as service:
        calls = [service.http.get(f"{service.url}/alone") for _ in range(20)]
        assert len({answer.text for answer in await asyncio.gather(*calls)}) <= 3


async def test_calls_to_several_hosts_in_turn_keep_a_connection_to_each() -> None:
    async with AsyncExitStack() as services:
        hosts = [await services.enter_async_context(opened(LIMITS)) for _ in range(4)]
        ports = {(await hosts[0].http.get(f"{host.url}/alone")).text for _ in range(3) for host in hosts}
        assert len(ports) == len(hosts)
