"""Answers without an end, at every adapter: each ends within a size and a time, as a fault of the error tree."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest
from aiohttp import web

from lastro.bureaus.ports import BureauUnavailable, RefusedByBureau
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.banks import BANKS
from lastro.kernel.documents import Cpf
from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from lastro.origination.disbursements.model import Account, PayoutMethod
from lastro.origination.disbursements.ports import Holder, PayoutRequest
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks import http as banks
from lastro.vendors.banks.gateway import open_bank
from lastro.vendors.bureaus.http import MOST_REPORT_BYTES
from lastro.vendors.kit.send import MOST_JSON_BYTES, send
from lastro.vendors.payer.client import HttpPayer
from tests.contract.banks.test_banks_http import ACTS, QUESTIONS, WITH_LOGIN
from tests.contract.bureau_road import TOKEN, ask, bureau_on
from tests.contract.loopback import serve_on_loopback

PART = b" " * 60_000
ACCOUNT = Account(PayoutMethod.PIX, pix_key="ana@example.com")
PAYOUT = PayoutRequest("key-0001", "20261103090000000000001", 10_000_00, Cpf("52998224725"), "Ana Exemplo", ACCOUNT)


class Endless(httpx.AsyncByteStream):
    """Blanks for ever, counted as they are taken."""

    def __init__(self) -> None:
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.taken += len(PART)
            yield PART


class EndlessRoad:
    """Serves logins and answers all else without an end, under ``status``."""

    def __init__(self, status: int, *, logins: bool = True) -> None:
        self.status = status
        self.logins = logins
        self.streams: list[Endless] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.logins and "token" in request.url.path:
            body = {"access_token": "t", "token": "t", "expires_in": 600, "expiraEm": 600}
            return httpx.Response(200, json=body)
        self.streams.append(Endless())
        return httpx.Response(self.status, headers={"content-type": "application/json"}, stream=self.streams[-1])

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self))

    def check(self, most: int) -> None:
        """Nothing was taken that could not be needed to see that there is too much."""
        assert [stream.taken for stream in self.streams] == [(most // len(PART) + 1) * len(PART)]


def bank_over(code: str, road: EndlessRoad) -> Any:
    credentials = dict.fromkeys(BANKS[code].credential_fields, "good")
    return open_bank(code, base_url="https://banks.example", credentials=credentials, http=road.client())


@pytest.mark.parametrize("code", BANKS)
@pytest.mark.parametrize("call", ACTS | QUESTIONS)
@pytest.mark.parametrize("status", [200, 404, 422, 500])
async def test_endless_answer_of_a_bank_cannot_be_read(code: str, call: str, status: int) -> None:
    road = EndlessRoad(status)

    with pytest.raises(Permanent) as fault:
        await (ACTS | QUESTIONS)[call](bank_over(code, road))

    assert fault.value.code == Reason.GENERIC
    assert str(MOST_JSON_BYTES) in fault.value.detail
    road.check(MOST_JSON_BYTES)


@pytest.mark.parametrize("code", WITH_LOGIN)
async def test_endless_login_of_a_bank_cannot_be_read(code: str) -> None:
    road = EndlessRoad(200, logins=False)

    with pytest.raises(Permanent) as fault:
        await ACTS["price"](bank_over(code, road))

    assert fault.value.code == Reason.GENERIC
    road.check(MOST_JSON_BYTES)


@pytest.mark.parametrize("provider", BUREAUS)
@pytest.mark.parametrize("status", [200, 404, 500])
async def test_endless_report_is_kept_as_far_as_it_was_read(provider: str, status: int) -> None:
    road = EndlessRoad(status)

    with pytest.raises(RefusedByBureau) as fault:
        await bureau_on(provider, road).inquire(ask(provider), TOKEN)

    assert fault.value.code == BureauReason.UNREADABLE
    assert fault.value.raw is not None
    assert (fault.value.raw.http_status, len(fault.value.raw.body)) == (status, MOST_REPORT_BYTES)
    road.check(MOST_REPORT_BYTES)


@pytest.mark.parametrize("provider", [code for code, facts in BUREAUS.items() if facts.uses_tokens])
async def test_endless_login_of_a_bureau_is_no_report(provider: str) -> None:
    road = EndlessRoad(200, logins=False)

    with pytest.raises(RefusedByBureau) as fault:
        await bureau_on(provider, road).login()

    assert fault.value.code == BureauReason.UNREADABLE
    road.check(MOST_JSON_BYTES)


PAYER_CALLS: dict[str, tuple[Callable[[HttpPayer], Any], type[LastroError]]] = {
    "send": (lambda payer: payer.send(PAYOUT), Unknown),
    "find": (lambda payer: payer.find(PAYOUT.key), Retryable),
}


@pytest.mark.parametrize("call", PAYER_CALLS)
@pytest.mark.parametrize("status", [200, 404, 422, 500])
async def test_endless_answer_of_the_payer_says_nothing_of_the_money(call: str, status: int) -> None:
    road = EndlessRoad(status)
    payer = HttpPayer(url="https://payer.example", read_key=lambda: "k", http=road.client())
    act, family = PAYER_CALLS[call]

    with pytest.raises(family) as fault:
        await act(payer)

    assert fault.value.code == "payer_answer"
    road.check(MOST_JSON_BYTES)
    assert await payer.confirm_holder(PAYOUT.document, ACCOUNT) is Holder.UNKNOWN


@pytest.mark.parametrize("call", PAYER_CALLS)
async def test_answer_of_the_payer_in_a_broken_encoding_says_nothing_of_the_money(call: str) -> None:
    async def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"{}"))

    http = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    payer = HttpPayer(url="https://payer.example", read_key=lambda: "k", http=http)
    act, family = PAYER_CALLS[call]

    with pytest.raises(family) as fault:
        await act(payer)

    assert fault.value.code == "payer_answer"
    assert await payer.confirm_holder(PAYOUT.document, ACCOUNT) is Holder.UNKNOWN


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_small_body_that_decodes_to_a_huge_one_fills_no_memory(coding: str) -> None:
    body = gzip.compress(bytes(200_000_000), compresslevel=1)
    if coding == "deflate":
        body = body[10:-8]  # the same without the frame of gzip (RFC 1952 section 2.2)

    async def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-encoding": coding}, stream=httpx.ByteStream(body))

    http = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    tracemalloc.start()
    with pytest.raises(Permanent) as fault:
        await banks.send(http, http.build_request("GET", "https://banks.example"), acts=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert fault.value.code == Reason.GENERIC
    assert peak < 12_000_000


async def drip(request: web.Request) -> web.StreamResponse:
    """An answer that goes on and on, a little at a time."""
    response = web.StreamResponse()
    await response.prepare(request)
    with suppress(ConnectionResetError):
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.02)
    return response


async def greet(request: web.Request) -> web.StreamResponse:
    """A session for whoever comes, and what cookie it came with."""
    response = web.json_response({"cookie": request.headers.get("cookie")})
    response.set_cookie("session", "of-the-first")
    return response


def town() -> web.Application:
    app = web.Application()
    app.router.add_get("/drip", drip)
    app.router.add_get("/greet", greet)
    return app


@pytest.mark.parametrize(("acts", "family"), [(True, Unknown), (False, Retryable)])
async def test_answer_that_drips_is_not_waited_for(acts: bool, family: type[LastroError]) -> None:
    road = banks.ROAD._replace(answer_seconds=0.2)
    async with serve_on_loopback(town(), banks.open_http, patience=8.0) as service:
        with pytest.raises(family):
            await send(service.http, service.http.build_request("GET", f"{service.url}/drip"), road, acts=acts)


async def test_session_of_one_credential_does_not_travel_with_the_next() -> None:
    async with serve_on_loopback(town(), banks.open_http, patience=8.0) as service:
        for _ in range(2):
            request = service.http.build_request("GET", f"{service.url}/greet")
            answer = await banks.send(service.http, request, acts=False)
            assert answer.body == b'{"cookie": null}'


async def test_answers_are_named_as_far_as_they_came() -> None:
    async def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Type": "Text/XML; charset=utf-8"}, content=b"x" * 10)

    http = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    request = http.build_request("GET", "https://banks.example")

    answer = await send(http, request, banks.ROAD, acts=True, most_bytes=10)
    assert (answer.is_success, answer.content_type, answer.body) == (True, "text/xml", b"x" * 10)
    with pytest.raises(Permanent):
        await send(http, request, banks.ROAD, acts=True, most_bytes=9)


@pytest.mark.parametrize("provider", ["credito_na_medida"])
async def test_look_up_without_an_end_is_no_answer_either(provider: str) -> None:
    road = EndlessRoad(200)

    with pytest.raises((RefusedByBureau, BureauUnavailable)):
        await bureau_on(provider, road).find_inquiry(ask(provider), TOKEN)

    road.check(MOST_REPORT_BYTES)
