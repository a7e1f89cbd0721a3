"""Joins branches, integrations and code lists to their adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.bureaus.wiring import open_bureaus, open_keeper, open_setup_store, open_token_store, open_vault, wait_for
from lastro.kernel.calendar import CLOCK

if TYPE_CHECKING:
    from lastro.bureaus.setup.branches import Branches
    from lastro.bureaus.setup.codes.lists import CodeLists
    from lastro.bureaus.setup.codes.refreshing import CodeRefresh
    from lastro.bureaus.setup.integrations.keeping import Integrations
    from lastro.bureaus.setup.integrations.reading import IntegrationReading
    from lastro.bureaus.setup.integrations.secret_changes import SecretChanges, SecretTests
    from lastro.bureaus.setup.preferences import Preferences


@cache
def open_branches() -> Branches:
    from lastro.bureaus.setup.branches import Branches

    return Branches(open_setup_store(), CLOCK)


@cache
def open_integrations() -> Integrations:
    from lastro.bureaus.setup.integrations.keeping import Integrations

    return Integrations(open_setup_store(), open_token_store(), open_vault(), CLOCK)


@cache
def open_integration_reading() -> IntegrationReading:
    from lastro.bureaus.setup.integrations.reading import IntegrationReading

    return IntegrationReading(open_setup_store(), open_token_store())


@cache
def open_secret_changes() -> SecretChanges:
    from lastro.bureaus.setup.integrations.secret_changes import SecretChanges

    return SecretChanges(open_setup_store(), open_token_store(), open_vault(), CLOCK)


@cache
def open_secret_tests() -> SecretTests:
    from lastro.bureaus.setup.integrations.secret_changes import SecretTests

    return SecretTests(open_setup_store(), open_bureaus(), wait_for)


@cache
def open_code_lists() -> CodeLists:
    from lastro.bureaus.setup.codes.lists import CodeLists

    return CodeLists(open_setup_store())


@cache
def open_code_refresh() -> CodeRefresh:
    from lastro.bureaus.setup.codes.refreshing import CodeRefresh

    return CodeRefresh(open_setup_store(), open_bureaus(), open_keeper(), CLOCK, wait_for)


@cache
def open_preferences() -> Preferences:
    from lastro.bureaus.setup.preferences import Preferences

    return Preferences(open_setup_store(), CLOCK)
