"""When a debt may no longer stand in a registry.

Sources: CDC art. 43 §1 and STJ, Súmula 323: no negative record beyond five years, whatever the prescription of the
title's execution; they run from the day after the due date (STJ, REsp 1.630.889). CDC art. 43 §5: once the claim
itself is prescribed nothing may be told; Código Civil art. 206 gives five years to liquid debts in writing (§5 I),
three to rents (§3 I) and one to board and insurance (§1), so the shorter of both ends it.
"""

from __future__ import annotations

from datetime import date

from lastro.kernel.calendar import add_months

MOST_YEARS = 5


def last_day_of_record(due_on: date, prescription_years: int = MOST_YEARS) -> date:
    """The last day on which a debt may be listed: the earlier of five years and of its prescription.

    Raises ``ValueError`` for a prescription below one year.
    """
    if prescription_years < 1:
        raise ValueError("a debt is prescribed after a year or more")
    return add_months(due_on, 12 * min(MOST_YEARS, prescription_years))


def may_stand(due_on: date, today: date, prescription_years: int = MOST_YEARS) -> bool:
    """Whether a debt of this due date may still be listed."""
    return today <= last_day_of_record(due_on, prescription_years)
