"""Production or homologation, and the rule that keeps a call of one from ever reaching a host of the other.

Pure: ``http.send`` applies it to every request right before it leaves (reference bureaus.md §0, §7.3 no. 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class Environment(StrEnum):
    """Where an integration works (seeds, "Ambiente")."""

    PRODUCTION = "production"
    HOMOLOGATION = "homologation"


PRODUCTION_HOSTS = frozenset(
    {
        "api.serasaexperian.com.br",
        "api.serasa.com.br",
        "sistemas.connectsa.com.br",
        "appv2.creditonamedida.com.br",
        "servicos.spc.org.br",
    }
)
"""Every bureau host where an inquiry is charged or a listing is real, whichever provider it belongs to."""

HOMOLOGATION_HOSTS = frozenset(
    {"uat-api.serasaexperian.com.br", "sandbox-api.serasaexperian.com.br", "api.serasa.dev", "homologacao.spc.org.br"}
)
"""The bureaus' own test hosts, whose answers are scrambled and mean nothing in production."""


class ForbiddenHost(ValueError):
    """The address does not belong to the environment. The message names neither."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where an integration's calls go. Raises ``ForbiddenHost`` when built for an address of the other environment."""

    environment: Environment
    base_url: str

    def __post_init__(self) -> None:
        self.check(self._host)

    @property
    def _host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    def check(self, host: str) -> None:
        """Let a call to ``host`` pass. Raises ``ForbiddenHost`` unless it is this route's host and environment."""
        called = _canonical(host)
        if not called or called != _canonical(self._host):
            raise ForbiddenHost("the host is not the one of the integration")
        if self.environment is Environment.HOMOLOGATION and _is_among(called, PRODUCTION_HOSTS):
            raise ForbiddenHost("a production host in homologation")
        if self.environment is Environment.PRODUCTION and _is_among(called, HOMOLOGATION_HOSTS):
            raise ForbiddenHost("a homologation host in production")


def _canonical(host: str) -> str:
    """Lower case, and without the dot that ends a fully qualified name."""
    return host.lower().removesuffix(".")


def _is_among(host: str, known: frozenset[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in known)
