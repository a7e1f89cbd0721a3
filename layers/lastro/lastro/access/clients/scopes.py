"""Which calls each scope of ``/client/auth`` opens (docs/sources.md, CaaS API). Pure.

| scope        | opens |
|--------------|-------|
| api-external | the external API, but for what the other two scopes are about |
| api-caas     | the CaaS simulation and products |
| api-bu-caas  | products and the Workstation |

Patterns are ``METHOD/path``; a ``*`` at the end stands for the rest of the path. API keys open everything.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PREFIXES = ("api/external/", "")
"""Every path of the external API answers with and without the first of them."""

_EXTERNAL = ("api/external/*", "v2/*", "v2.1/*", "caas/*")
_SIMULATION = ("POST/{prefix}caas/simulation",)
_PRODUCTS = tuple(f"{method}/{{prefix}}v2.1/products*" for method in METHODS)
_WORKSTATION = tuple(f"{method}/{{prefix}}v2.1/proposals*" for method in METHODS)


class Scope(StrEnum):
    """What a client may ask a token for."""

    API_EXTERNAL = "api-external"
    API_CAAS = "api-caas"
    API_BU_CAAS = "api-bu-caas"


def opened_by(scopes: Collection[Scope]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Patterns of calls these scopes allow, and of those refused though a wider pattern allows them."""
    allowed: list[str] = []
    if Scope.API_EXTERNAL in scopes:
        allowed += [f"{method}/{path}" for method in METHODS for path in _EXTERNAL]
    special = {
        Scope.API_CAAS: (*_SIMULATION, *_PRODUCTS),
        Scope.API_BU_CAAS: (*_PRODUCTS, *_WORKSTATION),
    }
    opened = {pattern for scope in scopes for pattern in special.get(scope, ())}
    if Scope.API_EXTERNAL not in scopes:
        allowed += _spell(opened)
        return tuple(allowed), ()
    return tuple(allowed), _spell({*_SIMULATION, *_PRODUCTS} - opened)


def _spell(patterns: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(pattern.format(prefix=prefix) for pattern in patterns for prefix in PREFIXES))
