"""Secrets of integrations and tokens of credentials in the vault, each a secret of its own.

The vault is opened when something is wanted of it: an inquiry answered out of the table never needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lastro.bureaus.book import HeldToken
from lastro.bureaus.ports import BureauToken

if TYPE_CHECKING:
    from lastro.aws.secrets import Secrets


class IntegrationSecrets:
    """Implements ``SecretVault``. One secret a field, so that two passwords may be replaced at the same time."""

    def __init__(self, secrets: Callable[[], Secrets]) -> None:
        self._secrets = secrets
        self._versions: dict[str, str] = {}

    def store(self, integration_id: int, name: str, value: str) -> None:
        self._secrets().store(_secret_name(integration_id, name), {"value": value})

    def remove(self, integration_id: int, names: Sequence[str]) -> None:
        for name in names:
            self._secrets().remove(_secret_name(integration_id, name))

    def read(self, integration_id: int, replaced: Mapping[str, str]) -> dict[str, str]:
        """The secrets that exist, by field; one replaced since the last reading is read afresh."""
        found = {}
        for name, moment in replaced.items():
            secret = _secret_name(integration_id, name)
            if self._versions.get(secret) != moment:
                self._secrets().forget(secret)
                self._versions[secret] = moment
            if fields := self._secrets().read(secret):
                found[name] = fields["value"]
        return found

    def forget(self, integration_id: int, names: Sequence[str]) -> None:
        for name in names:
            self._secrets().forget(_secret_name(integration_id, name))

    def read_integrator(self, provider: str) -> dict[str, str]:
        """The keys that the provider gave to this system, for every integration; none before they are stored."""
        return self._secrets().read(_integrator_name(provider)) or {}

    def forget_integrator(self, provider: str) -> None:
        self._secrets().forget(_integrator_name(provider))


class TokenSecrets:
    """Implements ``TokenVault``."""

    def __init__(self, secrets: Callable[[], Secrets]) -> None:
        self._secrets = secrets

    def read(self, credential: str) -> HeldToken | None:
        name = _token_name(credential)
        self._secrets().forget(name)  # a token is only asked for here when the process has no good one
        fields = self._secrets().read(name)
        if fields is None:
            return None
        expires_at = datetime.fromtimestamp(int(fields["expires_at"]) / 1000, UTC)
        return HeldToken(int(fields["version"]), BureauToken(fields["value"], expires_at))

    def store(self, credential: str, held: HeldToken) -> None:
        expires_at = int(held.token.expires_at.timestamp() * 1000)
        self._secrets().store(
            _token_name(credential),
            {"value": held.token.value, "version": str(held.version), "expires_at": str(expires_at)},
        )


def _secret_name(integration_id: int, name: str) -> str:
    return f"bureaus/integrations/{integration_id}/{name}"


def _integrator_name(provider: str) -> str:
    return f"bureaus/integrators/{provider}"


def _token_name(credential: str) -> str:
    return f"bureaus/tokens/{credential}"
