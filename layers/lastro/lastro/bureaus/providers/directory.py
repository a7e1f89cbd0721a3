"""Bureaus opened with an integration's secrets, one adapter per integration while the process lives.

The HTTP client and the adapters load when the first bureau is wanted: an inquiry that waits in the queue, or is
answered out of the table, needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lastro.bureaus.model import Integration
from lastro.bureaus.ports import Bureau
from lastro.bureaus.providers.catalog import BUREAUS
from lastro.bureaus.tokens.vaults import IntegrationSecrets
from lastro.kernel.calendar import Clock

if TYPE_CHECKING:
    import httpx


class IntegratedBureaus:
    """The way from an integration to its bureau.

    ``base_url`` is the root of a test service, empty where real bureaus are called.
    """

    def __init__(
        self,
        vault: IntegrationSecrets,
        open_http: Callable[[], httpx.AsyncClient],
        clock: Clock,
        base_url: str = "",
    ) -> None:
        self._vault = vault
        self._open_http = open_http
        self._http: httpx.AsyncClient | None = None
        self._clock = clock
        self._base_url = base_url or None
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
        from lastro.vendors.bureaus.gateway import open_bureau

        self._http = self._http or self._open_http()
        plain = {name: value for name, value in integration.fields.items() if isinstance(value, str)}
        return open_bureau(
            integration.provider,
            environment=integration.environment,
            fields={**plain, **secrets},
            http=self._http,
            clock=self._clock,
            base_url=self._base_url,
            integrator=integrator,
        )
