"""An integration as its partner reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.setup.codes.defaults import automatic_block, missing_defaults
from lastro.bureaus.setup.views import AutomaticRuns, IntegrationView, SecretState
from lastro.kernel.calendar import format_moment

if TYPE_CHECKING:
    from lastro.bureaus.model import Integration, Setup
    from lastro.bureaus.records import CodeList, TokenRecord


def view_integration(
    setup: Setup, integration: Integration, codes: CodeList | None, token: TokenRecord | None
) -> IntegrationView:
    facts = BUREAUS[integration.provider]
    block = automatic_block(integration, codes)
    return IntegrationView(
        id=integration.id,
        provider=integration.provider,
        branch_id=integration.branch_id,
        linked_branch_ids=[branch.id for branch in setup.branches_of(integration.id)],
        environment=integration.environment.value,
        panel=integration.panel.value,
        shared_with=[panel.value for panel in integration.shared_with],
        fields={name: list(value) if isinstance(value, tuple) else value for name, value in integration.fields.items()},
        secrets=[
            SecretState(name=name, replaced_at=format_moment(integration.secrets.get(name)))
            for name in facts.secret_fields
        ],
        features=None if integration.features is None else list(integration.features),
        prices=dict(integration.prices),
        automatic=AutomaticRuns(
            enabled=integration.automatic,
            blocked_by=block.code if block else None,
            missing_codes=list(missing_defaults(integration, codes)),
        ),
        token_updated_at=format_moment(token.updated_at) if token else None,
        created_at=format_moment(integration.created_at),
        updated_at=format_moment(integration.updated_at),
    )
