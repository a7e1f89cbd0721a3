"""Parts of a whole as percentages that sum to exactly one hundred. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def percent_shares(parts: Sequence[int], places: int = 2) -> tuple[Decimal, ...]:
    """Each part in percent of their sum, with ``places`` decimals: together 100, each less than one last digit off.

    By largest remainders: every share is cut off, and the digits that are missing go to those that lost most, the
    earlier first where they lost the same. Parts are cents, none negative.

    Raises ``ValueError`` for a negative part or when they sum to nothing.
    """
    whole = sum(parts)
    if whole <= 0 or min(parts) < 0:
        raise ValueError("shares are of parts that are not negative and sum to more than nothing")
    hundred = 100 * 10**places
    cut = [divmod(part * hundred, whole) for part in parts]
    missing = hundred - sum(share for share, _ in cut)
    by_loss = sorted(range(len(parts)), key=lambda position: -cut[position][1])
    raised = set(by_loss[:missing])
    return tuple(Decimal(share + (position in raised)).scaleb(-places) for position, (share, _) in enumerate(cut))
