"""What the use cases of webhooks ask of the outside: names resolved, requests sent, secrets kept, messages queued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from lastro.webhooks.callbacks.addresses import IpAddress
from lastro.webhooks.deliveries.model import Outcome


class Resolver(Protocol):
    """The name service."""

    def resolve(self, host: str) -> Sequence[IpAddress]:
        """Every address a name leads to, empty when it leads nowhere."""
        ...


class Sender(Protocol):
    """Posts a notice to an address that is checked once more."""

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """One try. Never raises for what the address does or does not do; the outcome tells."""
        ...


class Vault(Protocol):
    """Where secrets are kept."""

    def store(self, name: str, fields: Mapping[str, str]) -> str:
        """Keep a secret in the place of the one before; its version."""
        ...

    def create(self, name: str, fields: Mapping[str, str]) -> bool:
        """Keep a secret where there is none; false when there is one."""
        ...

    def read(self, name: str, *, seconds: float = 300.0) -> dict[str, str] | None:
        """A secret as it was at most ``seconds`` ago."""
        ...

    def forget(self, name: str) -> None:
        """Read the secret afresh next time."""
        ...


class MessageQueue(Protocol):
    """Where messages go to be worked later."""

    def send(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        """Send JSON messages; raises ``Retryable`` when some could not be sent."""
        ...
