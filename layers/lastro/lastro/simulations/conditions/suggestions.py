"""Which extra conditions a bank's down-payment advice calls for.

Source: the page on down-payment suggestion; what it leaves open is decided in docs/sources.md, simulations hub.
"""

from __future__ import annotations

from enum import StrEnum

from lastro.kernel.dataclass import dataclass


class SuggestionReason(StrEnum):
    """``suggestion_reason`` of a generated condition."""

    MINIMUM = "bank_minimum_down_payment"
    SUGGESTED = "bank_suggested_down_payment"


@dataclass(frozen=True)
class Suggestion:
    """An extra condition to create: why, and its down payment in cents."""

    reason: SuggestionReason
    down_payment: int


def suggest_down_payments(offered: int, minimum: int | None, suggested: int | None) -> tuple[Suggestion, ...]:
    """Compare the client's down payment with the bank's minimum and ideal, all in cents.

    The minimum comes first. An advice at or below the offer generates nothing; when both advices are the same value
    above the offer, only the suggested one is generated.
    """
    found = []
    has_suggested = suggested is not None and suggested > offered
    if minimum is not None and minimum > offered and not (has_suggested and suggested == minimum):
        found.append(Suggestion(SuggestionReason.MINIMUM, minimum))
    if suggested is not None and has_suggested:
        found.append(Suggestion(SuggestionReason.SUGGESTED, suggested))
    return tuple(found)
