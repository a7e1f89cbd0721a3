"""A bank's desk of proposals: each once under its key, with what was said of it, and the calls that tell it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp

from sandbox.banks.messages import Complaint, NoAnswer, Trouble
from sandbox.banks.proposals.stories import PUBLISHED, ProposalRule, Sending, Step, Story, Telling
from sandbox.closing import Closing

WANTED = ("identity", "income")
"""Documents that a bank waits for."""
_GLANCE_SECONDS = 0.05
_CALL_SECONDS = 10.0
_TRIES = 3
_RECEIVED = "sent"
_COMPLAINTS = {
    Sending.UNSTABLE: Complaint.UNSTABLE,
    Sending.VALIDATION_ERROR: Complaint.VALIDATION,
    Sending.INVALID_CREDENTIALS: Complaint.FORBIDDEN,
}
_ENDED = {"refused", "cancelled", "paid", "returned"}


@dataclass(frozen=True, slots=True)
class ProposalAsk:
    """A proposal as it came, free of any wire format; amounts in cents."""

    key: str
    document: str
    offer_token: str
    asset_value: int
    down_payment: int
    financed_amount: int
    installments: int
    installment_value: int
    callback_url: str | None


@dataclass(frozen=True, slots=True)
class Counter:
    """Another condition; amounts in cents."""

    number: int
    down_payment: int
    financed_amount: int
    installments: int
    installment_value: int


@dataclass(frozen=True, slots=True)
class Said:
    """What the bank says of a proposal; ``sequence`` counts from 1."""

    key: str
    number: str
    sequence: int
    state: str
    pending: tuple[str, ...] = ()
    counter: Counter | None = None
    contract: str | None = None
    lien: str | None = None


@dataclass(slots=True)
class Case:
    """A proposal at the bank."""

    ask: ProposalAsk
    number: str
    story: Story
    said: list[Said] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)
    told: int = 0

    @property
    def state(self) -> str:
        return self.said[-1].state

    def lacks(self) -> tuple[str, ...]:
        return tuple(each for each in WANTED if each not in self.documents.values())


Spell = Callable[[Said], bytes]


class Desk:
    """Proposals of one bank. ``spell`` writes what is told in the bank's dialect; ``closing`` ends all waiting."""

    def __init__(self, code: str, closing: Closing, spell: Spell, longest_silence: float) -> None:
        self._code = code
        self._closing = closing
        self._spell = spell
        self._longest_silence = longest_silence
        self._cases: dict[str, Case] = {}
        self._rules: list[ProposalRule] = []

    def script(self, rules: list[ProposalRule]) -> None:
        self._rules = rules

    async def take(self, ask: ProposalAsk, is_connected: Callable[[], bool]) -> Said:
        """Receive a proposal; a repeat of the key answers where it stands. Raises ``Trouble`` and ``NoAnswer``."""
        known = self._cases.get(ask.key)
        if known is not None:
            return known.said[-1]
        story = self._story_of(ask.document)
        if story.sending in _COMPLAINTS:
            raise Trouble(_COMPLAINTS[story.sending])
        case = Case(ask, f"{self._code}-P{len(self._cases) + 1:06d}", story)
        case.said.append(Said(ask.key, case.number, 1, _RECEIVED))
        self._cases[ask.key] = case
        received = case.said[-1]
        self._closing.begin(self._go_on(case))
        if story.sending is Sending.TIMEOUT_AFTER_EFFECT:
            loop = asyncio.get_running_loop()
            until = loop.time() + self._longest_silence
            while is_connected() and loop.time() < until and not self._closing.is_set():
                await self._pause(_GLANCE_SECONDS)
            raise NoAnswer
        return received

    def find(self, key: str) -> Said | None:
        """Where a proposal stands."""
        case = self._cases.get(key)
        return case.said[-1] if case else None

    def hand_in(self, key: str, document_key: str, kind: str) -> Said:
        """Take a document, once. Raises ``Trouble`` for a proposal there is not."""
        case = self._case(key)
        case.documents.setdefault(document_key, kind)
        return case.said[-1]

    def cancel(self, key: str) -> Said:
        """Drop a proposal that has not ended and is no contract yet."""
        case = self._case(key)
        if case.state not in _ENDED and case.state != "formalised":
            self._say(case, Step.CANCELLED)
        return case.said[-1]

    def as_json(self) -> list[dict[str, object]]:
        """The ledger: every proposal once, oldest first."""
        return [
            {
                "idempotency_key": case.ask.key,
                "number": case.number,
                "cpf": case.ask.document,
                "offer_token": case.ask.offer_token,
                "down_payment": case.ask.down_payment,
                "financed_amount": case.ask.financed_amount,
                "installments": case.ask.installments,
                "states": [each.state for each in case.said],
                "documents": sorted(case.documents.values()),
                "told": case.told,
            }
            for case in self._cases.values()
        ]

    def _case(self, key: str) -> Case:
        case = self._cases.get(key)
        if case is None:
            raise Trouble(Complaint.VALIDATION, "key")
        return case

    def _story_of(self, document: str) -> Story:
        for rule in self._rules:
            if rule.remaining != 0 and rule.document in (None, document):
                if rule.remaining is not None:
                    rule.remaining -= 1
                return rule.story
        return PUBLISHED.get(document, Story())

    async def _go_on(self, case: Case) -> None:
        telling = case.story.telling
        for step in case.story.steps:
            await self._pause(max(case.story.delay_ms / 1000, 0.001))
            while case.state == "pending_documents" and case.lacks() and not self._closing.is_set():
                await self._pause(_GLANCE_SECONDS)
            if case.state in ("refused", "cancelled") or self._closing.is_set():
                break
            self._say(case, step)
            if telling in (Telling.ONCE, Telling.TWICE):
                for _ in range(2 if telling is Telling.TWICE else 1):
                    await self._tell(case, case.said[-1])
        if telling is Telling.REVERSED:
            for said in reversed(case.said):
                await self._tell(case, said)

    def _say(self, case: Case, step: Step) -> None:
        ask = case.ask
        counters = case.said[-1].counter.number if case.said[-1].counter else 0
        # Every word tells the whole: who missed one finds it in the next.
        counter = case.said[-1].counter
        if step is Step.COUNTER_OFFER:
            # The bank would do the same over the same term with a fifth more paid at once.
            more = ask.financed_amount // 5
            counter = Counter(
                number=counters + 1,
                down_payment=ask.down_payment + more,
                financed_amount=ask.financed_amount - more,
                installments=ask.installments,
                installment_value=ask.installment_value * 4 // 5,
            )
        formalised = step in (Step.FORMALISED, Step.PAID)
        case.said.append(
            Said(
                key=ask.key,
                number=case.number,
                sequence=len(case.said) + 1,
                state=step.value,
                pending=case.lacks() if step is Step.PENDING_DOCUMENTS else (),
                counter=counter,
                contract=f"CT{case.number}" if formalised else None,
                lien=f"SNG{case.number[-6:]}" if formalised else None,
            )
        )

    async def _tell(self, case: Case, said: Said) -> None:
        """Call the sender back; one who does not answer is called a few times."""
        url = case.ask.callback_url
        if url is None:
            return
        for _ in range(_TRIES):
            with suppress(aiohttp.ClientError, TimeoutError):
                timeout = aiohttp.ClientTimeout(total=_CALL_SECONDS)
                headers = {"content-type": "application/json"}
                async with (
                    aiohttp.ClientSession(timeout=timeout) as session,
                    session.post(url, data=self._spell(said), headers=headers) as answer,
                ):
                    if answer.status < 300:
                        case.told += 1
                        return
            await self._pause(_GLANCE_SECONDS)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)
