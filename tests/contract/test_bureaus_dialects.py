"""What each adapter sends its provider, and what it makes of the provider's own errors."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs

import httpx
import pytest

from lastro.bureaus.ports import (
    Bureau,
    BureauToken,
    BureauUnavailable,
    InquiryUnknown,
    RefusedByBureau,
    RevokedToken,
    SlowDown,
)
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import LastroError
from lastro.vendors.bureaus.gateway import open_bureau
from tests.clock import MovableClock
from tests.contract.bureau_road import (
    CPF,
    NOW,
    RETAILER,
    SECRET,
    TOKEN,
    Road,
    ask,
    bureau_on,
    failure_of,
    fields_of,
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
    (400, "Bad Request", InquiryUnknown, BureauReason.UNCLEAR),
    (401, "Authorization Failed", RevokedToken, BureauReason.REVOKED),
    (403, "Forbidden", RefusedByBureau, BureauReason.NOT_CONTRACTED),
    (404, NOT_FOUND, RefusedByBureau, BureauReason.NOT_FOUND),
    (404, "Not Found", InquiryUnknown, BureauReason.UNCLEAR),
    (409, "Conflict", InquiryUnknown, BureauReason.UNCLEAR),
    (409, NOT_FOUND, InquiryUnknown, BureauReason.UNCLEAR),
    (412, BAD_DOCUMENT, RefusedByBureau, BureauReason.INVALID_DOCUMENT),
    (412, BAD_FEATURE, RefusedByBureau, BureauReason.UNKNOWN_FEATURE),
    (412, DENIED, RefusedByBureau, BureauReason.NOT_CONTRACTED),
    (412, NO_USER, RefusedByBureau, BureauReason.NOT_CONTRACTED),
    (412, "Precondition Failed", InquiryUnknown, BureauReason.UNCLEAR),
    (429, "Too Many Requests", SlowDown, BureauReason.BUSY),
    (500, PROCESSING, BureauUnavailable, BureauReason.PROCESSING),
    (500, FAULT, RevokedToken, BureauReason.REVOKED),
    (500, "Internal Server Error", InquiryUnknown, BureauReason.UNCLEAR),
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
    assert isinstance(failure, RefusedByBureau | BureauUnavailable | InquiryUnknown)
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
            clock=MovableClock(),
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
    "Coisa nunca vista": BureauReason.UNCLEAR,
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
    assert isinstance(failure, RefusedByBureau | BureauUnavailable | InquiryUnknown)
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
    road = Road(httpx.Response(404, json={"erro": {"codigo": "CONSULTA_INEXISTENTE"}}))

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
    "Algo sem codigo": (InquiryUnknown, BureauReason.UNCLEAR),
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
    assert isinstance(failure, RefusedByBureau | BureauUnavailable | InquiryUnknown)
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
