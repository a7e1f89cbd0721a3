"""Proposals and their attempts at banks, built from what was asked and what banks said. Pure.

An attempt keeps every word of its bank. Where it stands follows from all of them together, in the bank's own order, so
that whatever arrives twice or in any order ends in the same state. A bank's counter-offer is an attempt of its own that
replaces the one before; its number follows from the attempt's and the bank's, so that it is found once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lastro.finance.cet import annual_cet
from lastro.financing.errors import (
    ANOTHER_BANK_ACTIVE,
    ATTEMPT_ACTIVE,
    PROPOSAL_ENDED,
    TOO_MANY_ATTEMPTS,
)
from lastro.financing.ports import MOST_COUNTERS, CounterOffer, DocumentKind, RefusalReason, Word
from lastro.financing.proposals.states import ENDED, REACHABLE, State, rank_of, walk
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.money import AnnualRate

MOST_ATTEMPTS = 12
NUMBERS_PER_ATTEMPT = 1 + MOST_COUNTERS
"""An attempt and its counter-offers."""
NUMBERS_PER_PROPOSAL = MOST_ATTEMPTS * NUMBERS_PER_ATTEMPT
MOST_DOCUMENTS = 40
MOST_WORDS = 60
"""Different words that are kept of one attempt: far more than a bank has to say of a proposal."""
_PASSING = (State.SENT, State.IN_ANALYSIS, State.PENDING_DOCUMENTS, State.APPROVED)
SENDING_LASTS = timedelta(seconds=45)
"""How long who sends has to itself; longer than a sending may take, so that afterwards nothing is on its way."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A condition that a bank offered. Amounts in cents, rates percentages as decimal texts."""

    asset_value: int
    down_payment: int
    financed_amount: int
    installments: tuple[int, ...]
    cet_monthly: str | None
    cet_annually: str | None
    table_code: str | None = None
    table_description: str | None = None
    dealer_return: str | None = None
    expenses: tuple[tuple[str, int], ...] = ()
    first_due_date: date | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One offer put to its bank, with all that was said and done of it.

    ``secret`` lets the bank tell of it. ``sending_until`` is set while somebody sends and stays: afterwards the bank
    may know the proposal. ``failure`` says why it never reached the bank. ``concluded_at`` is when that, or that it was
    dropped, was concluded of what may have been sent: only because the bank did not know it then.
    """

    position: int
    bank: str
    simulation_id: str
    condition_id: int
    terms: Terms
    pre_approval_status: int
    offer_token: str
    expires_at: datetime
    created_at: datetime
    secret: str
    words: tuple[Word, ...] = ()
    sending_until: datetime | None = None
    looked_at: datetime | None = None
    cancel_asked_at: datetime | None = None
    cancelled_at: datetime | None = None
    concluded_at: datetime | None = None
    failure: str | None = None
    handed_in: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Where the bank's proposal stands; a bank's word counts more than what we concluded without one."""
        if self.words:
            return walk(word.state for word in self.words)
        if self.cancelled_at is not None:
            return State.CANCELLED
        return State.FAILED if self.failure else State.CHECKING

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def followed(self) -> tuple[Word, ...]:
        """The words that led anywhere; one that cannot follow those before it says nothing."""
        found: list[Word] = []
        current = State.CHECKING
        for word in self.words:
            if word.state in REACHABLE[current]:
                current = word.state
                found.append(word)
        return tuple(found)

    @property
    def newest(self) -> Word | None:
        """The last word that led anywhere."""
        return self.followed[-1] if self.words else None

    @property
    def contradiction(self) -> Word | None:
        """The bank's newest word where it cannot be true beside those before: paid what it cancelled, say.

        It changes nothing, as nobody can tell which of them is true; it is shown among the acts.
        """
        newest = self.words[-1] if self.words else None
        if newest is None or newest.state is self.state or newest in self.followed:
            return None
        return newest

    @property
    def number(self) -> str | None:
        """The bank's number of the proposal."""
        return next((word.number for word in self.words), None)

    @property
    def contract(self) -> str | None:
        return next((word.contract for word in reversed(self.words) if word.contract), None)

    @property
    def lien(self) -> str | None:
        return next((word.lien for word in reversed(self.words) if word.lien), None)

    @property
    def pending(self) -> tuple[DocumentKind, ...]:
        """Documents that the bank waits for."""
        newest = self.newest
        return newest.pending if newest and newest.state is State.PENDING_DOCUMENTS else ()

    @property
    def counters(self) -> tuple[CounterOffer, ...]:
        """The bank's counter-offers in its own order, each as it was said last."""
        found = {word.counter.number: word.counter for word in self.followed if word.counter}
        return tuple(found[number] for number in sorted(found))


