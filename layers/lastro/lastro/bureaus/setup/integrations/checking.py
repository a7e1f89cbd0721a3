"""What is wrong with an integration as it was sent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lastro.bureaus.errors import (
    BRANCH_NOT_FOUND,
    BRANCH_TAKEN,
    FOREIGN_REPORT,
    NOT_A_MANAGER,
    TOO_MANY_INTEGRATIONS,
    UNCHANGEABLE,
    UNKNOWN_PROVIDER,
)
from lastro.bureaus.model import Integration, Setup
from lastro.bureaus.providers.catalogue import BUREAUS, BureauFacts
from lastro.bureaus.providers.integration_fields import Value
from lastro.bureaus.setup.integrations.requests import ChangedIntegration
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    pass


MAX_INTEGRATIONS = 200


def find_facts(provider: str) -> BureauFacts:
    facts = BUREAUS.get(provider)
    if facts is None:
        raise InvalidInput([UNKNOWN_PROVIDER.at("bureau_integration.provider")])
    return facts


def check_unchanged(sent: ChangedIntegration, known: Integration) -> None:
    pairs = {
        "provider": (sent.provider, known.provider),
        "branch_id": (sent.branch_id, known.branch_id),
        "panel": (sent.panel, known.panel),
    }
    errors = [
        UNCHANGEABLE.at(f"bureau_integration.{name}")
        for name, (told, kept) in pairs.items()
        if told not in (None, kept)
    ]
    if errors:
        raise InvalidInput(errors)


def check_sharing(panel: Panel, shared_with: object) -> None:
    if shared_with and panel is not Panel.MANAGER:
        raise InvalidInput([NOT_A_MANAGER.at("bureau_integration.shared_with")])


def check_prices(facts: BureauFacts, fields: Mapping[str, Value], prices: Mapping[str, int]) -> None:
    published = {report.code for report in facts.reports}
    if isinstance(plan := fields.get("plan"), str):
        published.add(plan)
    unknown = [code for code in prices if published and code not in published]
    if unknown:
        raise InvalidInput([FOREIGN_REPORT.at("bureau_integration.prices")])


def check_branch(setup: Setup, branch_id: int, caller: Caller) -> None:
    branch = setup.branch(branch_id)
    if branch is None or not caller.shares(branch.store_id):
        raise BRANCH_NOT_FOUND()
    if branch.integration_id is not None:
        raise BRANCH_TAKEN()
    if len(setup.integrations) >= MAX_INTEGRATIONS:
        raise TOO_MANY_INTEGRATIONS(most=MAX_INTEGRATIONS)
