"""Reading integrations, as far as a caller sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.bureaus.errors import (
    INTEGRATION_NOT_FOUND,
)
from lastro.bureaus.model import Integration, Setup
from lastro.bureaus.setup.integrations.path_requests import FindIntegration
from lastro.bureaus.setup.integrations.view import view_integration
from lastro.bureaus.setup.views import IntegrationAnswer, IntegrationList
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.bureaus.setup.store import SetupStore
    from lastro.bureaus.tokens.store import TokenStore


@dataclass(frozen=True)
class IntegrationReading:
    """Reads integrations; without a way to their secrets."""

    store: SetupStore
    tokens: TokenStore

    def list(self, caller: Caller) -> IntegrationList:
        """Every integration of the partner; with a chosen store those of its branches and of branches of no store."""
        setup = self.store.find_setup(caller.partner_id)
        seen = [each for each in setup.integrations if setup.shows(each, caller)]
        codes = self.store.find_codes([each.id for each in seen])
        tokens = self.tokens.find_many([each.credential for each in seen])
        return IntegrationList(
            data=[view_integration(setup, each, codes.get(each.id), tokens.get(each.credential)) for each in seen]
        )

    def show(self, request: FindIntegration, caller: Caller) -> IntegrationAnswer:
        """Raises ``NotFound``."""
        setup = self.store.find_setup(caller.partner_id)
        return answer_integration(self.store, self.tokens, setup, request.integration_id, caller)


def answer_integration(
    store: SetupStore, tokens: TokenStore, setup: Setup, integration_id: int, caller: Caller
) -> IntegrationAnswer:
    known = find_integration(setup, integration_id, caller)
    codes = store.find_codes([known.id]).get(known.id)
    return IntegrationAnswer(data=view_integration(setup, known, codes, tokens.find(known.credential)))


def find_integration(setup: Setup, integration_id: int, caller: Caller) -> Integration:
    """Raises ``NotFound`` when absent, another partner's or not of the chosen store."""
    found = setup.integration(integration_id)
    if found is None or not setup.shows(found, caller):
        raise INTEGRATION_NOT_FOUND()
    return found
