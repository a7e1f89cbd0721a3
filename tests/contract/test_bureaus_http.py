"""How adapters behave on the road: hosts, logins, headers, faults of the network, and what never leaves the process."""

from __future__ import annotations

import gzip
import logging
import subprocess
import sys

import httpx
import pytest

from lastro.bureaus.ports import (
    BureauUnavailable,
    InquiryUnknown,
    RawAnswer,
    RefusedByBureau,
)
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import BUREAU_DOMAINS, Environment, Route
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.errors import LastroError, NotFound
from lastro.vendors.bureaus.gateway import open_bureau
from lastro.vendors.bureaus.http import MOST_REPORT_BYTES, open_http, send
from tests.clock import MovableClock
from tests.contract.bureau_road import (
    CPF,
    ROOT,
    SECRET,
    TOKEN,
    Road,
    ask,
    bureau_on,
    failure_of,
    fields_of,
)

PRODUCTION_HOSTS = {facts.production_url.removeprefix("https://") for facts in BUREAUS.values()} | BUREAU_DOMAINS


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

    assert response.status == 302
    assert len(road.requests) == 1


@pytest.mark.parametrize("coding", ["identity", "gzip"])
async def test_answer_that_never_ends_is_cut_and_kept_as_far_as_it_came(coding: str) -> None:
    whole = b'{"reports": "' + b"x" * (2 * MOST_REPORT_BYTES)
    body = gzip.compress(whole) if coding == "gzip" else whole
    road = Road(httpx.Response(200, headers={"content-encoding": coding}, stream=httpx.ByteStream(body)))

    failure = await failure_of("serasa", road, lambda bureau: bureau.inquire(ask("serasa"), TOKEN))

    assert isinstance(failure, RefusedByBureau)
    assert failure.code == BureauReason.UNREADABLE
    assert failure.raw is not None
    assert failure.raw.body == whole[:MOST_REPORT_BYTES]


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
                    clock=MovableClock(),
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
            clock=MovableClock(),
            base_url=ROOT,
        )


def test_catalogue_and_gateway_import_no_adapter_and_no_soap() -> None:
    code = (
        "import sys; import lastro.bureaus.providers.catalogue, lastro.vendors.bureaus.gateway\n"
        "loaded = [n for n in sys.modules if n.split('.')[0] in ('zeep', 'lxml', 'requests')"
        " or n.startswith('lastro.vendors.') and n.endswith('.client')]\n"
        "sys.exit(repr(loaded) if loaded else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_catalogue_alone_loads_no_http_library() -> None:
    code = "import sys; import lastro.bureaus.providers.catalogue\nsys.exit('httpx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_soap_client_is_made_without_the_network() -> None:
    code = (
        "import socket\n"
        "def refuse(*_, **__): raise SystemExit('the network was touched')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "from lastro.vendors.bureaus.spc_brasil.soap import envelope\n"
        "assert b'listar-produtos' in envelope('listarProdutos')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
