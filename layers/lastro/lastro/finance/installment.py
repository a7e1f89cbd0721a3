"""A row of a schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Installment:
    """One row of a schedule, amounts in cents.

    Always ``value = interest + amortization`` and ``balance = previous_balance - amortization``.
    """

    number: int
    due_date: date
    previous_balance: int
    interest: int
    amortization: int
    value: int
    balance: int
