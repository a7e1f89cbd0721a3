"""Renewing tokens before they expire, so that no inquiry waits for a login ("renovando chaves")."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from lastro.bureaus.tokens.obtaining import TokenKeeper, TokenOwner
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import LastroError, Permanent

if TYPE_CHECKING:
    from lastro.bureaus.model import Integration
    from lastro.bureaus.providers.directory import IntegratedBureaus
    from lastro.bureaus.records import TokenRecord
    from lastro.bureaus.setup.store import SetupStore
    from lastro.bureaus.tokens.store import TokenStore
    from lastro.kernel.calendar import Clock

AGAIN = timedelta(minutes=1)
"""When a token whose renewal failed is tried again."""

MAX_TOKENS = 200
"""A run renews the most urgent; the next run takes up the rest."""

Counts = dict[str, int]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TokenRefresh:
    """Renews every token that is due."""

    store: TokenStore
    setups: SetupStore
    bureaus: IntegratedBureaus
    keeper: TokenKeeper
    clock: Clock
    run_loop: Callable[[Coroutine[Any, Any, Counts]], Counts]

    def run(self, business_date: date) -> Counts:  # noqa: ARG002 - a token is due at its moment, not at a date
        """Renew what is due; a token nobody can use any more is left to expire. Returns what was done, counted."""
        return self.run_loop(self._run())

    async def _run(self) -> Counts:
        due: list[TokenRecord] = []
        for record in self.store.list_due(self.clock.now()):
            due.append(record)
            if len(due) >= MAX_TOKENS:
                break
        counts = {"due": len(due), "renewed": 0, "failed": 0, "retired": 0}
        results = await asyncio.gather(*map(self._refresh, due), return_exceptions=True)
        for record, result in zip(due, results, strict=True):
            match result:
                case str():
                    counts[result] += 1
                case Exception():
                    # One vault or table that fails must not keep the others' tokens from being renewed.
                    fields = {"integration_id": record.integration_id, "fault": type(result).__name__}
                    _log.warning("token renewal crashed", extra=fields)
                    counts["failed"] += 1
                case BaseException():
                    raise result
        return counts

    async def _refresh(self, record: TokenRecord) -> str:
        # Moved on first: what fails every time, wherever it does, does not stand before the others in the next run.
        await asyncio.to_thread(self.store.postpone, record, self.clock.now() + AGAIN)
        integration = await asyncio.to_thread(self._find_user, record)
        if integration is None:
            await asyncio.to_thread(self.store.retire, record)
            return "retired"
        owner = TokenOwner.of(record.partner_id, integration)
        try:
            bureau = await asyncio.to_thread(self.bureaus.open, integration)
            await self.keeper.refresh(owner, bureau, record)
        except LastroError as error:
            if isinstance(error, Permanent):
                # Left to whoever uses it next: else what can never be renewed would be in front of the others.
                await asyncio.to_thread(self.store.retire, record)
            fields = {"integration_id": integration.id, "provider": integration.provider, "code": error.code}
            _log.warning("token not renewed", extra=fields)
            return "failed"
        return "renewed"

    def _find_user(self, record: TokenRecord) -> Integration | None:
        """An integration in use that logs in with the credential."""
        setup = self.setups.find_setup(record.partner_id)
        if not setup.settings.enabled:
            return None
        linked = (each for each in setup.integrations if setup.branches_of(each.id))
        return next((each for each in linked if each.credential == record.credential), None)
