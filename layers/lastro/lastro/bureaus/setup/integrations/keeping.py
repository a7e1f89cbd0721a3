"""Use cases of integrations. A secret goes to the vault before the integration is known, and never comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lastro.bureaus.errors import (
    INTEGRATION_BUSY,
    INTEGRATION_HAS_LISTINGS,
    SECRETS_REQUIRED,
)
from lastro.bureaus.model import Integration, Leftover, Setup
from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.bureaus.providers.integration_fields import Value, check_features, check_fields
from lastro.bureaus.records import MAX_LINKS
from lastro.bureaus.setup.integrations.checking import (
    check_branch,
    check_prices,
    check_sharing,
    check_unchanged,
    find_facts,
)
from lastro.bureaus.setup.integrations.credential import login_of, name_credential, renew_credential
from lastro.bureaus.setup.integrations.path_requests import FindIntegration
from lastro.bureaus.setup.integrations.reading import answer_integration, find_integration
from lastro.bureaus.setup.integrations.requests import CreateIntegration, UpdateIntegration
from lastro.bureaus.setup.views import IntegrationAnswer
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Conflict, InvalidInput, NotFound
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.bureaus.setup.store import SetupStore
    from lastro.bureaus.tokens.store import TokenStore
    from lastro.bureaus.tokens.vaults import IntegrationSecrets

SECRETS_GRACE = timedelta(minutes=5)
"""Longer than a request lives: secrets noted before then may still find their integration."""
CLOSING = timedelta(seconds=60)
"""Longer than a request lives: by then an integration that was to go is gone, or stays."""


@dataclass(frozen=True)
class Integrations:
    """What partners change about integrations."""

    store: SetupStore
    tokens: TokenStore
    vault: IntegrationSecrets
    clock: Clock

    def create(self, request: CreateIntegration, caller: Caller) -> IntegrationAnswer:
        """Keep a new integration and link its branch to it; the same request again answers it as it is now.

        Raises ``InvalidInput`` naming every wrong field, ``NotFound`` for an unknown branch and ``Conflict`` when the
        branch has an integration, be it that of a request a moment earlier.
        """
        asked = request.bureau_integration
        facts = find_facts(asked.provider)
        check_sharing(asked.panel, asked.shared_with)
        fields, secrets = check_fields(facts, asked.fields)
        features = check_features(facts, asked.features)
        check_prices(facts, fields, asked.prices)
        partner_id = caller.partner_id
        keyed = KeyedRequest.of(f"create_integration#{caller.holder}", request.idempotency_key, _canonical(request))
        integration_id: int | None = None

        def create_once() -> IntegrationAnswer | None:
            nonlocal integration_id
            now = self.clock.now()
            setup = self.store.find_setup(partner_id)
            first = self.store.find_answer(keyed, now)
            if first is not None:
                self._discard(partner_id, integration_id, secrets)
                return answer_integration(
                    self.store, self.tokens, self.store.find_setup(partner_id), int(first), caller
                )
            check_branch(setup, asked.branch_id, caller)
            if integration_id is None:
                self._tidy(partner_id, setup, now)
                integration_id = self.store.reserve_id("bureau_integration")
                due = now + SECRETS_GRACE
                self.store.note_leftover(partner_id, Leftover(integration_id, tuple(secrets), due))
                for name, value in secrets.items():
                    self.vault.store(integration_id, asked.environment, name, value)
            login = login_of({**_texts(fields), **secrets})
            integration = Integration(
                id=integration_id,
                provider=facts.code,
                branch_id=asked.branch_id,
                environment=asked.environment,
                fields=fields,
                secrets=dict.fromkeys(secrets, now),
                credential=name_credential(partner_id, facts.code, asked.environment, login),
                created_at=now,
                updated_at=now,
                panel=asked.panel,
                shared_with=tuple(map(Panel, dict.fromkeys(asked.shared_with))),
                automatic=asked.automatic,
                features=features,
                prices=asked.prices,
            )
            answered = Answered.to(keyed, str(integration_id), now)
            if not self.store.add_integration(partner_id, integration, answered):
                return None
            return answer_integration(
                self.store, self.tokens, self.store.find_setup(partner_id), integration_id, caller
            )

        try:
            return until_committed(create_once, INTEGRATION_BUSY)
        except (NotFound, Conflict):
            self._discard(partner_id, integration_id, secrets)
            raise

    def update(self, request: UpdateIntegration, caller: Caller) -> IntegrationAnswer:
        """Change what was sent and nothing else; secrets too are replaced here when sent among the fields.

        A request that changes nothing makes no version.

        Raises ``NotFound``, ``InvalidInput``, and ``Conflict`` for another environment while listings stand in this
        one.
        """
        sent = request.bureau_integration

        def update_once() -> IntegrationAnswer | None:
            setup = self.store.find_setup(caller.partner_id)
            known = find_integration(setup, request.integration_id, caller)
            check_unchanged(sent, known)
            facts = BUREAUS[known.provider]
            fields, secrets = check_fields(facts, sent.fields, known.fields)
            named = sent.model_fields_set
            shared_with = known.shared_with
            if "shared_with" in named:
                shared_with = tuple(map(Panel, dict.fromkeys(sent.shared_with or ())))
            check_sharing(known.panel, shared_with)
            features = check_features(facts, sent.features) if "features" in named else known.features
            check_prices(facts, fields, sent.prices or {})
            environment = sent.environment or known.environment
            if environment is not known.environment and set(facts.secret_fields) != set(secrets):
                # A credential belongs to one environment: it is never tried in the other.
                raise InvalidInput([SECRETS_REQUIRED.at("bureau_integration.fields")])
            if environment is not known.environment:
                self._close(caller.partner_id, known.id)
            for name, value in secrets.items():
                self.vault.store(known.id, environment, name, value)
            now = self.clock.now()
            changed = replace(
                known,
                environment=environment,
                fields=fields,
                secrets={**known.secrets, **dict.fromkeys(secrets, now)},
                credential=_credential_after(caller.partner_id, known, environment, fields, secrets),
                shared_with=shared_with,
                automatic=bool(sent.automatic) if "automatic" in named else known.automatic,
                features=features,
                prices=sent.prices or {} if "prices" in named else known.prices,
            )
            if changed == known:
                return answer_integration(self.store, self.tokens, setup, known.id, caller)
            changed = replace(changed, updated_at=now, version=known.version + 1)
            if not self.store.replace_integration(caller.partner_id, changed):
                return None
            setup = self.store.find_setup(caller.partner_id)
            return answer_integration(self.store, self.tokens, setup, changed.id, caller)

        return until_committed(update_once, INTEGRATION_BUSY)

    def delete(self, request: FindIntegration, caller: Caller) -> None:
        """Forget an integration, its links and its secrets; its inquiries stay on record.

        Raises ``NotFound``, and ``Conflict`` while listings that only it can take down may stand at the bureau.
        """
        partner_id = caller.partner_id

        def delete_once() -> Integration | None:
            now = self.clock.now()
            setup = self.store.find_setup(partner_id)
            self._tidy(partner_id, setup, now)
            known = find_integration(setup, request.integration_id, caller)
            self._close(partner_id, known.id)
            linked = setup.branches_of(known.id)
            for branch in linked[MAX_LINKS:]:
                self.store.unlink(partner_id, branch, known.id, now)
            leftover = Leftover(known.id, tuple(known.secrets), now)
            removed = self.store.remove_integration(partner_id, known, linked[:MAX_LINKS], leftover, now)
            return known if removed else None

        gone = until_committed(delete_once, INTEGRATION_BUSY)
        self._discard(partner_id, gone.id, gone.secrets)

    def _close(self, partner_id: str, integration_id: int) -> None:
        """Raises ``Conflict`` while listings stand through an integration.

        Told first, looked for then; who sends an inclusion keeps its row first and asks then: one of both sees the
        other. What was told lapses by itself.
        """
        self.store.close_integration(partner_id, integration_id, self.clock.now() + CLOSING)
        if self.store.has_listings(partner_id, "integration", integration_id):
            raise INTEGRATION_HAS_LISTINGS()

    def _tidy(self, partner_id: str, setup: Setup, now: datetime) -> None:
        """Remove the secrets that earlier requests left in the vault when their process died."""
        for leftover in setup.leftovers:
            if leftover.due <= now:
                self._discard(partner_id, leftover.integration_id, leftover.names)

    def _discard(self, partner_id: str, integration_id: int | None, names: Iterable[str]) -> None:
        """Remove secrets that no integration owns; nothing when none were stored yet."""
        if integration_id is not None:
            self.vault.remove(integration_id, list(names))
            self.store.drop_leftover(partner_id, integration_id)


def _credential_after(
    partner_id: str,
    known: Integration,
    environment: Environment,
    fields: Mapping[str, Value],
    secrets: Mapping[str, str],
) -> str:
    """The login's name: another one where the login or a secret changes, since no token of before is used then.

    Where the login is a secret that was not sent, it is still the one before.
    """
    login = login_of({**_texts(fields), **secrets})
    unchanged = environment is known.environment and login in ("", login_of(_texts(known.fields)))
    if unchanged and not secrets:
        return known.credential
    name = name_credential(partner_id, known.provider, environment, login) if login else known.credential
    return renew_credential(name, known.version + 1)


def _texts(fields: Mapping[str, Value]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def _canonical(request: CreateIntegration) -> str:
    return request.bureau_integration.model_dump_json()
