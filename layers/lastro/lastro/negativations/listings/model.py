"""A negative listing as facts that only grow, and the status that they add up to. Pure: clock and ids are parameters.

Words of a bureau, settlements and removals come in any order and more than once. Each is kept as a fact, and the status
is a function of all facts: whoever came last decides nothing. ``statuses.TRANSITIONS`` bounds what may follow what.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj, Document
from lastro.negativations.law.expiry import may_stand
from lastro.negativations.listings.facts import (
    Act,
    Answer,
    Approval,
    Concern,
    Entry,
    Origin,
    Removal,
    RemovalOrder,
    Sending,
    Settlement,
    ToldNotice,
)
from lastro.negativations.listings.statuses import ENDED, Event, Status
from lastro.negativations.listings.subject import Debt, Listed

MAX_RESENDS = 3
"""How often a refused inclusion is sent again without a new approval."""

OLDEST_DEBT_MONTHS = 60
"""CDC art. 43 §1: no negative information of a period longer than five years."""

GRACE = timedelta(seconds=60)
"""How long what is to be done is left to the queue before the sweep looks."""

PATIENCE = timedelta(hours=24)
"""How long a removal waits for the word on an inclusion that is under way, so that it does not overtake it."""


@dataclass(frozen=True)
class Listing:
    """One debt of one person at one bureau. Moments are aware.

    ``again_due_on`` is the last lawful day of a record that stands at the bureau though it was taken down, or never
    sent, ``early_due_on`` that of one which others saw before its notice had run its time. ``request_id`` is that of
    the last request that led to a change of it.
    """

    id: str
    partner_id: str
    branch_id: int
    store_id: int | None
    integration_id: int
    provider: str
    environment: str
    creditor: Cnpj
    boleto_id: str
    debtor_id: str
    person: Listed
    debt: Debt
    origin: Origin
    requested_by: str
    created_at: datetime
    guarantor_id: str | None = None
    principal_id: str | None = None
    principal_person: Document | None = None
    approval: Approval = Approval.NOT_NEEDED
    resends: int = 0
    resends_approved: int = 0
    removal_resends: int = 0
    sendings: tuple[Sending, ...] = ()
    notified_at: datetime | None = None
    included_at: datetime | None = None
    notices: tuple[ToldNotice, ...] = ()
    letter_due_on: date | None = None
    early_due_on: date | None = None
    active_from: date | None = None
    listed_at: datetime | None = None
    bureau_key: str | None = None
    removal: Removal | None = None
    orders: tuple[RemovalOrder, ...] = ()
    settlement: Settlement | None = None
    removal_due_on: date | None = None
    again_due_on: date | None = None
    removed_at: datetime | None = None
    expired_at: datetime | None = None
    difference: str | None = None
    history: tuple[Entry, ...] = ()
    look_at: datetime | None = None
    request_id: str | None = None
    version: int = 1

    @property
    def status(self) -> Status:
        return status_of(self)

    @property
    def is_open(self) -> bool:
        """Whether it stands in the way of another listing of the same debt."""
        return self.status not in ENDED

    @property
    def stood_again(self) -> bool:
        """Whether it is taken down a second time: its record outstayed one end, and is left to no other."""
        return any(each.event == Event.REMOVAL_REOPENED for each in self.history)

    def last(self, act: Act) -> Sending | None:
        """The newest request of a kind."""
        return next((each for each in reversed(self.sendings) if each.act is act), None)

    def count(self, act: Act) -> int:
        return sum(each.act is act for each in self.sendings)


def status_of(listing: Listing) -> Status:
    """The status that the facts add up to."""
    if listing.removed_at:
        return Status.REMOVED
    if listing.expired_at:
        return Status.EXPIRED
    if (listing.removal or listing.settlement) and not may_be_listed(listing):
        return Status.REMOVED
    if listing.removal:
        return _removal_status(listing)
    if listing.included_at:
        return Status.ACTIVE if listing.listed_at else Status.NOTIFIED
    return _inclusion_status(listing)


def _removal_status(listing: Listing) -> Status:
    last = listing.last(Act.REMOVAL)
    if last is None:
        return Status.TO_REMOVE
    if listing.removal_resends >= listing.count(Act.REMOVAL):
        return Status.TO_REMOVE
    return Status.REMOVAL_FAILED if last.answer is Answer.REFUSED else Status.REMOVAL_SENT


def _inclusion_status(listing: Listing) -> Status:
    match listing.approval:
        case Approval.PENDING:
            return Status.AWAITING_APPROVAL
        case Approval.REFUSED:
            return Status.DRAFT
    last = listing.last(Act.INCLUSION)
    if last is None or listing.resends >= listing.count(Act.INCLUSION):
        return Status.TO_SEND
    if last.answer is Answer.REFUSED:
        return Status.FAILED
    return Status.AWAITING_WORD if last.receipt else Status.SENT


def may_be_listed(listing: Listing) -> bool:
    """Whether the bureau said that it is listed, or was asked to and has not said no."""
    return bool(listing.included_at) or any(
        each.act is Act.INCLUSION and each.answer is not Answer.REFUSED for each in listing.sendings
    )


def concerns_of(listing: Listing) -> tuple[Concern, ...]:
    """Why the listing is critical; empty where nothing is owed to anybody."""
    found: list[Concern] = []
    open_still = not listing.removed_at and not listing.expired_at and may_be_listed(listing)
    if listing.settlement and open_still:
        found.append(Concern.PAID)
    # Cancelled or renegotiated, it has a last day, and nobody asked for its removal yet.
    ceased = listing.removal_due_on is not None and listing.settlement is None
    if (listing.removal or ceased) and open_still:
        found.append(Concern.REMOVAL_OWED)
    if any(each.lost and each.answer is None for each in listing.sendings) and open_still:
        found.append(Concern.OUTCOME_UNKNOWN)
    if listing.letter_due_on and open_still:
        found.append(Concern.LETTER_WANTED)
    if listing.early_due_on and open_still:
        found.append(Concern.NOTICE_LATE)
    if listing.difference:
        found.append(Concern.DIFFERENCE)
    return tuple(found)


def next_act(listing: Listing, now: datetime) -> Act | None:
    """What the bureau is to be asked next; a removal waits for the word on its inclusion, but not for ever."""
    match listing.status:
        case Status.TO_SEND:
            return Act.INCLUSION
        case Status.TO_REMOVE:
            last = listing.last(Act.INCLUSION)
            known = bool(listing.included_at) or last is None
            waited = last is not None and now >= last.sent_at + PATIENCE
            return Act.REMOVAL if known or waited else None
    return None


def is_too_old(due_on: date, today: date, prescription_years: int = 5) -> bool:
    """Whether a debt is past five years or prescribed, and may no longer be listed (CDC art. 43 §§1 and 5)."""
    return not may_stand(due_on, today, prescription_years)


def find_sending(listing: Listing, reference: str) -> Sending | None:
    """The request that an id, ours or the bureau's, names."""
    return next((each for each in listing.sendings if reference in (each.transaction_id, each.receipt)), None)


def unanswered(sendings: Sequence[Sending], act: Act) -> list[Sending]:
    """Requests of a kind that the bureau has not ended, oldest first."""
    return [each for each in sendings if each.act is act and each.answer is None]


def looked_at_on(day: date) -> datetime:
    """The moment of a day at which what depends on the day alone is looked at: noon in UTC."""
    return datetime.combine(day, time(12), UTC)


def open_sending(listing: Listing) -> Sending | None:
    """The newest request, where nobody knows whether it arrived."""
    last = listing.sendings[-1] if listing.sendings else None
    return last if last and last.receipt is None and last.answer is None else None
