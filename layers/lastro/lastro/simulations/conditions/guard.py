"""Keeps a failing bank from being hammered: the circuit breaker applied to calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.errors import Retryable, Unknown
from lastro.kernel.observing.figures import note
from lastro.simulations.conditions.breaker import OPEN_MS, PROBE_MS, Breaker
from lastro.simulations.conditions.reasons import Reason

if TYPE_CHECKING:
    from lastro.simulations.store import SimulationStore


class BankGuard:
    """The breakers of one batch, as read at its start and changed by its own calls."""

    def __init__(self, store: SimulationStore, clock: Clock, known: Mapping[str, Breaker]) -> None:
        self._store = store
        self._clock = clock
        self._known = dict(known)
        self._counting = asyncio.Lock()

    @asynccontextmanager
    async def watch(self, bank: str) -> AsyncIterator[None]:
        """Run calls to a bank under its breaker.

        Raises ``Retryable`` with ``bank_unavailable`` without calling while the breaker is open. Counts ``Retryable``
        and ``Unknown`` as failures; anything else means that the bank is there.
        """
        probing = await self._enter(bank)
        try:
            yield
        except (Retryable, Unknown):
            # One after the other: when the breaker is open, calls that failed with it have nothing to add.
            async with self._counting:
                await self._count_failure(bank, probing=probing)
            raise
        await self._count_success(bank)

    async def _enter(self, bank: str) -> bool:
        """Whether this call probes the bank."""
        breaker = self._known.get(bank, Breaker())
        now = self._now_ms()
        if breaker.wants_probe(now):
            probing = Breaker(breaker.failures, now + PROBE_MS)
            self._known[bank] = probing
            if await asyncio.to_thread(self._store.pause_bank, bank, breaker, probing.open_until):
                return True
            breaker = probing
        if breaker.is_open(now):
            note("BreakerRefusals", 1, bank=bank)
            raise Retryable("the bank keeps failing and is left alone for a moment", code=Reason.BANK_UNAVAILABLE)
        return False

    async def _count_failure(self, bank: str, *, probing: bool) -> None:
        if not probing and self._known.get(bank, Breaker()).is_open(self._now_ms()):
            return
        seen = await asyncio.to_thread(self._store.count_failure, bank)
        now = self._now_ms()
        if seen.opens and (probing or not seen.is_open(now)):
            open_until = now + OPEN_MS
            if await asyncio.to_thread(self._store.pause_bank, bank, seen, open_until):
                note("BreakerOpened", 1, bank=bank)
            seen = Breaker(seen.failures, open_until)
        self._known[bank] = seen

    async def _count_success(self, bank: str) -> None:
        known = self._known.get(bank, Breaker())
        if known != Breaker():
            self._known[bank] = Breaker()
            await asyncio.to_thread(self._store.close_breaker, bank)
            if known.open_until:
                note("BreakerClosed", 1, bank=bank)

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)
