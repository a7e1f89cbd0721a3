"""What every payer does, said once: over the fake and over the HTTP client against the sandbox payer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.documents import Cnpj, Cpf
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.origination.disbursements.model import Account, PayoutMethod, PayoutStatus, payout_key
from lastro.origination.disbursements.ports import Payer, PayoutAnswer, PayoutRequest
from lastro.vendors.payer.client import HttpPayer
from lastro.vendors.payer.mapping import payout_answer, payout_body
from sandbox.payouts.app import add_payouts
from tests.contract.fake_payer import FakePayer

CSN = "20261103090000000000001"
PIX = Account(PayoutMethod.PIX, pix_key="ana@example.com")
TED = Account(PayoutMethod.TED, bank="001", branch="0001", number="5647891", type="CONTA_CORRENTE_INDIVIDUAL")
OUTCOMES = (
    *("ok", "slow", "refused", "timeout_after_effect", "returned"),
    *("key_in_use", "listed_late", "late_success"),
)


def request(number: int = 1, account: Account = TED, value: int = 10_000_00) -> PayoutRequest:
    return PayoutRequest(payout_key(CSN, number), CSN, value, Cpf("52998224725"), "Ana Exemplo", account)


class Town(Protocol):
    """A payer and the hand that scripts it."""

    @property
    def payer(self) -> Payer: ...

    async def script(self, outcome: str) -> None: ...

    async def keys(self) -> list[str]: ...


@dataclass
class FakeTown:
    payer: FakePayer

    async def script(self, outcome: str) -> None:
        self.payer.outcome = outcome

    async def keys(self) -> list[str]:
        return list(self.payer.effects)


@dataclass
class HttpTown:
    payer: HttpPayer
    http: httpx.AsyncClient
    url: str
    silent: bool = False

    async def script(self, outcome: str) -> None:
        self.silent = outcome == "timeout_after_effect"
        answer = await self.http.put(f"{self.url}/payouts/script", json={"rules": [{"outcome": outcome}]})
        assert answer.status_code == 204, answer.text

    async def hurry(self, request: httpx.Request) -> None:
        """Give up in a moment on the one answer that never comes; any other may take its time."""
        if self.silent and request.method == "POST":
            request.extensions["timeout"]["read"] = 0.4
            self.silent = False

    async def keys(self) -> list[str]:
        effects = (await self.http.get(f"{self.url}/payouts/ledger")).json()["effects"]
        return [effect["idempotency_key"] for effect in effects]


@asynccontextmanager
async def fake_town() -> AsyncIterator[Town]:
    yield FakeTown(FakePayer())


@asynccontextmanager
async def http_town(key: str = "payer-key") -> AsyncIterator[HttpTown]:
    app = web.Application()
    add_payouts(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    url = f"http://{host}:{port}"
    try:
        async with httpx.AsyncClient(timeout=60) as http:
            town = HttpTown(HttpPayer(url=f"{url}/payouts", read_key=lambda: key, http=http), http, url)
            http.event_hooks = {"request": [town.hurry], "response": []}
            yield town
    finally:
        await runner.cleanup()


TOWNS: dict[str, Callable[[], Any]] = {"fake": fake_town, "http": http_town}
every_payer = pytest.mark.parametrize("open_town", TOWNS.values(), ids=TOWNS)


@every_payer
@pytest.mark.parametrize("account", [PIX, TED], ids=["pix", "ted"])
async def test_money_goes_out_once_and_is_found_by_its_key(open_town: Any, account: Account) -> None:
    async with open_town() as town:
        assert await town.payer.find(request().key) is None
        first = await town.payer.send(request(account=account))
        assert first.status is PayoutStatus.CONFIRMED
        assert first.reference
        assert first.reason is None
        again = await town.payer.send(request(account=account))
        found = await town.payer.find(request().key)
        assert first == again == found
        assert await town.keys() == [request().key]


@every_payer
async def test_another_number_is_another_payout(open_town: Any) -> None:
    async with open_town() as town:
        await town.payer.send(request(1))
        await town.payer.send(request(2))
        assert await town.keys() == [payout_key(CSN, 1), payout_key(CSN, 2)]


@every_payer
async def test_a_refused_payout_stays_refused(open_town: Any) -> None:
    async with open_town() as town:
        await town.script("refused")
        refused = await town.payer.send(request())
        assert (refused.status, refused.reason) == (PayoutStatus.REFUSED, "ACCOUNT_CLOSED")
        await town.script("ok")
        assert await town.payer.send(request()) == await town.payer.find(request().key) == refused


@every_payer
async def test_a_slow_payout_settles_while_it_is_looked_at(open_town: Any) -> None:
    async with open_town() as town:
        await town.script("slow")
        assert (await town.payer.send(request())).status is PayoutStatus.SENT
        seen = [(await town.payer.find(request().key)).status for _ in range(3)]
        assert seen == [PayoutStatus.SENT, PayoutStatus.CONFIRMED, PayoutStatus.CONFIRMED]


@every_payer
async def test_returned_money_was_there_first(open_town: Any) -> None:
    async with open_town() as town:
        await town.script("returned")
        assert (await town.payer.send(request())).status is PayoutStatus.CONFIRMED
        returned = await town.payer.find(request().key)
        assert (returned.status, returned.reason) == (PayoutStatus.RETURNED, "ACCOUNT_CLOSED")


@every_payer
async def test_an_answer_that_never_comes_leaves_its_effect(open_town: Any) -> None:
    async with open_town() as town:
        await town.script("timeout_after_effect")
        with pytest.raises(Unknown):
            await town.payer.send(request())
        assert (await town.payer.find(request().key)).status is PayoutStatus.CONFIRMED
        assert (await town.payer.send(request())).status is PayoutStatus.CONFIRMED
        assert await town.keys() == [request().key]


@every_payer
@pytest.mark.parametrize("outcome", ["key_in_use", "listed_late"])
async def test_a_payout_that_is_not_listed_yet_is_under_way(open_town: Any, outcome: str) -> None:
    """What real payers do: no answer or a key in use, then a look-up that finds nothing, then the payout is there."""
    async with open_town() as town:
        await town.script(outcome)
        for _ in range(2):
            with pytest.raises(Unknown):
                await town.payer.send(request())
        assert [await town.payer.find(request().key) for _ in range(2)] == [None, None]
        assert (await town.payer.find(request().key)).status is PayoutStatus.CONFIRMED
        assert (await town.payer.send(request())).status is PayoutStatus.CONFIRMED
        assert await town.keys() == [request().key]


@every_payer
async def test_what_was_refused_may_go_through_late(open_town: Any) -> None:
    async with open_town() as town:
        await town.script("late_success")
        assert (await town.payer.send(request())).status is PayoutStatus.REFUSED
        seen = [(await town.payer.find(request().key)).status for _ in range(2)]
        assert seen == [PayoutStatus.REFUSED, PayoutStatus.CONFIRMED]


@every_payer
async def test_a_payout_that_was_never_taken_leaves_its_key_free(open_town: Any) -> None:
    async with open_town() as town:
        await town.script("not_taken")
        with pytest.raises(Permanent):
            await town.payer.send(request())
        assert await town.payer.find(request().key) is None
        assert await town.keys() == []


@every_payer
@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_any_number_of_sends_at_once_is_one_payout(open_town: Any, outcome: str) -> None:
    async with open_town() as town:
        await town.script(outcome)
        await asyncio.gather(*(town.payer.send(request()) for _ in range(5)), return_exceptions=True)
        assert await town.keys() == [request().key]


# over HTTP alone ----------------------------------------------------------------------------------------------------


async def test_a_key_that_the_payer_does_not_accept_refuses_no_payout() -> None:
    async with http_town("invalid-key") as town:
        for call, family in ((town.payer.send(request()), Unknown), (town.payer.find(request().key), Retryable)):
            with pytest.raises(family) as fault:
                await call
            assert fault.value.code == "payer_credentials"
        assert await town.keys() == []


async def test_the_sandbox_refuses_what_it_cannot_read() -> None:
    async with http_town() as town:
        with pytest.raises(Permanent) as fault:
            await town.payer.send(request(value=0))
        assert fault.value.code == "payer_validation"
        assert await town.keys() == []


async def test_nobody_listens() -> None:
    async with httpx.AsyncClient() as http:
        payer = HttpPayer(url="http://127.0.0.1:1", read_key=lambda: "k", http=http)
        for call in (payer.send(request()), payer.find(request().key)):
            with pytest.raises(Retryable):
                await call


def over(answer: httpx.Response | Exception) -> HttpPayer:
    async def respond(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    http = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    return HttpPayer(url="https://payer.example.com", read_key=lambda: "k", http=http)


KEY = request().key
STATUSES = (*range(200, 209), 226, *range(300, 309), *range(400, 452), *range(500, 512), 520, 599)
WORDS = ("SETTLED", "PROCESSING", "REJECTED", "RETURNED", "NOT_FOUND", "IDEMPOTENCY_KEY_IN_USE", "UNAUTHORIZED")


def spell(**body: Any) -> bytes:
    return json.dumps(body).encode()


def payout(status: str, **more: Any) -> bytes:
    return spell(id="P-1", status=status, reason_code=None, **more)


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "a page": b"<html><body>404 Not Found</body></html>",
    "no object": b"[]",
    "empty": b"{}",
    "other error": spell(error="SOMETHING"),
    "error in a list": spell(error=["INVALID_BODY", "NOT_FOUND"]),
    "error twice": b'{"error": "SOMETHING", "error": "INVALID_BODY"}',
    "another payout's refusal": spell(error="INVALID_ACCOUNT", idempotency_key="another"),
    "another payout": payout("REJECTED", idempotency_key="another"),
    "status twice": b'{"id": "P-1", "status": "SETTLED", "status": "REJECTED", "reason_code": null}',
    **{f"error {word}": spell(error=word) for word in WORDS},
    **{f"status {word}": payout(word) for word in (*WORDS, "rejected", "INVALID_BODY")},
    "never taken": spell(error="INVALID_BODY"),
    "never taken, this key": spell(error="INVALID_ACCOUNT", idempotency_key=KEY),
    "rejected, this key": payout("REJECTED", idempotency_key=KEY),
}
PAYOUTS = {
    "status SETTLED": PayoutStatus.CONFIRMED,
    "status PROCESSING": PayoutStatus.SENT,
    "status REJECTED": PayoutStatus.REFUSED,
    "status RETURNED": PayoutStatus.RETURNED,
    "rejected, this key": PayoutStatus.REFUSED,
}


@pytest.mark.parametrize("status", STATUSES)
async def test_every_status_with_every_body_of_a_send(status: int) -> None:
    """Only a payout tells what became of it, and only two words of a 422 say that there never will be one."""
    for name, content in BODIES.items():
        payer = over(httpx.Response(status, content=content))
        if status in (200, 201, 202) and name in PAYOUTS:
            assert (await payer.send(request())).status is PAYOUTS[name]
            continue
        never_taken = status == 422 and name.startswith("never taken")
        with pytest.raises(Permanent if never_taken else Unknown) as fault:
            await payer.send(request())
        assert "P-1" not in str(fault.value), name


@pytest.mark.parametrize("status", STATUSES)
async def test_every_status_with_every_body_of_a_look_up(status: int) -> None:
    """A payout is there, or the payer says in so many words that it is not; nothing else is an answer."""
    for name, content in BODIES.items():
        payer = over(httpx.Response(status, content=content))
        if status == 200 and name in PAYOUTS:
            found = await payer.find(KEY)
            assert found is not None
            assert found.status is PAYOUTS[name]
        elif status == 404 and name == "error NOT_FOUND":
            assert await payer.find(KEY) is None
        else:
            with pytest.raises(Retryable):
                await payer.find(KEY)


@pytest.mark.parametrize("fault", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteTimeout])
async def test_a_connection_that_ends_late_may_have_paid(fault: type[httpx.TransportError]) -> None:
    with pytest.raises(Unknown):
        await over(fault("gone")).send(request())
    with pytest.raises(Retryable):
        await over(fault("gone")).find("key")


@pytest.mark.parametrize("fault", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_a_connection_that_never_was_paid_nothing(fault: type[httpx.TransportError]) -> None:
    with pytest.raises(Retryable):
        await over(fault("refused")).send(request())


HOSTILE = (
    b"",
    b"<html>",
    b"null",
    b"[]",
    b'"SETTLED"',
    b"{}",
    b'{"id": "P-1"}',
    b'{"id": "P-1", "status": "PAID"}',
    b'{"id": "P-1", "status": "settled"}',
    b'{"id": "P-1", "status": null}',
    b'{"id": "P-1", "status": ["SETTLED"]}',
    b'{"id": 1, "status": "SETTLED"}',
    b'{"id": "", "status": "SETTLED"}',
    b'{"status": "SETTLED"}',
    b'{"id": "P-1", "status": "REJECTED", "reason_code": {"code": "X"}}',
    b"\xff\xfe",
    b"[" * 100_000,
)


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_body_nobody_can_read_says_nothing_of_the_money(content: bytes) -> None:
    with pytest.raises(Unknown):
        await over(httpx.Response(201, content=content)).send(request())
    with pytest.raises(Retryable):
        await over(httpx.Response(200, content=content)).find("key")


@given(st.binary(max_size=200))
def test_bytes_are_an_answer_or_unknown(content: bytes) -> None:
    check_answer(content)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "status", "reason_code"]), inner),
    )
)
def test_json_is_an_answer_or_unknown(value: Any) -> None:
    check_answer(json.dumps(value).encode())


def check_answer(content: bytes) -> None:
    try:
        answer = payout_answer(content, KEY)
    except Unknown:
        return
    assert isinstance(answer, PayoutAnswer)
    assert answer.status is not PayoutStatus.REQUESTED


def test_one_body_for_pix_and_one_for_ted() -> None:
    assert payout_body(request(account=PIX)) == {
        "method": "PIX",
        "amount_cents": 10_000_00,
        "description": f"CCB {CSN}",
        "beneficiary": {"document": "52998224725", "name": "Ana Exemplo"},
        "pix": {"key": "ana@example.com"},
    }
    company = PayoutRequest("k", CSN, 1, Cnpj("12ABC34501DE35"), "Exemplo Ltda", TED)
    body = payout_body(company)
    assert body["beneficiary"]["document"] == "12ABC34501DE35"
    assert body["ted"] == {
        "bank": "001",
        "branch": "0001",
        "account": "5647891",
        "type": "CONTA_CORRENTE_INDIVIDUAL",
    }
    assert "pix" not in body
