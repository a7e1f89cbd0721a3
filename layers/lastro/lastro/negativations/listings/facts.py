"""What a listing is made of: requests to the bureau, removals, orders, the payment, the lines of its history. Pure."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from lastro.kernel.dataclass import dataclass
from lastro.negativations.law.notices import PriorNotice


class Origin(StrEnum):
    """Who decided on the listing: a person, or the collection routine."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


class Approval(StrEnum):
    """Whether a second person has to agree, and what they said."""

    NOT_NEEDED = "not_needed"
    PENDING = "pending"
    GIVEN = "given"
    REFUSED = "refused"


class Act(StrEnum):
    """What a bureau is asked to do."""

    INCLUSION = "inclusion"
    REMOVAL = "removal"


class Answer(StrEnum):
    """The bureau's final word on an act."""

    DONE = "done"
    REFUSED = "refused"


class Concern(StrEnum):
    """Why a listing is critical ("crítica") until a person or a removal sees to it."""

    PAID = "paid"
    REMOVAL_OWED = "removal_owed"
    OUTCOME_UNKNOWN = "outcome_unknown"
    LETTER_WANTED = "letter_wanted"
    NOTICE_LATE = "notice_late"
    DIFFERENCE = "difference"


@dataclass(frozen=True)
class Sending:
    """One request to the bureau under an id of its own; ``receipt`` is the bureau's id of it.

    ``lost``: no answer came, so that it may have taken effect.
    """

    transaction_id: str
    act: Act
    sent_at: datetime
    receipt: str | None = None
    answer: Answer | None = None
    answered_at: datetime | None = None
    code: str | None = None
    lost: bool = False


@dataclass(frozen=True)
class Removal:
    """Why the listing is to come down, by the bureau's table of reasons, and since when.

    ``due_on`` is its last lawful day where the branch works; ``None`` of what goes at once and of what was never sent.
    """

    reason: str
    requested_at: datetime
    requested_by: str
    due_on: date | None = None


class OrderKind(StrEnum):
    """Who says that the record has to go at once: a court, or the debtor who contests it and is right."""

    COURT = "court_order"
    CONTESTATION = "contestation"


@dataclass(frozen=True)
class RemovalOrder:
    """An order of a court, or a contestation: its ``number`` (of the case, of the protocol) and its date."""

    kind: OrderKind
    number: str
    issued_on: date
    recorded_at: datetime
    recorded_by: str

    def is_that_of(self, other: RemovalOrder) -> bool:
        """Whether both are the same order, however its number was typed."""
        return self.kind is other.kind and _bare(self.number) == _bare(other.number)


def _bare(number: str) -> str:
    return "".join(each for each in number.casefold() if each.isalnum())


@dataclass(frozen=True)
class ToldNotice:
    """A notice to the debtor, as a person recorded it or, with nobody in ``recorded_by``, as the bureau told of it."""

    id: str
    notice: PriorNotice
    recorded_at: datetime
    recorded_by: str = ""
    proven_at: datetime | None = None
    proven_by: str = ""


@dataclass(frozen=True)
class Settlement:
    """The debt is paid; the law's clock starts when the money is available."""

    paid_on: date
    available_on: date


@dataclass(frozen=True)
class Entry:
    """A line of the history: when, what, who, and the code or justification that goes with it."""

    at: datetime
    event: str
    by: str = ""
    detail: str = ""
    transaction_id: str | None = None
