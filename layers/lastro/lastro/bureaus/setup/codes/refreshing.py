"""Pulling the provider's restriction codes and reports, on request. Who only reads them needs no token and no loop."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from lastro.bureaus.errors import NO_CODE_LIST
from lastro.bureaus.model import Integration
from lastro.bureaus.ports import Bureau, BureauToken, Product, RestrictionCode
from lastro.bureaus.providers.catalogue import BUREAUS, BureauFacts
from lastro.bureaus.records import CodeList
from lastro.bureaus.setup.codes.lists import tell_codes
from lastro.bureaus.setup.integrations.path_requests import RefreshCodes
from lastro.bureaus.setup.integrations.reading import find_integration
from lastro.bureaus.setup.views import CodesAnswer
from lastro.bureaus.tokens.obtaining import TokenKeeper, TokenOwner
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.bureaus.providers.directory import IntegratedBureaus
    from lastro.bureaus.setup.store import SetupStore

_Lists = tuple[tuple[RestrictionCode, ...], tuple[Product, ...]]


@dataclass(frozen=True)
class CodeRefresh:
    """Pulling the lists ("Atualizar códigos de restrição")."""

    store: SetupStore
    bureaus: IntegratedBureaus
    tokens: TokenKeeper
    clock: Clock
    run: Callable[[Coroutine[Any, Any, _Lists]], _Lists]

    def refresh(self, request: RefreshCodes, caller: Caller) -> CodesAnswer:
        """Put the provider's present lists in the place of those before; a default code that is gone is named.

        Raises ``NotFound``, ``BusinessRefusal`` for a provider without lists, and what the bureau raises.
        """
        known = find_integration(self.store.find_setup(caller.partner_id), request.integration_id, caller)
        facts = BUREAUS[known.provider]
        if not (facts.lists_codes or facts.lists_reports):
            raise NO_CODE_LIST()
        codes, products = self.run(self._pull(caller.partner_id, known, facts))
        pulled = CodeList(codes, products, self.clock.now())
        self.store.put_codes(known.id, pulled)
        return tell_codes(known, pulled)

    async def _pull(self, partner_id: str, known: Integration, facts: BureauFacts) -> _Lists:
        bureau = self.bureaus.open(known)
        if not facts.uses_tokens:
            return await _read_lists(bureau, facts, None)
        owner = TokenOwner.of(partner_id, known)
        return await self.tokens.call(owner, bureau, lambda token: _read_lists(bureau, facts, token))


async def _read_lists(bureau: Bureau, facts: BureauFacts, token: BureauToken | None) -> _Lists:
    codes = await bureau.list_codes(token) if facts.lists_codes else ()
    products = await bureau.list_reports(token) if facts.lists_reports else ()
    return codes, products
