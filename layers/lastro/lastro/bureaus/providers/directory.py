"""Bureaus opened with an integration's secrets, one adapter per integration while the process lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lastro.bureaus.model import Integration
from lastro.bureaus.ports import Bureau
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.tokens.vaults import IntegrationSecrets

OpenBureau = Callable[[Integration, Mapping[str, str], Mapping[str, str]], Bureau]
"""The adapter of an integration with its fields, secrets included, and our own keys at the provider."""


class IntegratedBureaus:
    """The way from an integration to its bureau."""

    def __init__(self, vault: IntegrationSecrets, open_bureau: OpenBureau) -> None:
        self._vault = vault
        self._open_bureau = open_bureau
        self._open: dict[int, tuple[object, Bureau]] = {}

    def open(self, integration: Integration) -> Bureau:
        """Raises ``RefusedByBureau`` when a secret is absent, or no address belongs to the environment."""
        secrets = self._vault.read(integration)
        integrator = self._integrator(integration)
        state = (integration.version, secrets, integrator)
        known = self._open.get(integration.id)
        if known and known[0] == state:
            return known[1]
        bureau = self._bureau(integration, secrets, integrator)
        self._open[integration.id] = (state, bureau)
        return bureau

    def read_fields(self, integration: Integration) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The fields of an integration, secrets included, and our own keys at the provider."""
        plain = {name: value for name, value in integration.fields.items() if isinstance(value, str)}
        return {**plain, **self._vault.read(integration)}, self._integrator(integration)

    def open_with(self, integration: Integration, replaced: Mapping[str, str]) -> Bureau:
        """The same with some secrets that are not stored yet."""
        secrets = {**self._vault.read(integration), **replaced}
        return self._bureau(integration, secrets, self._integrator(integration))

    def forget(self, integration: Integration) -> None:
        """Read its secrets afresh next time: the bureau refused them."""
        self._vault.forget(integration)
        self._vault.forget_integrator(integration.provider)
        self._open.pop(integration.id, None)

    def _integrator(self, integration: Integration) -> Mapping[str, str]:
        wanted = BUREAUS[integration.provider].integrator_keys
        return self._vault.read_integrator(integration.provider) if wanted else {}

    def _bureau(self, integration: Integration, secrets: Mapping[str, str], integrator: Mapping[str, str]) -> Bureau:
        plain = {name: value for name, value in integration.fields.items() if isinstance(value, str)}
        return self._open_bureau(integration, {**plain, **secrets}, integrator)
