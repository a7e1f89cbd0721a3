"""A row of a schedule."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Installment(NamedTuple):
    """One row of a schedule, amounts in cents. A tuple, since schedules of hundreds of rows are drawn by halving.

    Always ``value = interest + amortization`` and ``balance = previous_balance - amortization``.
    """

    number: int
    due_date: date
    previous_balance: int
    interest: int
    amortization: int
    value: int
    balance: int
