"""One bank behind its dialect: it obeys its script or the published documents, and keeps its ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from lastro.kernel.banks import BankFacts
from sandbox.banks.ledger import Ledger
from sandbox.banks.messages import Complaint, Decision, NoAnswer, PreApprovalAsk, PricingAsk, Trouble
from sandbox.banks.published_documents import PUBLISHED
from sandbox.banks.scripting.decisions import decide
from sandbox.banks.scripting.scripts import Scripts
from sandbox.banks.scripting.treatments import Outcome, Treatment
from sandbox.closing import Closing

LONGEST_SILENCE_SECONDS = 30.0
_GLANCE_SECONDS = 0.05

_COMPLAINTS = {
    Outcome.UNSTABLE: Complaint.UNSTABLE,
    Outcome.VALIDATION_ERROR: Complaint.VALIDATION,
    Outcome.INVALID_CREDENTIALS: Complaint.FORBIDDEN,
}


def _now() -> datetime:
    return datetime.now(UTC)


class Branch:
    """Bank ``facts`` with the shared ``scripts``. ``closing`` is set when the service stops: nobody waits after it."""

    def __init__(
        self,
        facts: BankFacts,
        scripts: Scripts,
        closing: Closing,
        *,
        clock: Callable[[], datetime] = _now,
        longest_silence: float = LONGEST_SILENCE_SECONDS,
    ) -> None:
        self.facts = facts
        self.decisions: Ledger[Decision] = Ledger("simulation", clock)
        self.pre_approvals: Ledger[bool] = Ledger("pre_approval", clock)
        self._scripts = scripts
        self.closing = closing
        self.longest_silence = longest_silence
        self._failed_once: set[str] = set()

    def effects(self) -> list[dict[str, object]]:
        """Every simulation of this bank in the order of time."""
        return self.decisions.as_json()

    async def pre_approve(self, ask: PreApprovalAsk) -> bool:
        """Whether the bank deals with the applicant; a repeat of the key gives the first answer."""
        known = self.pre_approvals.find(ask.key)
        if known is not None:
            return known
        treatment = self._scripts.fire_pre_approval(self.facts.code, ask.document) or _usual(ask.document)
        approved = treatment.outcome is not Outcome.PRE_APPROVAL_REFUSED
        self.pre_approvals.record(ask.key, approved, cpf=ask.document, outcome="approved" if approved else "refused")
        await self._pause(treatment.delay_ms / 1000)
        return approved

    async def price(self, ask: PricingAsk, is_connected: Callable[[], bool]) -> Decision:
        """Decide on a condition; a repeat of the key gives the first decision and has no second effect.

        Raises ``Trouble`` for an error without effect, and ``NoAnswer`` when the effect is made and the caller,
        watched through ``is_connected``, is left waiting until it gives up.
        """
        known = self.decisions.find(ask.key)
        if known is not None:
            return known
        treatment = self._scripts.fire_pricing(
            self.facts.code, ask.document, ask.installments, ask.down_payment
        ) or _usual(ask.document)
        if treatment.outcome in _COMPLAINTS:
            await self._pause(treatment.delay_ms / 1000)
            raise Trouble(_COMPLAINTS[treatment.outcome])
        if treatment.outcome is Outcome.UNSTABLE_ONCE and ask.key not in self._failed_once:
            self._failed_once.add(ask.key)
            raise Trouble(Complaint.UNSTABLE)
        # The effect comes before the wait: whoever gives up on a slow bank finds it by its key.
        decision = decide(self.facts, treatment, ask, number=f"{self.facts.code}-{self.decisions.count() + 1:06d}")
        self.decisions.record(
            ask.key,
            decision,
            cpf=ask.document,
            outcome=decision.verdict,
            installments=ask.installments,
            down_payment=ask.down_payment,
        )
        await self._pause(treatment.delay_ms / 1000)
        if treatment.outcome is Outcome.TIMEOUT_AFTER_EFFECT:
            await self._keep_silent(is_connected)
            raise NoAnswer
        return decision

    def find_pre_approval(self, key: str) -> bool | None:
        """What an earlier pre-approval of this key led to."""
        return self.pre_approvals.find(key)

    def find(self, key: str) -> Decision | None:
        """The decision an earlier pricing of this key led to."""
        return self.decisions.find(key)

    async def _pause(self, seconds: float) -> None:
        if seconds:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), seconds)

    async def _keep_silent(self, is_connected: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self.longest_silence
        while is_connected() and loop.time() < until and not self.closing.is_set():
            await self._pause(_GLANCE_SECONDS)


def _usual(document: str) -> Treatment:
    """The treatment without a script."""
    return PUBLISHED.get(document, Treatment())
