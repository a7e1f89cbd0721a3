"""Secrets of integrations and tokens of credentials in the vault, each a secret of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lastro.bureaus.ports import BureauToken
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.providers.integrator_keys import integrator_secret
from lastro.bureaus.records import HeldToken

if TYPE_CHECKING:
    from lastro.aws.secrets import Secrets
    from lastro.bureaus.model import Integration

INTEGRATOR_SECONDS = 5.0
"""The operator's keys have no version in the table: they are read afresh this often, so that replaced ones end."""


class IntegrationSecrets:
    """Where the secrets of integrations go in; only ``IntegratedBureaus`` reads them back.

    One secret a field, so that two passwords may be replaced at the same time.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._versions: dict[str, tuple[datetime, int]] = {}

    def store(self, integration_id: int, environment: Environment, name: str, value: str) -> None:
        self._secrets.store(_secret_name(integration_id, environment, name), {"value": value})

    def remove(self, integration_id: int, names: Sequence[str]) -> None:
        """Of both environments."""
        for environment in Environment:
            for name in names:
                self._secrets.remove(_secret_name(integration_id, environment, name))

    def read(self, integration: Integration) -> dict[str, str]:
        """The secrets that exist, by field; one replaced since the last reading is read afresh."""
        found = {}
        for name, moment in integration.secrets.items():
            secret = _secret_name(integration.id, integration.environment, name)
            version = (moment, integration.version)
            if self._versions.get(secret) != version:
                self._secrets.forget(secret)
                self._versions[secret] = version
            if fields := self._secrets.read(secret):
                found[name] = fields["value"]
        return found

    def forget(self, integration: Integration) -> None:
        for name in integration.secrets:
            self._secrets.forget(_secret_name(integration.id, integration.environment, name))

    def read_integrator(self, provider: str) -> dict[str, str]:
        """The keys that the provider gave to this system, for every integration; none before they are stored."""
        return self._secrets.read(integrator_secret(provider), seconds=INTEGRATOR_SECONDS) or {}

    def forget_integrator(self, provider: str) -> None:
        self._secrets.forget(integrator_secret(provider))


class TokenSecrets:
    """Where token values are, read afresh each time."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def read(self, credential: str) -> HeldToken | None:
        name = _token_name(credential)
        self._secrets.forget(name)  # a token is only asked for here when the process has no good one
        fields = self._secrets.read(name)
        if fields is None:
            return None
        expires_at = datetime.fromtimestamp(int(fields["expires_at"]) / 1000, UTC)
        return HeldToken(int(fields["version"]), BureauToken(fields["value"], expires_at))

    def store(self, credential: str, held: HeldToken) -> None:
        expires_at = int(held.token.expires_at.timestamp() * 1000)
        self._secrets.store(
            _token_name(credential),
            {"value": held.token.value, "version": str(held.version), "expires_at": str(expires_at)},
        )


def _secret_name(integration_id: int, environment: Environment, name: str) -> str:
    """Each environment has its own: a change of it that dies half way leaves nothing to be tried in the other."""
    return f"bureaus/integrations/{integration_id}/{environment.value}/{name}"


def _token_name(credential: str) -> str:
    return f"bureaus/tokens/{credential}"
