"""Pre-analysis, once per simulation and bank whoever needs it first (docs/sources.md, simulations hub)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, MutableMapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.errors import Retryable, Unknown
from lastro.kernel.leases import LOST, TAKEN, Free, Lost, Patience, Taken, share
from lastro.simulations.conditions.guard import BankGuard
from lastro.simulations.conditions.offers import applicant_of
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.model import PreApprovalStatus, Simulation, act_key
from lastro.simulations.ports import Bank, PreApprovalRequest
from lastro.simulations.records import PreApproval

if TYPE_CHECKING:
    from lastro.simulations.store import SimulationStore

ASK_SECONDS = 20.0
"""All a bank may take for a pre-analysis, login and look-up included; less than it may take for a condition."""
LEASE_MS = 25_000
"""Longer than that: a lease that ran out belongs to a process that died, or hangs."""
_PATIENCE = Patience(seconds=12.0, poll=0.05)
_LONGEST_PAUSE_MS = 500
_CLOSE_MS, _CLOSE_PAUSE = 100, 0.015
"""For so long after the answer is expected it is looked for so often."""

_DECIDED = (PreApprovalStatus.REFUSED, PreApprovalStatus.APPROVED)


class PreApprovals:
    """The pre-approvals of one batch: conditions of the same bank share one task, other processes one record."""

    def __init__(
        self,
        store: SimulationStore,
        clock: Clock,
        guard: BankGuard,
        known: Mapping[tuple[str, str], PreApproval],
        took: MutableMapping[str, int],
    ) -> None:
        """``took``: milliseconds of each bank's last pre-analysis, as far as this process knows."""
        self._store = store
        self._clock = clock
        self._guard = guard
        self._known = known
        self._took = took
        self._tasks: dict[tuple[str, str], asyncio.Task[PreApproval]] = {}
        self._storing: list[asyncio.Future[tuple[bool | BaseException]]] = []

    async def settle(self, simulation: Simulation, bank: Bank) -> PreApproval:
        """The bank's decision on this document, asked for at most once at a time.

        Raises what the bank raised to everyone who waited, and ``Retryable`` when another process takes too long.
        """
        name = (simulation.id, bank.code)
        if name not in self._tasks:
            self._tasks[name] = asyncio.create_task(self._settle(simulation, bank))
        # Shielded: one condition giving up must not take the answer from the others.
        return await asyncio.shield(self._tasks[name])

    async def stored(self) -> None:
        """What banks decided is stored: prices are asked for meanwhile. Raises what the storing raised."""
        # Shielded: one giving up must not take what is being stored from the others.
        for [outcome] in await asyncio.shield(asyncio.gather(*self._storing)):
            if isinstance(outcome, BaseException):
                raise outcome

    async def _settle(self, simulation: Simulation, bank: Bank) -> PreApproval:
        first: list[PreApproval | None] = [self._known.get((simulation.id, bank.code))]
        claimed_at: int | None = None

        async def look(_: float) -> PreApproval | Free[PreApproval | None] | Taken:
            nonlocal claimed_at
            # What the batch read at its start is looked at before the table.
            known = (
                first.pop()
                if first
                else await asyncio.to_thread(self._store.find_pre_approval, simulation.id, bank.code)
            )
            if known and known.status in _DECIDED:
                if claimed_at is not None and known.ended_at:
                    self._took[bank.code] = _to_ms(known.ended_at) - claimed_at
                return known
            if known is None or known.lease_until <= self._now_ms():
                return Free(known)
            claimed_at = known.lease_until - LEASE_MS
            return self._taken(bank.code, claimed_at)

        async def ask(known: PreApproval | None) -> PreApproval | Lost:
            lease = self._now_ms() + LEASE_MS
            if not await asyncio.to_thread(self._store.claim_pre_approval, simulation.id, bank.code, lease, known):
                return LOST
            return await self._ask(simulation, bank, lease, repeated=known is not None)

        settled = await share(look, ask, _PATIENCE)
        if settled is None:
            raise Retryable("the pre-analysis of another process takes too long", code=Reason.BANK_TIMEOUT)
        return settled

    async def _ask(self, simulation: Simulation, bank: Bank, lease: int, *, repeated: bool) -> PreApproval:
        """Ask under a lease and end it. Who took over a lease that ran out ends it alone: the bank answers both alike,
        since both ask under one key.
        """
        try:
            request = PreApprovalRequest(
                act_key(simulation.id, f"pre_approve:{bank.code}"), applicant_of(simulation.lead)
            )
            async with self._guard.watch(bank.code), _within(ASK_SECONDS):
                approved = await self._decide(bank, request, repeated=repeated)
        except BaseException:
            given_back = PreApproval(bank.code, PreApprovalStatus.NOT_RUN)
            await asyncio.to_thread(self._store.end_pre_approval, simulation.id, given_back, lease)
            raise
        status = PreApprovalStatus.APPROVED if approved else PreApprovalStatus.REFUSED
        ended_at = self._clock.now()
        self._took[bank.code] = _to_ms(ended_at) - (lease - LEASE_MS)
        decided = PreApproval(bank.code, status, 0, ended_at)
        storing = asyncio.to_thread(self._store.end_pre_approval, simulation.id, decided, lease)
        # What it raises is kept: whoever gave up before the bank decided asks for it no more.
        self._storing.append(asyncio.gather(storing, return_exceptions=True))
        return decided

    async def _decide(self, bank: Bank, request: PreApprovalRequest, *, repeated: bool) -> bool:
        if repeated and (known := await bank.find_pre_approval(request.key)) is not None:
            return known
        try:
            return await bank.pre_approve(request)
        except Unknown:
            if (known := await bank.find_pre_approval(request.key)) is not None:
                return known
            raise

    def _taken(self, bank: str, claimed_at: int) -> Taken:
        """When to look again for what another process asks the bank since ``claimed_at``."""
        if bank not in self._took:
            return TAKEN
        left = claimed_at + self._took[bank] - self._now_ms()
        if left > 0:
            return Taken(min(left, _LONGEST_PAUSE_MS) / 1000)
        return Taken(_CLOSE_PAUSE) if left > -_CLOSE_MS else TAKEN

    def _now_ms(self) -> int:
        return _to_ms(self._clock.now())


def _to_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    """Raise ``Unknown`` ``bank_timeout`` when a bank takes longer: it may have decided without our hearing of it."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise Unknown("the bank takes too long for a pre-analysis", code=Reason.BANK_TIMEOUT) from error
