"""Each secret of an integration on its own: replaced, and tested at the bureau ("Alteração de Senhas")."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lastro.bureaus.errors import INTEGRATION_BUSY, UNKNOWN_SECRET
from lastro.bureaus.inquiries.rendering import notice
from lastro.bureaus.model import Integration, Setup
from lastro.bureaus.ports import Bureau, RefusedByBureau
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.integration_fields import secret_field
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.setup.integrations.credential import login_of, name_credential, renew_credential
from lastro.bureaus.setup.integrations.reading import find_integration
from lastro.bureaus.setup.integrations.secret_requests import ReplaceSecret, TestSecret
from lastro.bureaus.setup.integrations.view import view_integration
from lastro.bureaus.setup.views import IntegrationAnswer, SecretTest, SecretTestAnswer
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.bureaus.providers.directory import IntegratedBureaus
    from lastro.bureaus.setup.store import SetupStore
    from lastro.bureaus.tokens.store import TokenStore
    from lastro.bureaus.tokens.vaults import IntegrationSecrets


@dataclass(frozen=True)
class SecretChanges:
    """Replacing secrets."""

    store: SetupStore
    tokens: TokenStore
    vault: IntegrationSecrets
    clock: Clock

    def replace(self, request: ReplaceSecret, caller: Caller) -> IntegrationAnswer:
        """Put one secret in the place of the one before, whose token is used no more.

        Raises ``NotFound`` and ``InvalidInput``.
        """

        def replace_once() -> IntegrationAnswer | None:
            setup, known = _find(self.store, caller, request.integration_id, request.field)
            value = request.secret.value
            self.vault.store(known.id, known.environment, request.field, value)
            now = self.clock.now()
            credential = known.credential
            if login := login_of({request.field: value}):
                credential = name_credential(caller.partner_id, known.provider, known.environment, login)
            changed = replace(
                known,
                secrets={**known.secrets, request.field: now},
                credential=renew_credential(credential, known.version + 1),
                updated_at=now,
                version=known.version + 1,
            )
            if not self.store.replace_integration(caller.partner_id, changed):
                return None
            codes = self.store.find_codes([changed.id]).get(changed.id)
            token = self.tokens.find(changed.credential)
            return IntegrationAnswer(data=view_integration(setup, changed, codes, token))

        return until_committed(replace_once, INTEGRATION_BUSY)


@dataclass(frozen=True)
class SecretTests:
    """Trying secrets at their bureau, free of charge."""

    store: SetupStore
    bureaus: IntegratedBureaus
    run: Callable[[Coroutine[Any, Any, None]], None]

    def test(self, request: TestSecret, caller: Caller) -> SecretTestAnswer:
        """Ask the bureau whether it accepts a secret: the one sent, or the stored one.

        Raises ``NotFound``, ``InvalidInput`` and, when the bureau cannot tell now, ``Retryable``.
        """
        _, known = _find(self.store, caller, request.integration_id, request.field)
        try:
            self.run(self._bureau(known, request).check_credential(request.field))
        except RefusedByBureau as error:
            if error.code != BureauReason.INVALID_CREDENTIALS:
                raise
            told = notice(error.code)
            return _tell(request.field, accepted=False, code=told["code"], message=told["message"])
        return _tell(request.field, accepted=True)

    def _bureau(self, known: Integration, request: TestSecret) -> Bureau:
        if request.secret.value is None:
            return self.bureaus.open(known)
        return self.bureaus.open_with(known, {request.field: request.secret.value})


def _find(store: SetupStore, caller: Caller, integration_id: int, name: str) -> tuple[Setup, Integration]:
    setup = store.find_setup(caller.partner_id)
    known = find_integration(setup, integration_id, caller)
    if secret_field(BUREAUS[known.provider], name) is None:
        raise UNKNOWN_SECRET()
    return setup, known


def _tell(field: str, *, accepted: bool, code: str | None = None, message: str | None = None) -> SecretTestAnswer:
    return SecretTestAnswer(data=SecretTest(field=field, accepted=accepted, code=code, message=message))
