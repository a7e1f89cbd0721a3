"""What a customer's journey counts. Pure."""

from __future__ import annotations

from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
class Tally:
    """How many reservations name a customer, how many sales it holds, in how many assignments it is a party."""

    reservations: int
    sales: int
    assignments: int