@dataclass(frozen=True, slots=True)
class Standing:
    """An attempt as it is read: the offer that was taken, or a counter-offer that took its place."""

    id: int
    attempt: Attempt
    terms: Terms
    state: State
    active: bool
    reason: RefusalReason | None = None
    replaces: int | None = None
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of a proposal, kept as a file."""

    id: str
    kind: DocumentKind
    media_type: str
    size: int
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a store asks banks for, for one customer and vehicle. ``owner`` is the seller who works it now, if any."""

    id: int
    partner_id: str
    store_id: int
    customer_id: int
    document: str
    customer_name: str
    seller_id: int
    first_attempt_id: int
    created_at: datetime
    updated_at: datetime
    vehicle: Mapping[str, Any] = field(default_factory=dict)
    commercial: bool = False
    several_banks: bool = False
    owner: str | None = None
    webhook_url: str | None = None
    attempts: tuple[Attempt, ...] = ()
    documents: tuple[StoredDocument, ...] = ()
    comments: int = 0
    activities: int = 0
    version: int = 1
    closed_at: datetime | None = None

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Every attempt and counter-offer, in order of their numbers."""
        return tuple(standing for attempt in self.attempts for standing in _standings(self, attempt))

    @property
    def leading(self) -> Standing | None:
        """The attempt that got furthest, of two alike the younger; one that was replaced is where its successor is."""
        last = (each for each in self.standings if each.replaced_by is None)
        return max(last, key=lambda each: (rank_of(each.state), each.id), default=None)

    @property
    def state(self) -> State:
        """``checagem`` until something was sent, then where the leading attempt is."""
        leading = self.leading
        if leading is None:
            return State.CANCELLED if self.closed_at else State.CHECKING
        return leading.state

    def find_standing(self, attempt_id: int) -> Standing | None:
        return next((each for each in self.standings if each.id == attempt_id), None)

    def find_attempt(self, position: int) -> Attempt | None:
        return self.attempts[position] if 0 <= position < len(self.attempts) else None


def attempt_key(proposal: Proposal, attempt: Attempt) -> str:
    """Idempotency key of sending an attempt, derived so that every try of the same act carries the same key."""
    return str(uuid5(NAMESPACE_URL, f"lastro:proposal:{proposal.partner_id}:{proposal.id}:{attempt.position}"))


def document_key(proposal: Proposal, attempt: Attempt, document: StoredDocument) -> str:
    """Idempotency key of handing a document in at an attempt's bank."""
    return str(uuid5(NAMESPACE_URL, f"{attempt_key(proposal, attempt)}:{document.id}"))


def add_attempt(proposal: Proposal, attempt: Attempt) -> Proposal:
    """The proposal with one more attempt, numbered after its last.

    Raises ``Conflict`` while one at the same bank goes on, while one at another does and the store does not want
    several banks at once, once the proposal ended, or with too many.
    """
    if proposal.closed_at or proposal.state in (State.FORMALISED, State.PAID, State.RETURNED):
        raise PROPOSAL_ENDED()
    if len(proposal.attempts) >= MOST_ATTEMPTS:
        raise TOO_MANY_ATTEMPTS(most=MOST_ATTEMPTS)
    going_on = [each for each in proposal.attempts if not each.is_ended]
    if any(each.bank == attempt.bank for each in going_on):
        raise ATTEMPT_ACTIVE(bank=attempt.bank)
    if going_on and not proposal.several_banks:
        raise ANOTHER_BANK_ACTIVE(bank=going_on[0].bank)
    return replace(proposal, attempts=(*proposal.attempts, replace(attempt, position=len(proposal.attempts))))


