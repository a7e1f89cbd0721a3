"""How adapters behave on the road: logins, headers, faults of the network, and what never leaves the process."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest

from lastro.kernel.banks import BANKS
from lastro.kernel.documents import Cpf
from lastro.kernel.errors import LastroError, NotFound, Permanent, Retryable, Unknown
from lastro.kernel.observing.tracing import tracing
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.ports import Applicant, Bank, OfferRequest, PreApprovalRequest, Vehicle
from lastro.vendors.banks.gateway import open_bank
from lastro.vendors.banks.http import open_http
from lastro.vendors.kit.answer import Answer
from lastro.vendors.kit.tokens import Token, TokenCache, call_with_token

CPF = "52998224725"
KEY = "key-0001"
SECRET = "s3cr3t-canary"
PRICE = OfferRequest(
    key=KEY,
    applicant=Applicant(Cpf(CPF), name="Ana Exemplo"),
    vehicle=Vehicle(2021, 2022, False, "SP"),
    asset_value=50_000_00,
    down_payment=10_000_00,
    installments=12,
    release_date=date(2025, 11, 28),
)
PRE_APPROVAL = PreApprovalRequest(KEY, PRICE.applicant)

LOGIN_PATHS = {"/oauth/token", "/auth/oauth/v2/token", "/openapi/tokens"}
WITH_LOGIN = ["341", "033", "623"]
WITHOUT_LOGIN = [code for code in BANKS if code not in WITH_LOGIN]

Told = httpx.Response | Exception | type[Exception]


class Road:
    """A transport that logs every request, serves logins, and answers the rest as told."""

    def __init__(self, *answers: Told, login: Told | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self.logins: list[httpx.Request] = []
        self._answers = list(answers)
        self._login = login

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if any(request.url.path.endswith(path) for path in LOGIN_PATHS):
            self.logins.append(request)
            await asyncio.sleep(0)
            token = f"token-{len(self.logins)}"
            body = {"access_token": token, "token": token, "expires_in": 600, "expiraEm": 600}
            return _given(self._login or httpx.Response(200, json=body), request)
        self.requests.append(request)
        return _given(self._answers.pop(0) if len(self._answers) > 1 else self._answers[0], request)


def _given(answer: Told, request: httpx.Request) -> httpx.Response:
    if isinstance(answer, httpx.Response):
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
    if isinstance(answer, type) and issubclass(answer, httpx.RequestError):
        raise answer("no such luck", request=request)
    assert isinstance(answer, Exception)
    raise answer


def bank_on(code: str, road: Road) -> Bank:
    credentials = {name: f"{SECRET}-{name}" for name in BANKS[code].credential_fields}
    http = httpx.AsyncClient(transport=httpx.MockTransport(road))
    return open_bank(code, base_url="https://banks.example/", credentials=credentials, http=http)


async def failure_of(code: str, road: Road, act: Callable[[Bank], Any]) -> LastroError:
    with pytest.raises(LastroError) as caught:
        await act(bank_on(code, road))
    return caught.value


ACTS: dict[str, Callable[[Bank], Any]] = {
    "price": lambda bank: bank.price(PRICE),
    "pre_approve": lambda bank: bank.pre_approve(PRE_APPROVAL),
}
QUESTIONS: dict[str, Callable[[Bank], Any]] = {
    "find_offer": lambda bank: bank.find_offer(KEY),
    "find_pre_approval": lambda bank: bank.find_pre_approval(KEY),
}


@pytest.mark.parametrize("code", BANKS)
@pytest.mark.parametrize("call", ACTS | QUESTIONS)
async def test_every_call_carries_the_key_and_no_address_holds_the_document(code: str, call: str) -> None:
    road = Road(httpx.Response(503))

    await failure_of(code, road, (ACTS | QUESTIONS)[call])

    (request,) = road.requests
    assert request.url.path.startswith(f"/banks/{code}/")
    assert KEY in str(request.url) or KEY in request.headers.values() or KEY.encode() in request.content
    for sent in road.requests + road.logins:
        assert CPF not in str(sent.url)
        assert SECRET not in str(sent.url)
        assert not any(CPF in value for value in sent.headers.values())


@pytest.mark.parametrize("code", BANKS)
@pytest.mark.parametrize("fault", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_request_that_never_left_may_be_repeated(code: str, fault: type[Exception]) -> None:
    for act in (ACTS | QUESTIONS).values():
        failure = await failure_of(code, Road(fault), act)
        assert isinstance(failure, Retryable)
        assert failure.code == Reason.BANK_UNAVAILABLE


LOST = [httpx.ReadTimeout, httpx.ReadError, httpx.WriteError, httpx.WriteTimeout, httpx.RemoteProtocolError]


@pytest.mark.parametrize("code", BANKS)
@pytest.mark.parametrize("fault", LOST)
async def test_answer_lost_after_sending_leaves_an_act_unknown(code: str, fault: type[Exception]) -> None:
    for act in ACTS.values():
        failure = await failure_of(code, Road(fault), act)
        assert isinstance(failure, Unknown)
        assert failure.code == Reason.BANK_TIMEOUT


@pytest.mark.parametrize("code", BANKS)
@pytest.mark.parametrize("fault", LOST)
async def test_question_without_an_answer_may_be_repeated(code: str, fault: type[Exception]) -> None:
    for question in QUESTIONS.values():
        failure = await failure_of(code, Road(fault), question)
        assert isinstance(failure, Retryable)
        assert failure.code == Reason.BANK_UNAVAILABLE


@pytest.mark.parametrize("code", WITH_LOGIN)
@pytest.mark.parametrize("fault", [*LOST, httpx.ConnectError])
async def test_login_that_fails_on_the_road_has_no_effect_to_fear(code: str, fault: type[Exception]) -> None:
    road = Road(httpx.Response(200), login=fault)

    failure = await failure_of(code, road, ACTS["price"])

    assert isinstance(failure, Retryable)
    assert road.requests == []


@pytest.mark.parametrize("code", BANKS)
@pytest.mark.parametrize(
    ("status", "family", "reason"),
    [
        (500, Retryable, Reason.BANK_UNAVAILABLE),
        (502, Retryable, Reason.BANK_UNAVAILABLE),
        (429, Retryable, Reason.BANK_UNAVAILABLE),
        (401, Permanent, Reason.INVALID_CREDENTIALS),
        (403, Permanent, Reason.INVALID_CREDENTIALS),
        (400, Unknown, Reason.GENERIC),
        (422, Unknown, Reason.GENERIC),
        (302, Unknown, Reason.GENERIC),
        (404, Unknown, Reason.GENERIC),
        (409, Unknown, Reason.GENERIC),
        (418, Unknown, Reason.GENERIC),
    ],
)
@pytest.mark.parametrize("content", [b"", b"<html>busy</html>", b"[]", b'{"errors": 7}'])
async def test_status_alone_tells_the_family(
    code: str, status: int, family: type[LastroError], reason: Reason, content: bytes
) -> None:
    for act in ACTS.values():
        failure = await failure_of(code, Road(httpx.Response(status, content=content)), act)
        assert isinstance(failure, family)
        assert failure.code == reason


@pytest.mark.parametrize("code", BANKS)
@pytest.mark.parametrize("content", [b"", b"<html>", b"null", b"[]", b"{}", b'"ok"', b'{"data": []}', b"\xff"])
async def test_unreadable_answer_is_permanent(code: str, content: bytes) -> None:
    for act in (*ACTS.values(), QUESTIONS["find_offer"]):
        failure = await failure_of(code, Road(httpx.Response(200, content=content)), act)
        assert isinstance(failure, Permanent)
        assert failure.code == Reason.GENERIC


async def test_answer_with_a_broken_encoding_is_permanent() -> None:
    response = httpx.Response(200, headers={"content-type": "application/json"}, content=b"{}")
    response.headers["content-encoding"] = "gzip"

    failure = await failure_of("655", Road(response), ACTS["price"])

    assert isinstance(failure, Permanent)
    assert failure.code == Reason.GENERIC


@pytest.mark.parametrize("code", WITH_LOGIN)
async def test_refused_token_buys_exactly_one_new_login(code: str) -> None:
    road = Road(httpx.Response(401), httpx.Response(503))

    failure = await failure_of(code, road, ACTS["price"])

    assert failure.code == Reason.BANK_UNAVAILABLE
    assert [request.headers["authorization"] for request in road.requests] == ["Bearer token-1", "Bearer token-2"]
    assert road.requests[0].content == road.requests[1].content


@pytest.mark.parametrize("code", WITH_LOGIN)
async def test_token_refused_twice_means_invalid_credentials(code: str) -> None:
    road = Road(httpx.Response(401))

    failure = await failure_of(code, road, ACTS["price"])

    assert isinstance(failure, Permanent)
    assert failure.code == Reason.INVALID_CREDENTIALS
    assert len(road.requests) == len(road.logins) == 2


@pytest.mark.parametrize("code", WITH_LOGIN)
@pytest.mark.parametrize("status", [400, 401])
async def test_refused_login_means_invalid_credentials(code: str, status: int) -> None:
    road = Road(httpx.Response(200), login=httpx.Response(status, json={"error": "invalid_client"}))

    failure = await failure_of(code, road, ACTS["price"])

    assert isinstance(failure, Permanent)
    assert failure.code == Reason.INVALID_CREDENTIALS
    assert road.requests == []


@pytest.mark.parametrize("code", WITH_LOGIN)
@pytest.mark.parametrize(
    "body",
    [{}, {"access_token": "a b", "token": "á", "expires_in": 5, "expiraEm": 5}, {"access_token": "a", "token": "a"}],
)
async def test_unusable_token_is_permanent(code: str, body: dict[str, Any]) -> None:
    failure = await failure_of(code, Road(httpx.Response(200), login=httpx.Response(200, json=body)), ACTS["price"])

    assert isinstance(failure, Permanent)
    assert failure.code == Reason.GENERIC


@pytest.mark.parametrize("code", WITH_LOGIN)
async def test_concurrent_calls_share_one_login(code: str) -> None:
    road = Road(httpx.Response(503))
    bank = bank_on(code, road)

    await asyncio.gather(*(bank.price(PRICE) for _ in range(12)), return_exceptions=True)

    assert len(road.requests) == 12
    assert len(road.logins) == 1


async def test_each_dialect_authenticates_in_its_own_way() -> None:
    sent = {}
    for code in BANKS:
        road = Road(httpx.Response(503))
        await failure_of(code, road, ACTS["price"])
        sent[code] = (road.logins, road.requests[0])

    def basic(user: str, password: str) -> str:
        return "Basic " + b64encode(f"{SECRET}-{user}:{SECRET}-{password}".encode()).decode()

    (itau_login,), itau = sent["341"]
    assert itau_login.content.decode() == (
        f"grant_type=client_credentials&client_id={SECRET}-client_id&client_secret={SECRET}-client_secret"
    )
    assert itau.headers["x-itau-apikey"] == f"{SECRET}-client_id"
    assert itau.headers["x-itau-idempotencyid"] == KEY
    (santander_login,), santander = sent["033"]
    assert santander_login.headers["authorization"] == basic("client_id", "client_secret")
    assert santander.headers["x-application-key"] == f"{SECRET}-application_key"
    (pan_login,), pan = sent["623"]
    assert pan_login.headers["authorization"] == basic("username", "password")
    assert pan_login.headers["apikey"] == pan.headers["apikey"] == f"{SECRET}-api_key"
    assert sent["655"][1].headers["x-client-id"] == f"{SECRET}-client_id"
    assert sent["655"][1].headers["x-api-key"] == f"{SECRET}-api_key"
    assert sent["422"][1].headers["authorization"] == basic("username", "password")
    for code in ("394", "336", "342", "M22", "fontecred", "moneyplus"):
        assert sent[code][1].headers["authorization"] == f"ApiKey {SECRET}-api_key"
        assert sent[code][1].headers["idempotency-key"] == KEY


async def test_the_standard_dialect_alone_is_told_the_request_behind_a_call() -> None:
    told = {}
    for code in BANKS:
        road = Road(httpx.Response(503))
        with tracing("7d1c3c0e-6a35-4f7b-9d0f-3f2f5f9a1b2c"):
            await failure_of(code, road, ACTS["price"])
        told[code] = {request.headers.get("x-request-id") for request in (*road.logins, *road.requests)}
    standard = {"394", "336", "342", "M22", "fontecred", "moneyplus"}
    assert {code for code, ids in told.items() if ids == {"7d1c3c0e-6a35-4f7b-9d0f-3f2f5f9a1b2c"}} == standard
    assert all(ids == {None} for code, ids in told.items() if code not in standard)


async def test_offer_of_another_term_is_refused() -> None:
    body = {
        "id": "1",
        "status": "offered",
        "offer": {"monthly_rate_percent": "1.5", "table": {"code": "T"}, "payment_flow": {"1": 5}, "fees": []},
    }

    failure = await failure_of("394", Road(httpx.Response(201, json=body)), ACTS["price"])

    assert isinstance(failure, Permanent)
    assert failure.code == Reason.GENERIC


@pytest.mark.parametrize("lifetime", [600, 30])
async def test_token_is_renewed_shortly_before_it_expires(lifetime: int) -> None:
    now = 1_000.0
    logins = 0

    async def log_in() -> Token:
        nonlocal logins
        logins += 1
        return Token(f"t{logins}", lifetime)

    tokens = TokenCache(log_in, clock=lambda: now)
    margin = min(60, lifetime / 10)
    assert await tokens.current() == "t1"
    now = 1_000 + lifetime - margin - 0.1
    assert await tokens.current() == "t1"
    now = 1_000 + lifetime - margin
    assert await tokens.current() == "t2"


async def test_late_refusal_of_an_old_token_keeps_the_new_one() -> None:
    logins = 0

    async def log_in() -> Token:
        nonlocal logins
        logins += 1
        return Token(f"t{logins}", 600)

    tokens = TokenCache(log_in)

    async def call(token: str) -> Answer:
        await asyncio.sleep(0)
        return Answer(401 if token == "t1" else 200)

    responses = await asyncio.gather(*(call_with_token(tokens, call) for _ in range(8)))

    assert {response.status for response in responses} == {200}
    assert logins == 2


@pytest.mark.parametrize("code", BANKS)
@pytest.mark.parametrize("value", [None, "", "  ", "linha\nnova", "ção"])
async def test_credential_that_cannot_travel_is_refused_at_once(code: str, value: str | None) -> None:
    names = BANKS[code].credential_fields
    async with open_http() as http:
        for name in names:
            credentials: Any = dict.fromkeys(names, "good") | {name: value}
            with pytest.raises(Permanent) as failure:
                open_bank(code, base_url="https://banks.example", credentials=credentials, http=http)
            assert failure.value.code == Reason.INVALID_CREDENTIALS
            assert name in failure.value.detail


async def test_bank_outside_the_catalogue_is_not_found() -> None:
    async with open_http() as http:
        with pytest.raises(NotFound):
            open_bank("999", base_url="https://banks.example", credentials={}, http=http)


@pytest.mark.parametrize("code", BANKS)
async def test_no_log_line_holds_a_document_or_a_credential(code: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with open_http():
            pass
        for answer in (httpx.Response(503), httpx.Response(400, json={"mensagem": CPF}), httpx.ReadTimeout):
            failure = await failure_of(code, Road(answer), ACTS["price"])
            assert CPF not in failure.detail
            assert SECRET not in failure.detail
            logging.getLogger("app").exception("it failed", exc_info=failure)

    assert CPF not in caplog.text
    assert SECRET not in caplog.text
    assert "banks.example" not in caplog.text


async def test_shared_client_verifies_and_stays_on_its_road() -> None:
    async with open_http() as http:
        assert http.timeout.connect == 3.0
        assert http.timeout.read == 8.0
        assert http.follow_redirects is False
        assert http.trust_env is False


def test_catalogue_and_gateway_import_no_http_library() -> None:
    program = (
        "import sys; import lastro.kernel.banks, lastro.vendors.banks.gateway; "
        "print(sorted(m for m in sys.modules if m.split('.')[0] in {'httpx', 'httpcore', 'asyncio', 'ssl'}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": "layers/lastro"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
