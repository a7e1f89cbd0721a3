"""Listings at one provider: its records, what becomes of each request, and the word on it, pushed or pulled."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from aiohttp import web

from sandbox.bureaus.desk import Desk, NoAnswer, Refused
from sandbox.bureaus.listings.published import PUBLISHED_LISTINGS
from sandbox.bureaus.outcomes import Manner, Outcome, Treatment

_EFFECTIVE = frozenset(
    {Outcome.ANSWERED, Outcome.GARBAGE, Outcome.UNKNOWN_FIELDS, Outcome.PENDING, Outcome.TIMEOUT_AFTER_EFFECT}
)


class Place(StrEnum):
    """Where a record stands."""

    RECEIVED = "received"
    LISTED = "listed"
    REFUSED = "refused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as every dialect understands it. ``removes``: an exclusion. ``amount`` as the dialect wrote it.

    ``password`` and ``responsible`` (a CPF) are of dialects whose every call carries them.
    """

    removes: bool
    document: str
    creditor: str
    contract: str
    code: str
    amount: str = ""
    due_on: str = ""
    key: str = ""
    principal: str = ""
    sms: bool | None = None
    password: str | None = field(default=None, repr=False)
    responsible: str | None = None


@dataclass(slots=True)
class Request:
    """One request and when its end shows; ``ends`` is ``None`` for one whose end never does."""

    asked: Asked
    reference: str
    refusal: str | None
    ends: datetime | None

    def has_ended(self, now: datetime) -> bool:
        return self.ends is not None and now >= self.ends


@dataclass(slots=True)
class Entry:
    """A record with its requests, the inclusion first."""

    number: str
    inclusion: Request
    removal: Request | None = None
    removed: bool = False

    def place(self, now: datetime) -> Place:
        if self.removed:
            return Place.REMOVED
        if self.removal and self.removal.refusal is None and self.removal.has_ended(now):
            return Place.REMOVED
        if not self.inclusion.has_ended(now):
            return Place.RECEIVED
        return Place.REFUSED if self.inclusion.refusal else Place.LISTED


Tell = Callable[[Request, Entry | None], Awaitable[None]]


@dataclass
class ListingDesk:
    """``desk`` keeps scripts and ledger; the ledger's ``key`` is the contract, its ``report`` the nature or reason."""

    desk: Desk
    entries: list[Entry] = field(default_factory=list)
    requests: dict[str, Request] = field(default_factory=dict)
    _treated: dict[str, int] = field(default_factory=dict)

    async def act(self, http: web.Request, asked: Asked, tell: Tell | None = None) -> Request:
        """Do what is asked. ``tell`` pushes the end, where the provider does that.

        Raises ``Refused`` for what has no effect, ``NoAnswer`` when the caller is left without an answer.
        """
        treatment = self._treatment(asked)
        outcome = treatment.outcome
        refused = outcome if outcome not in _EFFECTIVE else self._refusal(asked, pushes=tell is not None)
        self.desk.ledger.enter_call(
            "remove" if asked.removes else "include",
            refused or outcome,
            charged=False,
            document=asked.document,
            report=asked.code,
            key=asked.contract,
            retailer_document=asked.creditor,
            simulated=asked.sms,
            credential=asked.password,
            responsible=asked.responsible,
        )
        if refused:
            await self.desk.pause(treatment.delay_ms / 1000)
            raise Refused(refused)
        request, entry = self._keep(asked, treatment)
        if tell is not None and treatment.word is not Manner.NEVER:
            await self._push(tell, request, entry, treatment)
        await self.desk.pause(treatment.delay_ms / 1000)
        if outcome is Outcome.TIMEOUT_AFTER_EFFECT:
            await self.desk.stay_silent(lambda: http.transport is not None and not http.transport.is_closing())
            raise NoAnswer
        return request

    def find(self, document: str, contract: str, creditor: str | None = None) -> Entry | None:
        """The newest record of a person's contract that has not come to an end."""
        now = self.desk.clock()
        for entry in reversed(self.entries):
            asked = entry.inclusion.asked
            known = (asked.document, asked.contract) == (document, contract)
            if known and creditor in (None, asked.creditor) and entry.place(now) in (Place.RECEIVED, Place.LISTED):
                return entry
        return None

    def by_number(self, number: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.number == number), None)

    def page(self, after: str, size: int = 50) -> tuple[list[Entry], str | None]:
        """Records from behind a number on, and where the next ones begin; a scripted short answer is an empty list.

        Raises ``Refused`` when a script says so.
        """
        treatment = self.desk.fire("follow", "", "") or Treatment()
        self.desk.ledger.enter_call("follow", treatment.outcome, charged=False)
        if treatment.outcome is Outcome.SUMMARY_ONLY:
            return [], None
        if treatment.outcome is not Outcome.ANSWERED:
            raise Refused(treatment.outcome)
        rest = [entry for entry in self.entries if entry.number > after]
        return rest[:size], rest[size - 1].number if len(rest) > size else None

    def _treatment(self, asked: Asked) -> Treatment:
        scripted = self.desk.fire("remove" if asked.removes else "include", asked.document, asked.code)
        if scripted is not None:
            return scripted
        published = PUBLISHED_LISTINGS.get(asked.document, Treatment())
        if published.times is None:
            return published
        self._treated[asked.document] = self._treated.get(asked.document, 0) + 1
        return published if self._treated[asked.document] <= published.times else Treatment()

    def _refusal(self, asked: Asked, *, pushes: bool) -> Outcome | None:
        """What a provider that acts at once says of a record that is there, or is not."""
        if pushes:
            return None
        known = self.find(asked.document, asked.contract, asked.creditor or None)
        if asked.removes:
            return None if known else Outcome.ABSENT_RECORD
        return Outcome.KNOWN_RECORD if known else None

    def _keep(self, asked: Asked, treatment: Treatment) -> tuple[Request, Entry | None]:
        entry = self.find(asked.document, asked.contract, asked.creditor or None)
        refusal = "400" if treatment.word is Manner.ERROR else None
        if asked.removes and entry is None:
            refusal = "404"
        elif not asked.removes and entry is not None:
            refusal = "409"
        ends = self.desk.clock() + timedelta(milliseconds=treatment.word_delay_ms)
        request = Request(asked, str(uuid.uuid4()), refusal, None if treatment.word is Manner.NEVER else ends)
        self.requests[asked.key or request.reference] = request
        if asked.removes:
            if entry and refusal is None:
                entry.removal = request
        elif refusal != "409":
            entry = Entry(f"{len(self.entries) + 1:010d}", request)
            self.entries.append(entry)
        return request, entry

    async def _push(self, tell: Tell, request: Request, entry: Entry | None, treatment: Treatment) -> None:
        async def later() -> None:
            await self.desk.pause(treatment.word_delay_ms / 1000)
            for _ in range(2 if treatment.word is Manner.TWICE else 1):
                if not self.desk.is_closing:
                    await tell(request, entry)

        if treatment.word is Manner.EARLY:
            await tell(request, entry)
            return
        self.desk.begin(later())
