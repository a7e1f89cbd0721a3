"""Whether a document may be asked again. Pure.

Reference bureaus.md §1.2 and §7.3 no. 10: a repeat within the interval answers what is stored, with an alert; a paid
inquiry whose outcome is unknown is never repeated silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lastro.bureaus.model import ASKING_LEASE, RETENTION, InquiryStatus, Settings, covers
from lastro.calendar import local_date


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The newest inquiry of one thing that was answered."""

    inquiry_id: str
    created_at: str
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastInquiry:
    """The newest inquiry of one document with one integration and report; ``version`` counts its changes.

    ``before`` is the answer that stood when it was made: it is still good if this one comes to nothing.
    """

    inquiry_id: str
    created_at: str
    status: InquiryStatus
    features: tuple[str, ...] = ()
    version: int = 1
    before: StoredAnswer | None = None

    @property
    def stored(self) -> StoredAnswer | None:
        """The newest answer there is."""
        if self.status is InquiryStatus.DONE:
            return StoredAnswer(self.inquiry_id, self.created_at, self.features)
        return self.before


class Repeat(StrEnum):
    """What to do about a document that may have been asked before."""

    ASK = "ask"
    ANSWER_STORED = "answer_stored"
    IN_PROGRESS = "in_progress"
    OUTCOME_UNKNOWN = "outcome_unknown"


def judge_repeat(
    last: LastInquiry | None, settings: Settings, features: Sequence[str], now: datetime, *, forced: bool
) -> Repeat:
    """Decide on a new inquiry of the same document, integration and report.

    The interval counts calendar days in São Paulo: with 30, an inquiry of 1 March is asked again from 31 March on.
    ``forced`` asks again whatever is stored, but for one that is being asked this moment.
    """
    if last is None:
        return Repeat.ASK
    if last.status in (InquiryStatus.QUEUED, InquiryStatus.ASKING):
        return Repeat.IN_PROGRESS
    if forced:
        return Repeat.ASK
    if last.status is InquiryStatus.UNKNOWN:
        return Repeat.OUTCOME_UNKNOWN
    stored = last.stored
    if stored is None:
        return Repeat.ASK
    asked_at = datetime.fromisoformat(stored.created_at)
    days = (local_date(now) - local_date(asked_at)).days
    kept = now - asked_at < RETENTION - ASKING_LEASE
    if days < settings.repeat_days and kept and covers(stored.features, features):
        return Repeat.ANSWER_STORED
    return Repeat.ASK


def next_free_day(stored: StoredAnswer, settings: Settings) -> str:
    """The first day, ``dd/mm/aaaa``, on which the document is asked again without being forced."""
    day = local_date(datetime.fromisoformat(stored.created_at)) + timedelta(days=settings.repeat_days)
    return f"{day:%d/%m/%Y}"
