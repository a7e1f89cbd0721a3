"""How adapters behave on the road: hosts, logins, headers, faults of the network, and what never leaves the process."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from lastro.bureaus.catalog import BUREAUS
from lastro.bureaus.environment import BUREAU_DOMAINS, Environment, Route
from lastro.bureaus.gateway import open_bureau
from lastro.bureaus.http import MAX_ANSWER_BYTES, open_http, send
from lastro.bureaus.ports import (
    Bureau,
    BureauToken,
    BureauUnavailable,
    InquiryRequest,
    InquiryUnknown,
    RawAnswer,
    RefusedByBureau,
    RevokedToken,
    SlowDown,
)
from lastro.bureaus.reasons import BureauReason
from lastro.documents import Cnpj, Cpf
from lastro.errors import LastroError, NotFound

CPF = "52998224725"
SECRET = "s3cr3t-canary"
RETAILER = "12ABC34501DE35"
NOW = datetime(2025, 11, 28, 12, 0, tzinfo=UTC)
TOKEN = BureauToken("t0ken-canary", NOW)
REPORTS = {
    "serasa": "RELATORIO_BASICO_PF_PME",
    "connect_sa": "CREDNET_TOP",
    "credito_na_medida": "CONSULTA_PF",
    "spc_brasil": "257",
}
ROOT = "https://bureaus.example"
PRODUCTION_HOSTS = {facts.production_url.removeprefix("https://") for facts in BUREAUS.values()} | BUREAU_DOMAINS

Answer = httpx.Response | type[Exception]


class FixedClock:
    def now(self) -> datetime:
        return NOW


class Road:
    """A transport that keeps every request and answers as told, the last answer for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: list[httpx.Request] = []
        self._answers = list(answers)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, stream=answer.stream)
        assert issubclass(answer, httpx.RequestError)
        raise answer("no such luck", request=request)


def fields_of(provider: str) -> dict[str, str]:
    fields = {field.name: f"{SECRET}-{field.name}" for field in BUREAUS[provider].fields if field.secret}
    return fields | {"login": "a-login", "retailer_document": RETAILER, "federal_unit": "SP"}


def bureau_on(
    provider: str, road: Road, *, environment: Environment = Environment.HOMOLOGATION, base_url: str | None = ROOT
) -> Bureau:
    return open_bureau(
        provider,
        environment=environment,
        fields=fields_of(provider),
        http=httpx.AsyncClient(transport=httpx.MockTransport(road)),
        clock=FixedClock(),
        base_url=base_url,
        integrator={"idclient": "17", "apikey": "integrator-key"},
    )


def ask(provider: str, **changes: Any) -> InquiryRequest:
    return replace(InquiryRequest(key="key-0001", document=Cpf(CPF), report=REPORTS[provider]), **changes)


async def failure_of(provider: str, road: Road, act: Callable[[Bureau], Any]) -> LastroError:
    with pytest.raises(LastroError) as caught:
        await act(bureau_on(provider, road))
    return caught.value


