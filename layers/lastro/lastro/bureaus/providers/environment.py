"""Production or homologation, and the rule that keeps a call of one from ever reaching a host of the other.

Pure: ``http.send`` applies it to every request right before it leaves.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from lastro.kernel.dataclass import dataclass


class Environment(StrEnum):
    """Where an integration works."""

    PRODUCTION = "production"
    HOMOLOGATION = "homologation"


BUREAU_DOMAINS = frozenset(
    {
        "serasaexperian.com.br",
        "serasa.com.br",
        "serasa.dev",
        "connectsa.com.br",
        "creditonamedida.com.br",
        "spc.org.br",
        "spcbrasil.com.br",
    }
)
"""The bureaus' own domains. A host of theirs that is not known to be for tests charges inquiries."""

HOMOLOGATION_HOSTS = frozenset(
    {
        "uat-api.serasaexperian.com.br",
        "sandbox-api.serasaexperian.com.br",
        "api.serasa.dev",
        "homologacao.spc.org.br",
        "treina.spc.org.br",
        "treinamento.spcbrasil.com.br",
    }
)
"""The bureaus' own test hosts, whose answers are scrambled and mean nothing in production."""


class ForbiddenHost(ValueError):
    """The address does not belong to the environment. The message names neither."""


@dataclass(frozen=True)
class Route:
    """Where an integration's calls go: production to the bureaus' own hosts over TLS, homologation to any other.

    A test service may stand in for production too, but only on this machine: what has a deployed function's
    credentials never reaches one. Raises ``ForbiddenHost`` when built for an address of the other environment.
    """

    environment: Environment
    base_url: str

    def __post_init__(self) -> None:
        address = self._address
        if address.scheme not in ("http", "https") or "@" in address.netloc:
            raise ForbiddenHost("no plain address of HTTP")
        self.check(address.hostname or "")
        if self.environment is Environment.PRODUCTION and address.scheme == "http" and not self._is_local:
            raise ForbiddenHost("production without TLS")

    @property
    def _address(self) -> SplitResult:
        try:
            return urlsplit(self.base_url)
        except ValueError as error:
            raise ForbiddenHost("no address") from error

    @property
    def _host(self) -> str:
        return _canonical(self._address.hostname or "")

    @property
    def _is_local(self) -> bool:
        return _is_loopback(self._host)

    def check(self, host: str) -> None:
        """Let a call to ``host`` pass. Raises ``ForbiddenHost`` unless it is this route's host and environment."""
        called = _canonical(host)
        if not called or called != self._host:
            raise ForbiddenHost("the host is not the one of the integration")
        if self.environment is Environment.HOMOLOGATION and _charges(called):
            raise ForbiddenHost("a production host in homologation")
        if self.environment is Environment.PRODUCTION and not (_charges(called) or self._is_local):
            raise ForbiddenHost("a test host in production")


def _canonical(host: str) -> str:
    """Lower case, and without the dot that ends a fully qualified name."""
    return host.lower().rstrip(".")


def _charges(host: str) -> bool:
    return _is_among(host, BUREAU_DOMAINS) and not _is_among(host, HOMOLOGATION_HOSTS)


def _is_among(host: str, known: frozenset[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in known)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
