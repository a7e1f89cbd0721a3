"""Homologation never reaches a production host, whatever the address looks like."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.providers.catalogue import BUREAUS, BureauFacts
from lastro.bureaus.providers.environment import BUREAU_DOMAINS, HOMOLOGATION_HOSTS, Environment, ForbiddenHost, Route

PRODUCTION, HOMOLOGATION = Environment.PRODUCTION, Environment.HOMOLOGATION
PRODUCTION_HOSTS = frozenset(
    {
        *BUREAU_DOMAINS,
        "api.serasaexperian.com.br",
        "api2.serasaexperian.com.br",
        "api.serasa.com.br",
        "sistemas.connectsa.com.br",
        "www.connectsa.com.br",
        "appv2.creditonamedida.com.br",
        "servicos.spc.org.br",
    }
)


@pytest.mark.parametrize("host", sorted(PRODUCTION_HOSTS))
@pytest.mark.parametrize(
    "form",
    [
        "https://{}",
        "https://{}/path",
        "https://{}:8443",
        "https://{}.",
        "https://{}..",
        "http://{}",
        "https://user:secret@{}",
        "https://uat-api.serasaexperian.com.br@{}",
        "https://uat-api.serasaexperian.com.br%2F@{}",
        "https://uat-api.serasaexperian.com.br.{}",
        "https://sub.{}",
        "HTTPS://{}",
    ],
)
def test_homologation_refuses_every_production_host_in_every_form(host: str, form: str) -> None:
    for spelled in (host, host.upper()):
        with pytest.raises(ForbiddenHost):
            Route(HOMOLOGATION, form.format(spelled))


@pytest.mark.parametrize("host", sorted(HOMOLOGATION_HOSTS))
def test_production_refuses_every_homologation_host(host: str) -> None:
    with pytest.raises(ForbiddenHost):
        Route(PRODUCTION, f"https://{host}")


@pytest.mark.parametrize("environment", list(Environment))
@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://",
        "/path",
        "not an address",
        "https://[::1",
        "ftp://127.0.0.1",
        "//127.0.0.1",
        "https://user:secret@127.0.0.1",
        "https://user@localhost",
    ],
)
def test_what_is_no_plain_address_is_no_route(environment: Environment, address: str) -> None:
    with pytest.raises(ForbiddenHost):
        Route(environment, address)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:3001", "http://localhost", "https://LOCALHOST.", "http://[::1]:9"]
)
def test_a_test_service_on_this_machine_stands_in_for_both_environments(address: str) -> None:
    for environment in Environment:
        Route(environment, f"{address}/bureaus/serasa")


@pytest.mark.parametrize(
    "address",
    [
        "https://bureaus.example",
        "https://10.0.0.7",
        "https://[2001:db8::1]",
        "https://127.0.0.1.evil.example",
        "https://localhost.evil.example",
        "https://api.serasaexperian.com.br.evil.example",
        "https://evilserasaexperian.com.br",
        "http://api.serasaexperian.com.br",
    ],
)
def test_production_calls_the_bureaus_own_hosts_over_tls_and_nothing_else(address: str) -> None:
    with pytest.raises(ForbiddenHost):
        Route(PRODUCTION, address)


def test_route_lets_its_own_host_pass_and_no_other() -> None:
    route = Route(HOMOLOGATION, "http://bureaus.example:3001/bureaus/serasa")

    route.check("bureaus.example")
    route.check("BUREAUS.example.")
    for host in ("", "example", "bureaus.example.evil", "127.0.0.1", "::1", *PRODUCTION_HOSTS, *HOMOLOGATION_HOSTS):
        with pytest.raises(ForbiddenHost):
            route.check(host)
    with pytest.raises(ForbiddenHost):
        Route(PRODUCTION, "https://api.serasaexperian.com.br").check("servicos.spc.org.br")


@pytest.mark.parametrize("bureau", BUREAUS.values(), ids=lambda bureau: bureau.code)
def test_catalogue_keeps_environments_apart(bureau: BureauFacts) -> None:
    Route(PRODUCTION, bureau.production_url)
    with pytest.raises(ForbiddenHost):
        Route(HOMOLOGATION, bureau.production_url)
    if bureau.homologation_url is not None:
        Route(HOMOLOGATION, bureau.homologation_url)
        with pytest.raises(ForbiddenHost):
            Route(PRODUCTION, bureau.homologation_url)


@pytest.mark.parametrize("bureau", BUREAUS.values(), ids=lambda bureau: bureau.code)
@pytest.mark.parametrize("environment", list(Environment))
def test_configured_root_takes_the_place_of_the_providers_host(bureau: BureauFacts, environment: Environment) -> None:
    assert bureau.url(environment, "http://127.0.0.1:3001/") == f"http://127.0.0.1:3001/bureaus/{bureau.code}"


@given(st.text(max_size=40), st.sampled_from(sorted(PRODUCTION_HOSTS)))
def test_what_the_client_would_call_is_what_was_checked(prefix: str, host: str) -> None:
    """Whenever the HTTP library would reach a production host, the check of homologation refuses."""
    try:
        url = httpx.URL(f"https://{prefix}{host}/")
    except httpx.InvalidURL:
        return
    try:
        route = Route(HOMOLOGATION, str(url))
    except (ForbiddenHost, ValueError):
        return
    assert not any(url.host == name or url.host.endswith(f".{name}") for name in PRODUCTION_HOSTS)
    with pytest.raises(ForbiddenHost):
        route.check(host)
