"""The way to a bureau: an integration's fields give the adapter, imported only when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.bureaus.errors import NO_BUREAU
from lastro.bureaus.ports import RefusedByBureau
from lastro.bureaus.providers.catalogue import BUREAUS, BureauFacts
from lastro.bureaus.providers.environment import Environment, ForbiddenHost, Route
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.calendar import Clock
from lastro.negativations.providers import LISTING_FACTS
from lastro.vendors.bureaus.failures import forbidden_host, rejected_credentials

if TYPE_CHECKING:
    import httpx

    from lastro.bureaus.ports import Bureau
    from lastro.negativations.ports import ListingBureau


def open_bureau(
    provider: str,
    *,
    environment: Environment,
    fields: Mapping[str, str],
    http: httpx.AsyncClient,
    clock: Clock,
    base_url: str | None = None,
    integrator: Mapping[str, str] | None = None,
) -> Bureau:
    """The adapter of ``provider`` for one integration.

    ``fields`` holds the integration's fields, secrets included, by the catalogue's names. ``base_url`` is the root of
    a test service (its paths start with ``/bureaus/{provider}``); without it the provider's own host of the
    environment is called. ``integrator`` holds the ``integrator_keys`` that the provider gave to this system.

    Raises ``NotFound`` for a provider outside the catalogue and ``RefusedByBureau``: ``invalid_bureau_credentials``
    when a secret is absent or could not travel in a header, ``bureau_integrator_keys_absent`` when the provider's own
    host would get none of ours, ``forbidden_bureau_host`` when the address belongs to the other environment or the
    provider has none for this one.
    """
    facts = BUREAUS.get(provider)
    if facts is None:
        raise NO_BUREAU()
    route = _route(facts, environment, base_url)
    given = _checked(facts, fields)
    ours = {name: key for name in facts.integrator_keys if (key := (integrator or {}).get(name))}
    if base_url is None and len(ours) < len(facts.integrator_keys):
        raise RefusedByBureau("our keys at the provider are absent", code=BureauReason.NO_INTEGRATOR)
    match provider:
        case "serasa":
            from lastro.vendors.bureaus.serasa.client import SerasaBureau

            return SerasaBureau(route=route, fields=given, http=http, clock=clock)
        case "connect_sa":
            from lastro.vendors.bureaus.connect_sa.client import ConnectBureau

            return ConnectBureau(route=route, fields=given, http=http, integrator=ours)
        case "credito_na_medida":
            from lastro.vendors.bureaus.credito_na_medida.client import CreditoNaMedidaBureau

            return CreditoNaMedidaBureau(route=route, fields=given, http=http, clock=clock)
        case _:
            from lastro.vendors.bureaus.spc_brasil.client import SpcBureau

            return SpcBureau(route=route, fields=given, http=http)


def open_listings(
    provider: str,
    *,
    environment: Environment,
    fields: Mapping[str, str],
    http: httpx.AsyncClient,
    base_url: str | None = None,
    integrator: Mapping[str, str] | None = None,
    sms: bool = False,
) -> ListingBureau:
    """The adapter for the listings of ``provider``; everything as ``open_bureau`` takes and raises it.

    PEFIN has hosts of its own. ``sms`` asks for a message to the debtor where the provider sends one.
    """
    facts = BUREAUS.get(provider)
    if facts is None:
        raise NO_BUREAU()
    own = LISTING_FACTS[provider]
    if own.production_url:
        facts = replace(facts, production_url=own.production_url, homologation_url=own.homologation_url)
    route = _route(facts, environment, base_url)
    given = _checked(facts, fields)
    ours = {name: key for name in facts.integrator_keys if (key := (integrator or {}).get(name))}
    if base_url is None and len(ours) < len(facts.integrator_keys):
        raise RefusedByBureau("our keys at the provider are absent", code=BureauReason.NO_INTEGRATOR)
    match provider:
        case "serasa":
            from lastro.vendors.bureaus.serasa.listings import SerasaListings

            return SerasaListings(route=route, http=http)
        case "connect_sa":
            from lastro.vendors.bureaus.connect_sa.listings import ConnectListings

            return ConnectListings(route=route, fields=given, http=http, integrator=ours, sms=sms)
        case "credito_na_medida":
            from lastro.vendors.bureaus.credito_na_medida.listings import CreditoNaMedidaListings

            return CreditoNaMedidaListings(route=route, http=http)
        case _:
            from lastro.vendors.bureaus.spc_brasil.listings import SpcListings

            return SpcListings(route=route, fields=given, http=http)


def _route(facts: BureauFacts, environment: Environment, base_url: str | None) -> Route:
    url = facts.url(environment, base_url)
    if url is None:
        raise forbidden_host()
    try:
        return Route(environment, url)
    except ForbiddenHost as error:
        raise forbidden_host() from error


def _checked(facts: BureauFacts, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields the provider knows that have a value; every secret must be one that can travel."""
    for field in facts.fields:
        value = fields.get(field.name, "")
        if field.secret and not (value.strip() and value.isprintable()):
            raise rejected_credentials()
    return {field.name: fields[field.name] for field in facts.fields if fields.get(field.name)}
