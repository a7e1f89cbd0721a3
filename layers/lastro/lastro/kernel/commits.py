"""The one loop around conditional writes: read, decide, write, and decide again when somebody else wrote first."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from lastro.kernel.errors import Conflict, LastroError, Retryable

ROUNDS = 5
"""How often a change gives way to others before its caller is told."""

TRANSACTION_CONFLICT = "transaction_conflict"
"""Code of a ``Retryable``: others were writing the same rows all along, and nothing of ours was written."""

_LONGEST_PAUSE = 0.04

Outcome = TypeVar("Outcome")


def until_committed(round_of: Callable[[], Outcome | None], busy: Callable[[], LastroError]) -> Outcome:
    """Do rounds until one commits, and answer what it did.

    A round reads what is stored, decides and writes all of its change or nothing; ``None`` says that somebody else
    wrote first. It begins with the answer that is kept for the request, if any: who lost to the same request answers
    what that one was answered. Raises what a round raises, and what ``busy`` makes once ``ROUNDS`` rounds were lost.
    """
    for number in range(ROUNDS):
        if number:
            # Apart from each other, or those who met would meet again.
            time.sleep(random.uniform(0, _LONGEST_PAUSE))
        try:
            outcome = _decide(round_of)
        except Retryable as error:
            if error.code != TRANSACTION_CONFLICT:
                raise
            continue
        if outcome is not None:
            return outcome
    raise busy()


def _decide(round_of: Callable[[], Outcome | None]) -> Outcome | None:
    """One round. What is in the way of it may be what the same request did since its answer was looked for: a round
    that says ``Conflict`` is done over, and the second one's word holds. So what a round does outside its transaction
    before it says so has to bear being done twice.
    """
    try:
        return round_of()
    except Conflict:
        return round_of()
