"""The states of an attempt at a bank, as tables: what follows what, and which says most of a proposal. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class State(StrEnum):
    """State of an attempt and of its proposal."""

    # The simulations hub's own word (docs/sources.md); the others are ours.
    CHECKING = "checagem"
    SENT = "sent"
    IN_ANALYSIS = "in_analysis"
    PENDING_DOCUMENTS = "pending_documents"
    APPROVED = "approved"
    APPROVED_OTHERWISE = "approved_with_another_condition"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FORMALISED = "formalised"
    PAID = "paid"
    RETURNED = "returned"
    FAILED = "failed"


_DECISIONS = frozenset({State.APPROVED, State.APPROVED_OTHERWISE, State.REFUSED, State.CANCELLED})

NEXT: Mapping[State, frozenset[State]] = {
    State.CHECKING: frozenset({State.SENT, State.FAILED, State.CANCELLED}),
    State.SENT: _DECISIONS | {State.IN_ANALYSIS, State.PENDING_DOCUMENTS},
    State.IN_ANALYSIS: _DECISIONS | {State.PENDING_DOCUMENTS},
    State.PENDING_DOCUMENTS: _DECISIONS | {State.IN_ANALYSIS},
    State.APPROVED: _DECISIONS | {State.PENDING_DOCUMENTS, State.FORMALISED},
    State.APPROVED_OTHERWISE: _DECISIONS | {State.PENDING_DOCUMENTS, State.FORMALISED},
    State.FORMALISED: frozenset({State.PAID, State.CANCELLED, State.RETURNED}),
    State.PAID: frozenset({State.RETURNED}),
    State.REFUSED: frozenset(),
    State.CANCELLED: frozenset(),
    State.RETURNED: frozenset(),
    State.FAILED: frozenset(),
}
"""What a bank may say next. ``failed`` never reached it, ``returned`` was undone after it was formalised."""

ENDED = frozenset(state for state, following in NEXT.items() if not following)
"""Nothing follows any more."""

_RANKS = {
    State.FAILED: 0,
    State.CANCELLED: 1,
    State.REFUSED: 2,
    State.RETURNED: 3,
    State.APPROVED_OTHERWISE: 4,
    State.CHECKING: 5,
    State.SENT: 6,
    State.IN_ANALYSIS: 7,
    State.PENDING_DOCUMENTS: 8,
    State.APPROVED: 9,
    State.FORMALISED: 10,
    State.PAID: 11,
}


def rank_of(state: State) -> int:
    """How far a state is, from 0; the proposal is where its furthest attempt is."""
    return _RANKS[state]


def _reachable() -> dict[State, frozenset[State]]:
    found = {state: set(following) for state, following in NEXT.items()}
    for _ in NEXT:
        for following in found.values():
            following |= {far for near in tuple(following) for far in found[near]}
    return {state: frozenset(following) for state, following in found.items()}


REACHABLE = _reachable()
"""What may come after a state, soon or late: a message in between may have been lost."""


def walk(states: Iterable[State]) -> State:
    """Where a bank's words lead from ``checagem``, in the bank's order; one that cannot follow says nothing."""
    current = State.CHECKING
    for state in states:
        if state in REACHABLE[current]:
            current = state
    return current