def hear(attempt: Attempt, word: Word) -> Attempt:
    """The attempt with what its bank said; said again it changes nothing.

    Of more than ``MOST_WORDS`` the first that says nothing any more goes: what is decided and paid is never missed.
    """
    if word in attempt.words:
        return attempt
    words = sorted((*attempt.words, word), key=_order)
    if len(words) > MOST_WORDS:
        passing = next((each for each in words[:-1] if _is_passing(each)), words[-1])
        words.remove(passing)
    return replace(attempt, words=tuple(words))


def put_attempt(proposal: Proposal, attempt: Attempt) -> Proposal:
    """The proposal with an attempt as it is now."""
    attempts = list(proposal.attempts)
    attempts[attempt.position] = attempt
    return replace(proposal, attempts=tuple(attempts))


def _standings(proposal: Proposal, attempt: Attempt) -> Iterator[Standing]:
    """The offer that was taken and the bank's counter-offers: each replaces the one before, the last is the one."""
    first = proposal.first_attempt_id + attempt.position * NUMBERS_PER_ATTEMPT
    chain = [(first, attempt.terms)]
    chain += [(first + each.number, counter_terms(attempt.terms, each)) for each in attempt.counters]
    state = attempt.state
    newest = attempt.newest
    for position, (number, terms) in enumerate(chain):
        is_last = position == len(chain) - 1
        shown = state if is_last else State.APPROVED_OTHERWISE
        if is_last and position and state is State.APPROVED_OTHERWISE:
            # What the bank approved is this condition.
            shown = State.APPROVED
        yield Standing(
            id=number,
            attempt=attempt,
            terms=terms,
            state=shown,
            active=is_last and state not in ENDED,
            reason=newest.reason if newest and is_last and state is State.REFUSED else None,
            replaces=chain[position - 1][0] if position else None,
            replaced_by=None if is_last else chain[position + 1][0],
        )


def counter_terms(terms: Terms, counter: CounterOffer) -> Terms:
    """The condition of a counter-offer: the bank's amounts, and what they cost by the offer's days (Resolução CMN
    4.881/2020); ``None`` where they repay it at no rate."""
    installments = (counter.installment_value,) * counter.installments
    cet = _cet(terms, counter.down_payment, installments)
    return replace(
        terms,
        down_payment=counter.down_payment,
        financed_amount=counter.financed_amount,
        installments=installments,
        cet_monthly=str(cet.to_monthly().percent()) if cet else None,
        cet_annually=str(cet.percent()) if cet else None,
        expenses=(),
    )


def _cet(terms: Terms, down_payment: int, installments: tuple[int, ...]) -> AnnualRate | None:
    if terms.first_due_date is None:
        return None
    handed_over = sum(value for kind, value in terms.expenses if kind == "accessory")
    due_dates = monthly_due_dates(terms.first_due_date, len(installments))
    try:
        return annual_cet(
            terms.asset_value - down_payment + handed_over,
            add_months(terms.first_due_date, -1),
            list(zip(due_dates, installments, strict=True)),
        )
    except ValueError:
        return None


def _is_passing(word: Word) -> bool:
    """Whether a word only says what a later one says, too."""
    return word.state in _PASSING and word.counter is None and word.contract is None and word.lien is None


def _order(word: Word) -> tuple[int, str]:
    """The bank's order; two different words of one number are contradictory, and stand in an order all the same."""
    return word.sequence, repr(word)
