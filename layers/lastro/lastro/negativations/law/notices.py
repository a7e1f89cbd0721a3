"""The notice before a listing counts, and how long it is waited for.

Sources: CDC art. 43 §2 (the consumer is told in writing). STJ, Súmula 359: the keeper of the registry tells before it
records. Súmula 404 and Tema 59: no receipt of a letter is needed, the proof of posting to the debtor's address is.
Tema 1.315 (2nd Section, March 2026): a notice by electronic means alone is valid where sending and delivery are proven;
where they are not, a letter follows.

Waiting: no federal law names days; the registries give ten. São Paulo: Lei 15.659/2015 art. 2 gives fifteen; the twenty
days of Lei 16.624/2017 and the receipt were struck down (STF, ADIs 5.224, 5.252, 5.273 and 5.978). A period whose last
day is no business day ends on the next (Código Civil art. 132 §1).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from lastro.kernel.dataclass import dataclass
from lastro.negativations.law.calendars import PlaceCalendar

DEFAULT_WAITING_DAYS = 10
WAITING_DAYS = {"SP": 15}
"""Calendar days by the debtor's federal unit; ``DEFAULT_WAITING_DAYS`` elsewhere."""

DELIVERY_DAYS = 3
"""Calendar days after which a notice that nothing proves is followed by a letter."""

LETTER_BUSINESS_DAYS = 5
"""Until when that letter goes out: as long as the law gives for the correction of a record (CDC art. 43 §3)."""


class Channel(StrEnum):
    """How a notice goes out."""

    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True)
class PriorNotice:
    """One notice to a debtor before a listing (CDC art. 43 §2).

    ``address`` is where it went (postal, e-mail, number). ``proof`` names what proves it: the posting of a letter, the
    delivery of anything electronic.
    """

    channel: Channel
    address: str
    sent_on: date
    delivered_on: date | None = None
    proof: str = ""

    @property
    def told_on(self) -> date | None:
        """The day from which the debtor counts as told; ``None`` where nothing proves it."""
        if not self.address or not self.proof:
            return None
        return self.sent_on if self.channel is Channel.LETTER else self.delivered_on


def waiting_days(state: str) -> int:
    """How many calendar days a debtor of a federal unit is given; an unknown unit gets the longest."""
    if not state:
        return max(DEFAULT_WAITING_DAYS, *WAITING_DAYS.values())
    return WAITING_DAYS.get(state, DEFAULT_WAITING_DAYS)


def effective_from(notices: Iterable[PriorNotice], state: str, place: PlaceCalendar) -> date | None:
    """The first day on which a record may be seen by others: the day after the waiting period of the earliest proven
    notice. ``None`` while no notice is proven.
    """
    told = [notice.told_on for notice in notices if notice.told_on]
    if not told:
        return None
    last = place.business_day_from(min(told) + timedelta(days=waiting_days(state)))
    return last + timedelta(days=1)


def wants_letter(notices: Iterable[PriorNotice], since: date, today: date) -> bool:
    """Whether nothing proves, and in time, that the debtor was told: neither the posting of a letter nor the delivery
    of anything electronic. Counted from the first notice, or from ``since`` where none went out.
    """
    sent = list(notices)
    if any(notice.told_on for notice in sent):
        return False
    return today > min((notice.sent_on for notice in sent), default=since) + timedelta(days=DELIVERY_DAYS)


def letter_due_on(asked_on: date, place: PlaceCalendar) -> date:
    """The last day of a letter that is asked for on a day."""
    return place.business_days_after(asked_on, LETTER_BUSINESS_DAYS)
