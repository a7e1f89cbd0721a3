"""The client of a time-stamping authority against an authority that misbehaves: it waits no longer than it says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, web
from asn1crypto import tsp

from lastro.kernel.errors import Retryable
from lastro.vendors.timestamps.client import MAX_REPLY, HttpTimestampAuthority
from sandbox.timestamps.app import add_timestamps
from sandbox.timestamps.authority import make_authority
from tests.functions.serving import serve

REPLY = "application/timestamp-reply"
QUERY = tsp.TimeStampReq(
    {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)},
        "nonce": 7,
        "cert_req": True,
    }
).dump()


def ask(answer: Callable[[web.Request], Awaitable[web.StreamResponse]], seconds: float = 5.0) -> bytes:
    def make_app() -> web.Application:
        app = web.Application()
        app.router.add_post("/", answer)
        return app

    with serve(make_app) as address:
        return asyncio.run(HttpTimestampAuthority(address + "/", whole_seconds=seconds).ask(QUERY))


async def trickle(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-type": REPLY})
    await response.prepare(request)
    await response.write(b"0")
    await asyncio.Event().wait()
    return response


async def page(_: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>", content_type="text/html")


async def elsewhere(_: web.Request) -> web.StreamResponse:
    return web.Response(status=302, headers={"location": "/other"}, content_type=REPLY)


async def endless(_: web.Request) -> web.StreamResponse:
    return web.Response(body=bytes(MAX_REPLY + 1), content_type=REPLY)


async def busy(_: web.Request) -> web.StreamResponse:
    return web.Response(status=503, content_type=REPLY)


@pytest.mark.parametrize("answer", [page, elsewhere, endless, busy])
def test_what_is_no_reply_is_asked_for_again(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
    with pytest.raises(Retryable) as caught:
        ask(answer)
    assert caught.value.code == "timestamp_unavailable"


def test_a_reply_that_never_ends_is_not_waited_for() -> None:
    with pytest.raises(Retryable) as caught:
        ask(trickle, seconds=0.3)
    assert caught.value.code == "timestamp_unavailable"


def test_the_query_and_the_reply_travel_as_rfc_3161_says() -> None:
    seen: list[tuple[str, bytes]] = []
    authority = make_authority(datetime.now(UTC))

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append((request.content_type, await request.read()))
        return web.Response(body=authority.reply_to(seen[0][1]), content_type=REPLY)

    reply = tsp.TimeStampResp.load(ask(answer), strict=True)
    assert seen == [("application/timestamp-query", QUERY)]
    assert reply["status"]["status"].native == "granted"
    assert reply["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed["nonce"].native == 7


def test_the_sandbox_takes_a_script_it_knows_and_no_other() -> None:
    app = web.Application()
    desk = add_timestamps(app)

    async def tell(address: str) -> tuple[int, int]:
        async with ClientSession() as session:
            good = await session.put(f"{address}/timestamps/script", json={"outcomes": ["reject", "ok"]})
            bad = await session.put(f"{address}/timestamps/script", json={"outcomes": ["late"]})
            return good.status, bad.status

    with serve(lambda: app) as address:
        assert asyncio.run(tell(address)) == (200, 422)
    assert list(desk.scripted) == ["reject", "ok"]
