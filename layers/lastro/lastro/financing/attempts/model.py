"""One offer put to its bank, built from what was asked and what the bank said. Pure.

An attempt keeps every word of its bank. Where it stands follows from all of them together, in the bank's own order, so
that whatever arrives twice or in any order ends in the same state.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from lastro.finance.cet import annual_cet
from lastro.financing.attempts.states import ENDED, REACHABLE, State, walk
from lastro.financing.ports import CounterOffer, DocumentKind, Word
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import AnnualRate

MOST_WORDS = 40
"""Different words that are kept of one attempt: far more than a bank has to say of a proposal, and those of as many
attempts as a proposal may have still fit into its item."""
UNSURE_LASTS = timedelta(hours=1)
"""How long after it was concluded that a bank never had what was sent, nothing else is put to that bank."""
SENDING_LASTS = timedelta(seconds=45)
"""How long who sends has to itself; longer than a sending may take, so that afterwards nothing is on its way."""


@dataclass(frozen=True)
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

    @property
    def accessories(self) -> int:
        """What of the financed amount pays for accessories of the vehicle."""
        return self._paid_for("accessory")

    @property
    def documentation(self) -> int:
        """What of the financed amount pays for the papers of the vehicle, its plates among them."""
        return self._paid_for("documentation")

    def _paid_for(self, item: str) -> int:
        return sum(value for kind, value in self.expenses if kind == item)


@dataclass(frozen=True)
class Attempt:
    """One offer put to its bank, with all that was said and done of it.

    ``secret`` lets the bank tell of it. ``sending_until`` is set while somebody sends and stays: afterwards the bank
    may know the proposal. ``failure`` says why it never reached the bank. ``concluded_at`` is when that, or that it was
    dropped, was concluded of what may have been sent: only because the bank did not know it then. ``unknown_at`` is
    when the bank last said so since, ``looked_at`` when it was last asked, whether it answered or not. ``paid_at`` is
    when we learnt that it was paid.
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
    unknown_at: datetime | None = None
    paid_at: datetime | None = None
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
    def is_unsure(self) -> bool:
        """Whether the bank may have it though it was concluded that it does not: until a look an hour later."""
        if self.concluded_at is None or self.words:
            return False
        return (self.unknown_at or self.concluded_at) - self.concluded_at < UNSURE_LASTS

    @property
    def holds(self) -> bool:
        """Whether its offer is taken, and its bank is busy with it, as far as anybody knows."""
        return not self.is_ended or self.is_unsure

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
    def believed(self) -> tuple[Word, ...]:
        """The words that led anywhere, and those that say more of where it stood."""
        found: list[Word] = []
        current = State.CHECKING
        for word in self.words:
            if word.state is current or word.state in REACHABLE[current]:
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
        return next((word.contract for word in reversed(self.believed) if word.contract), None)

    @property
    def lien(self) -> str | None:
        return next((word.lien for word in reversed(self.believed) if word.lien), None)

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


def hear(attempt: Attempt, word: Word) -> Attempt:
    """The attempt with what its bank said; said again it changes nothing.

    Of more than ``MOST_WORDS`` the first without which all is as it was goes: what is decided and paid is never missed.
    """
    if word in attempt.words:
        return attempt
    words = sorted((*attempt.words, word), key=_order)
    if len(words) > MOST_WORDS:
        whole = replace(attempt, words=tuple(words))
        shorter = (replace(attempt, words=(*words[:at], *words[at + 1 :])) for at in range(len(words)))
        return next((each for each in shorter if _said(each) == _said(whole)), attempt)
    return replace(attempt, words=tuple(words))


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
    due_dates = monthly_due_dates(terms.first_due_date, len(installments))
    try:
        return annual_cet(
            terms.asset_value - down_payment + terms.accessories,
            add_months(terms.first_due_date, -1),
            list(zip(due_dates, installments, strict=True)),
        )
    except ValueError:
        return None


def _said(attempt: Attempt) -> tuple[object, ...]:
    """All that is read of an attempt's words, but how the bank numbered the last one."""
    newest, contradiction = attempt.newest, attempt.contradiction
    return (
        *(attempt.state, attempt.number, attempt.contract, attempt.lien, attempt.pending, attempt.counters),
        newest and newest.reason,
        contradiction and contradiction.state,
    )


def _order(word: Word) -> tuple[int, str]:
    """The bank's order; two different words of one number are contradictory, and stand in an order all the same."""
    return word.sequence, repr(word)
