"""Who took an offer: one attempt at a time has it, whatever two proposals ask for at the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from lastro.financing.attempts.model import Attempt
from lastro.kernel.dataclass import dataclass

KEPT = timedelta(days=1)
"""How long after an offer ran out it is known who took it."""


@dataclass(frozen=True)
class Holder:
    """An attempt, by its proposal and its place there."""

    proposal_id: int
    position: int


@dataclass(frozen=True)
class Taking:
    """A new attempt that takes its offer, in the place of who had it ``before`` and has no more use of it."""

    attempt: Attempt
    before: Holder | None


def taken_item(proposal_id: int, attempt: Attempt) -> Mapping[str, Any]:
    return {
        "entity": "taken_offer",
        "schema": 1,
        "proposal_id": proposal_id,
        "position": attempt.position,
        "expires": int((attempt.expires_at + KEPT).timestamp()),
    }
