"""One provider behind its dialect: it obeys its script or the published documents, and keeps its ledger."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from lastro.bureaus.providers.catalogue import BureauFacts
from lastro.bureaus.providers.serasa_reports import LEGAL_REPORTS, NATURAL_REPORTS
from sandbox.bureaus.ledger import Ledger
from sandbox.bureaus.outcomes import CHARGED, Outcome, Treatment
from sandbox.bureaus.published_documents import PUBLISHED
from sandbox.bureaus.scripts import Scripts
from sandbox.bureaus.subjects import Subject, subject_of
from sandbox.closing import Closing

LONGEST_SILENCE_SECONDS = 30.0
TOKEN_SECONDS = 3_600
_GLANCE_SECONDS = 0.05


class NoAnswer(Exception):
    """The call took effect and the caller is left without an answer."""


class Refused(Exception):
    """The call ends with ``outcome`` and has no effect."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Ask:
    """An inquiry as every dialect understands it."""

    document: str
    report: str
    features: tuple[str, ...] = ()
    key: str | None = None
    federal_unit: str | None = None
    retailer_document: str | None = None
    simulated: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an inquiry is answered: about whom, and in which manner."""

    ask: Ask
    subject: Subject
    outcome: Outcome
    number: int


@dataclass(slots=True)
class Tokens:
    """The access tokens a provider issued, each with the moment it ends."""

    _ends: dict[str, datetime] = field(default_factory=dict)

    def issue(self, ends: datetime) -> str:
        token = secrets.token_urlsafe(24)
        self._ends[token] = ends
        return token

    def are_good(self, token: str, now: datetime) -> bool:
        return token in self._ends and self._ends[token] > now

    def revoke_all(self) -> None:
        self._ends.clear()


def now_in_utc() -> datetime:
    return datetime.now(UTC)


class Desk:
    """Provider ``facts`` with the shared ``scripts``. ``closing`` is set when the service stops: nobody waits then."""

    def __init__(
        self,
        facts: BureauFacts,
        scripts: Scripts,
        closing: Closing,
        *,
        clock: Callable[[], datetime] = now_in_utc,
        longest_silence: float = LONGEST_SILENCE_SECONDS,
    ) -> None:
        self.facts = facts
        self.ledger = Ledger(clock)
        self.tokens = Tokens()
        self.clock = clock
        self._scripts = scripts
        self._closing = closing
        self._longest_silence = longest_silence
        self._treated: dict[str, int] = {}
        self._answers: dict[str, Answer] = {}

    def is_known_report(self, report: str, document: str) -> bool:
        """Whether the provider sells ``report`` about this kind of person."""
        if self.facts.code != "serasa":
            return any(report == known.code for known in self.facts.reports) or not self.facts.reports
        return report in (LEGAL_REPORTS if len(document) == 14 else NATURAL_REPORTS)

    async def log_in(self, credential: str, *, good: bool) -> tuple[str, datetime]:
        """A new token and when it ends. Raises ``Refused``."""
        treatment = self._scripts.fire(self.facts.code, "login") or Treatment()
        outcome = treatment.outcome if good else Outcome.INVALID_CREDENTIALS
        self.ledger.enter_login(credential, outcome)
        await self._pause(treatment.delay_ms / 1000)
        if outcome is not Outcome.ANSWERED:
            raise Refused(outcome)
        ends = self.clock() + timedelta(seconds=treatment.token_seconds or TOKEN_SECONDS)
        return self.tokens.issue(ends), ends

    def admits(self, token: str) -> bool:
        return self.tokens.are_good(token, self.clock())

    async def inquire(self, ask: Ask, is_connected: Callable[[], bool]) -> Answer:
        """Answer an inquiry. Raises ``Refused`` for one without effect, and ``NoAnswer`` when the effect is made and
        the caller, watched through ``is_connected``, is left waiting until it gives up."""
        known = self._answers.get(ask.key) if ask.key and self.facts.finds_inquiries else None
        if known is not None:
            return known
        treatment = self._treatment(ask)
        outcome = treatment.outcome
        self._enter("inquiry", ask, outcome)
        if outcome not in CHARGED:
            await self._pause(treatment.delay_ms / 1000)
            raise Refused(outcome)
        answer = Answer(ask, _subject(ask, treatment), outcome, len(self.ledger.calls))
        if ask.key:
            done = outcome in (Outcome.PENDING, Outcome.TIMEOUT_AFTER_EFFECT)
            self._answers[ask.key] = replace(answer, outcome=Outcome.ANSWERED) if done else answer
        await self._pause(treatment.delay_ms / 1000)
        if outcome is Outcome.TIMEOUT_AFTER_EFFECT:
            await self._stay_silent(is_connected)
            raise NoAnswer
        return answer

    def find(self, key: str) -> Answer | None:
        """What the inquiry of ``key`` was answered. Raises ``Refused`` when a script says so."""
        treatment = self._scripts.fire(self.facts.code, "find") or Treatment()
        answer = self._answers.get(key)
        self.ledger.enter_call("find", treatment.outcome, charged=False, key=key)
        if treatment.outcome is Outcome.PENDING and answer is not None:
            return replace(answer, outcome=Outcome.PENDING)
        if treatment.outcome is not Outcome.ANSWERED:
            raise Refused(treatment.outcome)
        return answer

    def list(self, operation: str) -> Treatment:
        """How a list is answered. Raises ``Refused``."""
        treatment = self._scripts.fire(self.facts.code, operation) or Treatment()
        self.ledger.enter_call(operation, treatment.outcome, charged=False)
        if treatment.outcome not in CHARGED:
            raise Refused(treatment.outcome)
        return treatment

    def fire(self, operation: str, document: str, code: str) -> Treatment | None:
        """What the script says of a call."""
        return self._scripts.fire(self.facts.code, operation, document, code)

    @property
    def is_closing(self) -> bool:
        return self._closing.is_set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something after whatever is answered now, as long as the service runs."""
        self._closing.begin(work)

    async def pause(self, seconds: float) -> None:
        """Wait, but not for a service that stops."""
        await self._pause(seconds)

    async def stay_silent(self, is_connected: Callable[[], bool]) -> None:
        """Leave a caller without an answer until it gives up."""
        await self._stay_silent(is_connected)

    def refuse(self, ask: Ask, outcome: Outcome) -> Refused:
        """Enter an inquiry that the dialect itself refuses; the caller raises what is given back."""
        self._enter("inquiry", ask, outcome)
        return Refused(outcome)

    def _enter(self, operation: str, ask: Ask, outcome: Outcome) -> None:
        self.ledger.enter_call(
            operation,
            outcome,
            charged=outcome in CHARGED and ask.simulated is not True,
            document=ask.document,
            report=ask.report,
            features=ask.features,
            key=ask.key,
            federal_unit=ask.federal_unit,
            retailer_document=ask.retailer_document,
            simulated=ask.simulated,
        )

    def _treatment(self, ask: Ask) -> Treatment:
        scripted = self._scripts.fire(self.facts.code, "inquiry", ask.document, ask.report)
        if scripted is not None:
            return scripted
        published = PUBLISHED.get(ask.document, Treatment())
        if published.times is None:
            return published
        self._treated[ask.document] = self._treated.get(ask.document, 0) + 1
        return published if self._treated[ask.document] <= published.times else Treatment()

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), seconds)

    async def _stay_silent(self, is_connected: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        ends = loop.time() + self._longest_silence
        while is_connected() and not self._closing.is_set() and loop.time() < ends:
            await self._pause(_GLANCE_SECONDS)


def _subject(ask: Ask, treatment: Treatment) -> Subject:
    subject = subject_of(ask.document)
    if treatment.score is not None:
        subject = replace(subject, score=treatment.score.value)
    if treatment.registration is not None:
        subject = replace(subject, registration=treatment.registration)
    return subject if treatment.debts is None else replace(subject, debts=treatment.debts)
