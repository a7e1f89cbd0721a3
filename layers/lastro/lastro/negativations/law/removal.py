"""Until when a listing has to be down.

Source: CDC art. 43 §3 and STJ, Súmula 548: after full payment the creditor has the record removed within five business
days. STJ, Tema 735 (REsp 1.424.792): they are counted from the first business day after the money is fully available
to the creditor. A court order or a contestation that is right leaves no such time: the record goes at once.
"""

from __future__ import annotations

from datetime import date

from lastro.negativations.law.calendars import PlaceCalendar

BUSINESS_DAYS = 5

AT_ONCE = frozenset({"04", "45"})
"""Reasons of removal that leave no days: an order of a court, a contestation."""


def removal_due_on(available_on: date, place: PlaceCalendar) -> date:
    """The last lawful day: the fifth business day, the first being the one after the money is available."""
    return place.business_days_after(available_on, BUSINESS_DAYS)


def is_late(due_on: date, today: date) -> bool:
    """Whether what had to be down is past its last day."""
    return today > due_on
