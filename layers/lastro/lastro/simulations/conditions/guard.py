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

    @asynccontextmanager
    async def watch(self, bank: str) -> AsyncIterator[None]:
        """Run calls to a bank under its breaker.

        Raises ``Retryable`` with ``bank_unavailable`` without calling while the breaker is open. Counts ``Retryable``
        and ``Unknown`` as failures; anything else means that the bank is there.
        """
        await self._enter(bank)
        try:
            yield
        except (Retryable, Unknown):
            await self._count_failure(bank)
            raise
        await self._count_success(bank)

    async def _enter(self, bank: str) -> None:
        breaker = self._known.get(bank, Breaker())
        now = self._now_ms()
        if breaker.wants_probe(now):
            probing = Breaker(breaker.failures, now + PROBE_MS)
            self._known[bank] = probing
            if await asyncio.to_thread(self._store.claim_probe, bank, breaker, probing.open_until):
                return
            breaker = probing
        if breaker.is_open(now):
            note("BreakerRefusals", 1, bank=bank)
            raise Retryable("the bank keeps failing and is left alone for a moment", code=Reason.BANK_UNAVAILABLE)

    async def _count_failure(self, bank: str) -> None:
        failures = await asyncio.to_thread(self._store.count_failure, bank)
        open_until = self._known.get(bank, Breaker()).open_until
        if Breaker(failures).opens_at(failures):
            open_until = self._now_ms() + OPEN_MS
            await asyncio.to_thread(self._store.open_breaker, bank, open_until)
            note("BreakerOpened", 1, bank=bank)
        self._known[bank] = Breaker(failures, open_until)

    async def _count_success(self, bank: str) -> None:
        if self._known.get(bank, Breaker()) != Breaker():
            self._known[bank] = Breaker()
            await asyncio.to_thread(self._store.close_breaker, bank)
            note("BreakerClosed", 1, bank=bank)

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)