@pytest.mark.parametrize("provider", BUREAUS)
async def test_documents_and_secrets_stay_out_of_addresses_and_logs(
    provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_http():
        road = Road(httpx.Response(503))
        bureau = bureau_on(provider, road)
        for act in (bureau.inquire(ask(provider), TOKEN), bureau.check_credential(BUREAUS[provider].secret_fields[0])):
            with pytest.raises(LastroError) as caught:
                await act
            assert CPF not in caught.value.detail
            assert SECRET not in caught.value.detail

    assert road.requests
    for request in road.requests:
        assert CPF not in str(request.url)
        assert SECRET not in str(request.url)
        assert TOKEN.value not in str(request.url)
    for word in (CPF, SECRET, TOKEN.value):
        assert word not in caplog.text


@pytest.mark.parametrize("provider", BUREAUS)
async def test_calls_go_to_the_configured_root(provider: str) -> None:
    road = Road(httpx.Response(503))

    await failure_of(provider, road, lambda bureau: bureau.inquire(ask(provider), TOKEN))

    (request,) = road.requests
    assert str(request.url).startswith(f"{ROOT}/bureaus/{provider}/")


@pytest.mark.parametrize("provider", BUREAUS)
async def test_production_calls_the_providers_own_host_over_tls(provider: str) -> None:
    road = Road(httpx.Response(503))
    bureau = bureau_on(provider, road, environment=Environment.PRODUCTION, base_url=None)

    with pytest.raises(BureauUnavailable):
        await bureau.inquire(ask(provider), TOKEN)

    (request,) = road.requests
    assert request.url.scheme == "https"
    assert request.url.host in PRODUCTION_HOSTS


@pytest.mark.parametrize("provider", BUREAUS)
async def test_homologation_never_reaches_a_production_host(provider: str) -> None:
    road = Road(httpx.Response(503))
    facts = BUREAUS[provider]
    if facts.homologation_url is None:
        with pytest.raises(RefusedByBureau) as caught:
            bureau_on(provider, road, base_url=None)
        assert caught.value.code == BureauReason.FORBIDDEN_HOST
    else:
        bureau = bureau_on(provider, road, base_url=None)
        for act in (bureau.inquire(ask(provider), TOKEN), bureau.check_credential(facts.secret_fields[0])):
            with pytest.raises(BureauUnavailable):
                await act
        assert {request.url.host for request in road.requests}.isdisjoint(PRODUCTION_HOSTS)
    for host in PRODUCTION_HOSTS:
        with pytest.raises(RefusedByBureau) as refused:
            bureau_on(provider, road, base_url=f"https://{host}")
        assert refused.value.code == BureauReason.FORBIDDEN_HOST


@pytest.mark.parametrize("provider", BUREAUS)
def test_production_is_never_sent_to_a_test_service_elsewhere(provider: str) -> None:
    with pytest.raises(RefusedByBureau) as caught:
        bureau_on(provider, Road(httpx.Response(200)), environment=Environment.PRODUCTION)

    assert caught.value.code == BureauReason.FORBIDDEN_HOST


@pytest.mark.parametrize("host", [*sorted(PRODUCTION_HOSTS), "elsewhere.example"])
async def test_request_outside_the_route_does_not_leave(host: str) -> None:
    road = Road(httpx.Response(200))
    http = httpx.AsyncClient(transport=httpx.MockTransport(road))
    route = Route(Environment.HOMOLOGATION, ROOT)

    with pytest.raises(RefusedByBureau) as caught:
        await send(http, http.build_request("GET", f"https://{host}/"), route, acts=True)

    assert caught.value.code == BureauReason.FORBIDDEN_HOST
    assert road.requests == []


@pytest.mark.parametrize("provider", BUREAUS)
async def test_redirect_to_another_host_is_not_followed(provider: str) -> None:
    road = Road(httpx.Response(302, headers={"location": "https://api.serasaexperian.com.br/"}))

    await failure_of(provider, road, lambda bureau: bureau.inquire(ask(provider), TOKEN))

    assert len(road.requests) == 1


async def test_redirect_is_not_followed_whatever_the_client_would_do() -> None:
    road = Road(httpx.Response(302, headers={"location": "https://api.serasaexperian.com.br/"}))
    http = httpx.AsyncClient(transport=httpx.MockTransport(road), follow_redirects=True)

    response = await send(http, http.build_request("GET", ROOT), Route(Environment.HOMOLOGATION, ROOT), acts=True)

    assert response.status_code == 302
    assert len(road.requests) == 1


@pytest.mark.parametrize("coding", ["identity", "gzip"])
async def test_answer_that_never_ends_is_cut_and_kept_as_far_as_it_came(coding: str) -> None:
    whole = b'{"reports": "' + b"x" * (2 * MAX_ANSWER_BYTES)
    body = gzip.compress(whole) if coding == "gzip" else whole
    road = Road(httpx.Response(200, headers={"content-encoding": coding}, stream=httpx.ByteStream(body)))

    failure = await failure_of("serasa", road, lambda bureau: bureau.inquire(ask("serasa"), TOKEN))

    assert isinstance(failure, RefusedByBureau)
    assert failure.code == BureauReason.UNREADABLE
    assert failure.raw is not None
    assert failure.raw.body == whole[:MAX_ANSWER_BYTES]


async def test_compressed_answer_is_read_and_kept_in_plain() -> None:
    text = b"[ERROR][DOCUMENT_NOT_FOUND]"
    headers = {"content-encoding": "gzip", "content-type": "text/plain; charset=utf-8"}
    road = Road(httpx.Response(404, headers=headers, stream=httpx.ByteStream(gzip.compress(text))))

    failure = await failure_of("serasa", road, lambda bureau: bureau.inquire(ask("serasa"), TOKEN))

    assert isinstance(failure, RefusedByBureau)
    assert failure.raw == RawAnswer("text/plain", text, 404)


@pytest.mark.parametrize("provider", BUREAUS)
@pytest.mark.parametrize("status", [502, 504])
async def test_answer_lost_behind_a_gateway_leaves_the_inquiry_unknown(provider: str, status: int) -> None:
    road = Road(httpx.Response(status, content=b"Gateway"))

    failure = await failure_of(provider, road, lambda bureau: bureau.inquire(ask(provider), TOKEN))

    assert isinstance(failure, InquiryUnknown)
    assert failure.raw is not None
    assert failure.raw.http_status == status
    check = BUREAUS[provider].secret_fields[0]
    again = await failure_of(provider, road, lambda bureau: bureau.check_credential(check))
    assert isinstance(again, BureauUnavailable)


@pytest.mark.parametrize("provider", BUREAUS)
@pytest.mark.parametrize("fault", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_inquiry_that_never_left_may_be_repeated(provider: str, fault: type[Exception]) -> None:
    failure = await failure_of(provider, Road(fault), lambda bureau: bureau.inquire(ask(provider), TOKEN))

    assert isinstance(failure, BureauUnavailable)
    assert failure.code == BureauReason.UNAVAILABLE


LOST = [httpx.ReadTimeout, httpx.ReadError, httpx.WriteError, httpx.WriteTimeout, httpx.RemoteProtocolError]


@pytest.mark.parametrize("provider", BUREAUS)
@pytest.mark.parametrize("fault", LOST)
async def test_inquiry_whose_answer_is_lost_is_unknown(provider: str, fault: type[Exception]) -> None:
    road = Road(fault)

    failure = await failure_of(provider, road, lambda bureau: bureau.inquire(ask(provider), TOKEN))

    assert isinstance(failure, InquiryUnknown)
    assert failure.code == BureauReason.TIMEOUT
    assert len(road.requests) == 1


@pytest.mark.parametrize("provider", [code for code, facts in BUREAUS.items() if facts.uses_tokens])
@pytest.mark.parametrize("fault", LOST)
async def test_login_whose_answer_is_lost_may_be_repeated(provider: str, fault: type[Exception]) -> None:
    failure = await failure_of(provider, Road(fault), lambda bureau: bureau.login())

    assert isinstance(failure, BureauUnavailable)


@pytest.mark.parametrize("provider", BUREAUS)
@pytest.mark.parametrize("status", [100, 200, 204, 301, 400, 401, 403, 404, 408, 412, 429, 500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"text"', b"<html/>", b'{"erro": 7, "status": []}', b"\xff"])
async def test_any_status_and_body_is_one_of_the_tree(provider: str, status: int, body: bytes) -> None:
    road = Road(httpx.Response(status, content=body))

    for act in (
        lambda bureau: bureau.inquire(ask(provider), TOKEN),
        lambda bureau: bureau.check_credential(BUREAUS[provider].secret_fields[0]),
    ):
        failure = await failure_of(provider, road, act)
        assert failure.code in set(BureauReason)


@pytest.mark.parametrize("provider", [code for code, facts in BUREAUS.items() if facts.uses_tokens])
async def test_inquiry_without_a_token_sends_nothing(provider: str) -> None:
    road = Road(httpx.Response(200))

    failure = await failure_of(provider, road, lambda bureau: bureau.inquire(ask(provider), None))

    assert failure.code == BureauReason.INVALID_CREDENTIALS
    assert road.requests == []


@pytest.mark.parametrize("provider", BUREAUS)
def test_integration_without_a_secret_is_refused(provider: str) -> None:
    for name in BUREAUS[provider].secret_fields:
        for value in ("", "  ", "line\nbreak"):
            with pytest.raises(RefusedByBureau) as caught:
                open_bureau(
                    provider,
                    environment=Environment.HOMOLOGATION,
                    fields=fields_of(provider) | {name: value},
                    http=httpx.AsyncClient(),
                    clock=FixedClock(),
                    base_url=ROOT,
                )
            assert caught.value.code == BureauReason.INVALID_CREDENTIALS


def test_unknown_provider_is_not_found() -> None:
    with pytest.raises(NotFound):
        open_bureau(
            "nobody",
            environment=Environment.HOMOLOGATION,
            fields={},
            http=httpx.AsyncClient(),
            clock=FixedClock(),
            base_url=ROOT,
        )


async def test_serasa_logs_in_with_basic_and_takes_201() -> None:
    expiry = str(int(NOW.timestamp()) + 900)
    road = Road(httpx.Response(201, json={"accessToken": "abc.def.ghi", "expiresIn": expiry, "scope": ["READ"]}))

    token = await bureau_on("serasa", road).login()

    (request,) = road.requests
    assert request.url.path == "/bureaus/serasa/security/iam/v1/client-identities/login"
    scheme, encoded = request.headers["authorization"].split(" ")
    assert scheme == "Basic"
    assert base64.b64decode(encoded).decode() == f"{SECRET}-client_id:{SECRET}-client_secret"
    assert token.value == "abc.def.ghi"
    assert token.expires_at == datetime(2025, 11, 28, 12, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        {"access_token": "tok", "expires_in": 900},
        {"AcessToken": "tok", "ExpiresIn": "900"},
        {"accessToken": "tok", "expiresIn": 900},
    ],
)
async def test_serasa_login_in_every_spelling_met(body: dict[str, object]) -> None:
    token = await bureau_on("serasa", Road(httpx.Response(201, json=body))).login()

    assert (token.value, token.expires_at) == ("tok", datetime(2025, 11, 28, 12, 15, tzinfo=UTC))


@pytest.mark.parametrize("value", ["", "two words", "line\nbreak", "não", 7, None])
async def test_token_that_could_not_travel_is_refused(value: object) -> None:
    road = Road(httpx.Response(201, json={"accessToken": value, "access_token": value}))

    for provider in ("serasa", "credito_na_medida"):
        failure = await failure_of(provider, Road(httpx.Response(200, json={"access_token": value})), _login)
        assert failure.code == BureauReason.UNREADABLE
    assert (await failure_of("serasa", road, _login)).code == BureauReason.UNREADABLE


async def _login(bureau: Bureau) -> BureauToken:
    return await bureau.login()


async def test_serasa_sends_documents_in_headers_and_features_without_spaces() -> None:
    road = Road(httpx.Response(503))
    request = ask(
        "serasa",
        features=("SCORE_POSITIVO", "RENDA_ESTIMADA_PF"),
        parameters={"RENDA_ESTIMADA_PF": "HRP5"},
    )

    await failure_of("serasa", road, lambda bureau: bureau.inquire(request, TOKEN))

    (sent,) = road.requests
    assert sent.method == "GET"
    assert sent.content == b""
    assert sent.url.path.endswith("/credit-services/person-information-report/v1/creditreport")
    assert sent.url.params["reportName"] == "RELATORIO_BASICO_PF_PME"
    assert sent.url.params["optionalFeatures"] == "SCORE_POSITIVO,RENDA_ESTIMADA_PF"
    assert sent.url.params["federalUnit"] == "SP"
    assert json.loads(base64.b64decode(sent.url.params["reportParameters"])) == {
        "reportParameters": [{"name": "RENDA_ESTIMADA_PF", "value": "HRP5"}]
    }
    assert sent.headers["x-document-id"] == CPF
    assert sent.headers["x-retailer-document-id"] == RETAILER
    assert sent.headers["authorization"] == f"Bearer {TOKEN.value}"


async def test_serasa_asks_about_a_company_elsewhere() -> None:
    road = Road(httpx.Response(503))
    request = ask("serasa", document=Cnpj("12ABC34501DE35"), report="RELATORIO_BASICO_PJ")

    await failure_of("serasa", road, lambda bureau: bureau.inquire(request, TOKEN))

    (sent,) = road.requests
    assert sent.url.path.endswith("/credit-services/business-information-report/v1/reports")
    assert sent.headers["x-document-id"] == "12ABC34501DE35"


@pytest.mark.parametrize("feature", ["", "QSA, SCORE", "QSA,SCORE", "QSÁ", "QSA\n"])
async def test_serasa_feature_that_is_no_name_sends_nothing(feature: str) -> None:
    road = Road(httpx.Response(503))

    failure = await failure_of("serasa", road, lambda bureau: bureau.inquire(ask("serasa", features=(feature,)), TOKEN))

    assert failure.code == BureauReason.UNKNOWN_FEATURE
    assert road.requests == []


FAULT = "Execution of ServiceCallout Auth-Header-Validator failed"
NOT_FOUND = "[ERROR][DOCUMENT_NOT_FOUND] Documento não encontrado na Serasa Experian"
BAD_DOCUMENT = "[ERROR][INVALID-REQUEST] informe o documento a ser consultado válido em [X-Document-Id]"
BAD_FEATURE = "[ERROR][INVALID-REQUEST] Features solicitadas não existem ou não estão autorizadas"
DENIED = "[ERROR][USER-NOT-AUTHORIZED] Transações negadas"
NO_USER = "[ERROR][USER-NOT-AUTHORIZED] Usuário não autorizado [BPCB]"
PROCESSING = "[ERROR][PROCESSING] Ocorreu um erro com as features: [SCORE]"

SERASA_ERRORS = [
    (400, "Bad Request", RefusedByBureau, BureauReason.VALIDATION),
    (401, "Authorization Failed", RevokedToken, BureauReason.REVOKED),
    (403, "Forbidden", RefusedByBureau, BureauReason.NOT_CONTRACTED),
    (404, NOT_FOUND, RefusedByBureau, BureauReason.NOT_FOUND),
    (404, "Not Found", RefusedByBureau, BureauReason.NOT_FOUND),
    (412, BAD_DOCUMENT, RefusedByBureau, BureauReason.INVALID_DOCUMENT),
    (412, BAD_FEATURE, RefusedByBureau, BureauReason.UNKNOWN_FEATURE),
    (412, DENIED, RefusedByBureau, BureauReason.NOT_CONTRACTED),
    (412, NO_USER, RefusedByBureau, BureauReason.NOT_CONTRACTED),
    (412, "Precondition Failed", RefusedByBureau, BureauReason.VALIDATION),
    (429, "Too Many Requests", SlowDown, BureauReason.BUSY),
    (500, PROCESSING, BureauUnavailable, BureauReason.PROCESSING),
    (500, FAULT, RevokedToken, BureauReason.REVOKED),
    (500, "Internal Server Error", BureauUnavailable, BureauReason.UNAVAILABLE),
    (503, "SpikeArrest engaged", SlowDown, BureauReason.BUSY),
    (503, "Service Unavailable", BureauUnavailable, BureauReason.UNAVAILABLE),
]
SHAPES: dict[str, Callable[[str], bytes]] = {
    "text": lambda text: text.encode(),
    "object": lambda text: json.dumps({"message": text}, ensure_ascii=False).encode(),
    "array": lambda text: json.dumps([{"code": "1", "message": text}]).encode(),
    "fault": lambda text: json.dumps({"fault": {"faultstring": text, "detail": {}}}).encode(),
}


@pytest.mark.parametrize(("status", "text", "family", "reason"), SERASA_ERRORS)
@pytest.mark.parametrize("shape", SHAPES)
async def test_serasa_error_table_in_every_shape(
    status: int, text: str, family: type[LastroError], reason: BureauReason, shape: str
) -> None:
    body = SHAPES[shape](text)

    failure = await failure_of(
        "serasa",
        Road(httpx.Response(status, content=body)),
        lambda bureau: bureau.inquire(ask("serasa"), TOKEN),
    )

    assert type(failure) is family
    assert failure.code == reason
    assert isinstance(failure, RefusedByBureau | BureauUnavailable)
    assert failure.raw is not None
    assert (failure.raw.http_status, failure.raw.body) == (status, body)


@pytest.mark.parametrize(("stated", "seconds"), [("7", 7), ("100000", 300), ("soon", 2), (None, 2)])
async def test_serasa_slowdown_lasts_as_stated(stated: str | None, seconds: int) -> None:
    response = httpx.Response(429, headers={"retry-after": stated} if stated else {})

    failure = await failure_of("serasa", Road(response), lambda bureau: bureau.inquire(ask("serasa"), TOKEN))

    assert isinstance(failure, SlowDown)
    assert failure.retry_after == seconds


@pytest.mark.parametrize("environment", list(Environment))
async def test_connect_sa_binds_its_flag_to_the_environment(environment: Environment) -> None:
    road = Road(httpx.Response(503))
    bureau = bureau_on("connect_sa", road, environment=environment, base_url="http://127.0.0.1:3001")

    with pytest.raises(BureauUnavailable):
        await bureau.inquire(ask("connect_sa", zip_code="01001000", federal_unit="SP"), None)

    (request,) = road.requests
    form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
    assert form["estatica"] == ("N" if environment is Environment.PRODUCTION else "S")
    assert form["login"] == "a-login"
    assert form["password"] == f"{SECRET}-inquiry_password"
    assert (form["tipodocumento"], form["documento"], form["consulta"]) == ("F", CPF, "CREDNET_TOP")
    assert (form["idclient"], form["apikey"], form["tiporesposta"], form["cep"]) == (
        "17",
        "integrator-key",
        "J",
        "01001000",
    )


@pytest.mark.parametrize("keys", [None, {}, {"idclient": "17"}, {"idclient": "17", "apikey": ""}])
def test_connect_sa_is_not_called_without_the_integrators_keys(keys: dict[str, str] | None) -> None:
    def open_without(base_url: str | None) -> Bureau:
        return open_bureau(
            "connect_sa",
            environment=Environment.PRODUCTION,
            fields=fields_of("connect_sa"),
            http=httpx.AsyncClient(),
            clock=FixedClock(),
            base_url=base_url,
            integrator=keys,
        )

    with pytest.raises(RefusedByBureau) as caught:
        open_without(None)

    assert caught.value.code == BureauReason.NO_INTEGRATOR
    open_without("http://127.0.0.1:3001")


async def test_connect_sa_tries_each_password_alone() -> None:
    success = httpx.Response(200, json={"status": {"mensagem": "Sucesso"}})
    for name in ("inquiry_password", "pefin_password"):
        road = Road(success)
        await bureau_on("connect_sa", road).check_credential(name)
        (request,) = road.requests
        assert parse_qs(request.content.decode())["password"] == [f"{SECRET}-{name}"]
        assert "documento" not in request.content.decode()
        assert parse_qs(request.content.decode())["estatica"] == ["S"]


CONNECT_SENTENCES = {
    "Login ou senha inválidos": BureauReason.INVALID_CREDENTIALS,
    "SENHA EXPIRADA": BureauReason.INVALID_CREDENTIALS,
    "Consulta não autorizada": BureauReason.NOT_CONTRACTED,
    "Documento não encontrado": BureauReason.NOT_FOUND,
    "CPF inválido": BureauReason.INVALID_DOCUMENT,
    "Plano inexistente": BureauReason.UNKNOWN_REPORT,
    "Serviço indisponível": BureauReason.UNAVAILABLE,
    "Coisa nunca vista": BureauReason.VALIDATION,
}


@pytest.mark.parametrize(("sentence", "reason"), CONNECT_SENTENCES.items())
async def test_connect_sa_says_no_with_status_200(sentence: str, reason: BureauReason) -> None:
    body = {"status": {"mensagem": "Erro", "descricaoCodigoResposta": sentence}}

    failure = await failure_of(
        "connect_sa",
        Road(httpx.Response(200, json=body)),
        lambda bureau: bureau.inquire(ask("connect_sa"), None),
    )

    assert failure.code == reason
    assert sentence not in failure.detail
    assert isinstance(failure, RefusedByBureau | BureauUnavailable)
    assert failure.raw is not None


async def test_credito_na_medida_accepted_and_not_ready_is_unknown_until_it_is() -> None:
    working = httpx.Response(202, json={"consulta": {"situacao": "PROCESSANDO"}})

    failure = await failure_of(
        "credito_na_medida",
        Road(working),
        lambda bureau: bureau.inquire(ask("credito_na_medida"), TOKEN),
    )
    pending = await failure_of(
        "credito_na_medida",
        Road(working),
        lambda bureau: bureau.find_inquiry(ask("credito_na_medida", key="a/b c"), TOKEN),
    )

    assert (type(failure), failure.code) == (InquiryUnknown, BureauReason.PENDING)
    assert (type(pending), pending.code) == (BureauUnavailable, BureauReason.PENDING)


async def test_credito_na_medida_key_is_one_step_of_the_address() -> None:
    road = Road(httpx.Response(404, json={}))

    assert await bureau_on("credito_na_medida", road).find_inquiry(ask("credito_na_medida", key="a/b?c"), TOKEN) is None

    assert road.requests[0].url.raw_path.endswith(b"/v1/consultas/a%2Fb%3Fc")


SPC_FAULTS = {
    "CN_INT005.E2.3 - Operador e Senha invalidos": (RefusedByBureau, BureauReason.INVALID_CREDENTIALS),
    "CN_INT005.E3 - Operador nao possui acesso": (RefusedByBureau, BureauReason.INVALID_CREDENTIALS),
    "CN_INT005.E4 - Operador nao possui acesso ao produto": (RefusedByBureau, BureauReason.NOT_CONTRACTED),
    "CN_INT005.E8.2 - CPF/CNPJ invalido": (RefusedByBureau, BureauReason.INVALID_DOCUMENT),
    "CN_INT005.E8.3 - Somente CPF": (RefusedByBureau, BureauReason.UNKNOWN_REPORT),
    "CN_INT005.E9 - Outro": (RefusedByBureau, BureauReason.VALIDATION),
    "CN_GER001.E0 - Erro interno.": (BureauUnavailable, BureauReason.PROCESSING),
    "CN_GER001.E": (BureauUnavailable, BureauReason.PROCESSING),
    "Algo sem codigo": (BureauUnavailable, BureauReason.UNAVAILABLE),
}
ENVELOPE = '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>{}</S:Body></S:Envelope>'


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("text", SPC_FAULTS)
async def test_spc_fault_by_its_code(text: str, status: int) -> None:
    fault = f"<S:Fault><faultcode>S:Server</faultcode><faultstring>{text}</faultstring></S:Fault>"
    body = ENVELOPE.format(fault).encode()

    failure = await failure_of(
        "spc_brasil",
        Road(httpx.Response(status, content=body)),
        lambda bureau: bureau.inquire(ask("spc_brasil"), None),
    )

    assert (type(failure), failure.code) == SPC_FAULTS[text]
    assert isinstance(failure, RefusedByBureau | BureauUnavailable)
    assert failure.raw is not None
    assert failure.raw.body == body


async def test_spc_request_is_a_soap_envelope_with_basic() -> None:
    road = Road(httpx.Response(503))

    await failure_of(
        "spc_brasil", road, lambda bureau: bureau.inquire(ask("spc_brasil", features=("77", "5122")), None)
    )

    (request,) = road.requests
    text = request.content.decode()
    assert request.headers["content-type"].startswith("text/xml")
    assert request.headers["authorization"].startswith("Basic ")
    assert "<codigo-produto>257</codigo-produto><tipo-consumidor>F</tipo-consumidor>" in text
    assert f"<documento-consumidor>{CPF}</documento-consumidor>" in text
    assert text.count("<codigo-insumo-opcional>") == 2


@pytest.mark.parametrize("report", ["", "abc", "1" * 10, "<x/>", "٢٥٧"])
async def test_spc_product_that_is_no_code_sends_nothing(report: str) -> None:
    road = Road(httpx.Response(503))

    failure = await failure_of(
        "spc_brasil", road, lambda bureau: bureau.inquire(ask("spc_brasil", report=report), None)
    )

    assert failure.code == BureauReason.UNKNOWN_REPORT
    assert road.requests == []


def test_catalogue_and_gateway_import_no_adapter_and_no_soap() -> None:
    code = (
        "import sys; import lastro.bureaus.catalog, lastro.bureaus.gateway\n"
        "loaded = [n for n in sys.modules if n.split('.')[0] in ('zeep', 'lxml', 'requests')"
        " or n.startswith('lastro.bureaus.') and n.endswith('.client')]\n"
        "sys.exit(repr(loaded) if loaded else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_catalogue_alone_loads_no_http_library() -> None:
    code = "import sys; import lastro.bureaus.catalog\nsys.exit('httpx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_soap_client_is_made_without_the_network() -> None:
    code = (
        "import socket\n"
        "def refuse(*_, **__): raise SystemExit('the network was touched')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "from lastro.bureaus.spc_brasil.soap import envelope\n"
        "assert b'listar-produtos' in envelope('listarProdutos')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
