"""Proposals with their attempts at banks and the counter-offers that took their place. Pure.

A bank's counter-offer is an attempt of its own that replaces the one before; its number follows from the attempt's and
the bank's, so that it is found once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lastro.financing.attempts.model import Attempt, Terms, counter_terms
from lastro.financing.attempts.states import ENDED, State, rank_of
from lastro.financing.errors import (
    ANOTHER_BANK_ACTIVE,
    ATTEMPT_ACTIVE,
    ATTEMPT_IN_DOUBT,
    PROPOSAL_ENDED,
    TOO_MANY_ATTEMPTS,
)
from lastro.financing.ports import MOST_COUNTERS, DocumentKind, RefusalReason
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.dataclass import dataclass

MOST_ATTEMPTS = 12
NUMBERS_PER_ATTEMPT = 1 + MOST_COUNTERS
"""An attempt and its counter-offers."""
NUMBERS_PER_PROPOSAL = MOST_ATTEMPTS * NUMBERS_PER_ATTEMPT
MOST_DOCUMENTS = 40


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class StoredDocument:
    """A document of a proposal, kept as a file."""

    id: str
    kind: DocumentKind
    media_type: str
    size: int
    digest: str
    at: datetime


@dataclass(frozen=True)
class Proposal:
    """What a store asks banks for, for one customer and vehicle. ``owner`` is the seller who works it now, if any.
    ``panel`` is that of who sells, ``None`` for the partner itself."""

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
    seller_name: str | None = None
    webhook_url: str | None = None
    attempts: tuple[Attempt, ...] = ()
    documents: tuple[StoredDocument, ...] = ()
    comments: int = 0
    activities: int = 0
    version: int = 1
    closed_at: datetime | None = None
    panel: Panel | None = None

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

    def is_seen_by(self, caller: Caller) -> bool:
        """Whether a call sees it: of its stores, and, for who sells, of its own panel."""
        return caller.sees(self.store_id) and caller.sees_sold_by(self.panel)

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

    Raises ``Conflict`` while one at the same bank goes on or may be there all the same, while one at another does and
    the store does not want several banks at once, once the proposal ended, or with too many.
    """
    if proposal.closed_at or proposal.state in (State.FORMALISED, State.PAID, State.RETURNED):
        raise PROPOSAL_ENDED()
    if len(proposal.attempts) >= MOST_ATTEMPTS:
        raise TOO_MANY_ATTEMPTS(most=MOST_ATTEMPTS)
    going_on = [each for each in proposal.attempts if each.holds]
    for each in going_on:
        if each.bank == attempt.bank:
            raise (ATTEMPT_IN_DOUBT if each.is_ended else ATTEMPT_ACTIVE)(bank=attempt.bank)
    if going_on and not proposal.several_banks:
        raise ANOTHER_BANK_ACTIVE(bank=going_on[0].bank)
    return replace(proposal, attempts=(*proposal.attempts, replace(attempt, position=len(proposal.attempts))))


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
