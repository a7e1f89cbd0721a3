"""Homologation never reaches a production host, whatever the address looks like."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.catalog import BUREAUS, BureauFacts
from lastro.bureaus.environment import HOMOLOGATION_HOSTS, PRODUCTION_HOSTS, Environment, ForbiddenHost, Route

PRODUCTION, HOMOLOGATION = Environment.PRODUCTION, Environment.HOMOLOGATION


@pytest.mark.parametrize("host", sorted(PRODUCTION_HOSTS))
@pytest.mark.parametrize(
    "form",
    [
        "https://{}",
        "https://{}/path",
        "https://{}:8443",
        "https://{}.",
        "http://{}",
        "https://user:secret@{}",
        "https://uat-api.serasaexperian.com.br@{}",
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
def test_no_host_is_no_route(environment: Environment) -> None:
    for address in ("", "https://", "/path", "not an address"):
        with pytest.raises(ForbiddenHost):
            Route(environment, address)


@pytest.mark.parametrize("environment", list(Environment))
def test_route_lets_its_own_host_pass_and_no_other(environment: Environment) -> None:
    route = Route(environment, "http://bureaus.example:3001/bureaus/serasa")

    route.check("bureaus.example")
    route.check("BUREAUS.example.")
    for host in ("", "example", "bureaus.example.evil", "127.0.0.1", *PRODUCTION_HOSTS, *HOMOLOGATION_HOSTS):
        with pytest.raises(ForbiddenHost):
            route.check(host)


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
def test_configured_root_wins_in_both_environments(bureau: BureauFacts, environment: Environment) -> None:
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
