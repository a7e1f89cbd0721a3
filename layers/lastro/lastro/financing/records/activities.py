"""What was done to a proposal, and what of it is told: both follow from how it stood before and after. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from lastro.financing.attempts.model import Attempt
from lastro.financing.attempts.states import State
from lastro.financing.proposals.model import Proposal
from lastro.kernel.dataclass import dataclass


class Occasion(StrEnum):
    """What a store is told of a proposal, as the event of a notice."""

    CREATED = "proposal.created"
    SENT = "proposal.sent"
    UPDATED = "proposal.updated"
    APPROVED = "proposal.approved"
    REFUSED = "proposal.refused"
    FORMALISED = "proposal.formalised"
    PAID = "proposal.paid"


@dataclass(frozen=True)
class Activity:
    """One act on a proposal, numbered from 1; ``principal`` is the credential or bank that did it."""

    number: int
    action: str
    principal: str
    at: datetime
    attempt_id: int | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Happening:
    """Something that is told once: an attempt came to stand somewhere."""

    occasion: Occasion
    attempt_id: int
    state: State


_OCCASIONS = {
    State.APPROVED: Occasion.APPROVED,
    State.REFUSED: Occasion.REFUSED,
    State.FORMALISED: Occasion.FORMALISED,
    State.PAID: Occasion.PAID,
}


def happenings(before: Proposal, after: Proposal) -> Iterator[Happening]:
    """What became of attempts: each that is new or stands elsewhere, or of which its bank says more: other documents
    that it waits for, the lien after the contract. What reached a bank first is told as sent."""
    known = {each.id: each for each in before.standings}
    for each in after.standings:
        old = known.get(each.id)
        if old is None and each.replaces is None:
            continue
        had = old is not None and bool(old.attempt.words)
        if old is not None and each.attempt.words and not had and each.replaces is None:
            yield Happening(Occasion.SENT, each.id, State.SENT)
        told = old is not None and (old.state, old.terms) == (each.state, each.terms)
        if not told and each.state is not State.SENT:
            yield Happening(_OCCASIONS.get(each.state, Occasion.UPDATED), each.id, each.state)
        elif old is not None and each.replaced_by is None and _more_of(old.attempt) != _more_of(each.attempt):
            yield Happening(Occasion.UPDATED, each.id, each.state)


def _more_of(attempt: Attempt) -> tuple[object, ...]:
    return attempt.pending, attempt.contract, attempt.lien


def note(
    proposal: Proposal,
    action: str,
    principal: str,
    at: datetime,
    *,
    attempt_id: int | None = None,
    comment: str | None = None,
) -> tuple[Proposal, Activity]:
    """The proposal with one more act counted, and the act."""
    number = proposal.activities + 1
    return replace(proposal, activities=number), Activity(number, action, principal, at, attempt_id, comment)
