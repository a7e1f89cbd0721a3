"""What is asked about a person's data, and what holds their erasure. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import Record, Standing

GRACE = timedelta(minutes=5)
"""How long a message is left to the queue before the sweep sends it again."""
LATE_AFTER = timedelta(days=10)
"""When the operator hears of a request that is not done: the law gives its answer fifteen days (LGPD art. 19, II)."""
MOST_NAMED = 50
"""Kept records that an answer names one by one; all of them are counted."""
MOST_FILES = 200
LONGEST_UNSEEN = timedelta(days=365)
IN_USE_AGAIN = timedelta(days=30)


class Action(StrEnum):
    """What a data subject may want: a copy of all that is kept (LGPD art. 18, II and V), or its end (art. 18, VI)."""

    EXPORT = "export"
    ERASURE = "erasure"


class RequestStatus(StrEnum):
    """``held``: a legal hold stands in the way of an erasure, which goes on once it is lifted."""

    PENDING = "pending"
    HELD = "held"
    DONE = "done"


class Fate(StrEnum):
    """What became of a record: ``kept`` for the law's term, ``in_use`` until what goes on is over."""

    EXPORTED = "exported"
    ENDED = "ended"
    KEPT = "kept"
    IN_USE = "in_use"


@dataclass(frozen=True)
class Kept:
    """A record that has to stay, until when and why. ``until`` is ``None`` while it is in use."""

    kind: str
    id: str
    until: date | None
    basis: str


@dataclass(frozen=True)
class Slice:
    """What one round of work came to: fates counted by kind, and what is named one by one."""

    after: str
    is_last: bool
    fates: Mapping[str, int] = field(default_factory=dict)
    kept: Sequence[Kept] = ()
    files: Sequence[str] = ()
    attachments: Sequence[str] = ()


@dataclass(frozen=True)
class SubjectRequest:
    """A data subject's request, as far as it is worked: ``after`` is the last record that was.

    ``fates`` counts records under ``<kind>.<fate>``. ``files`` are the parts of an export, ``attachments`` files that
    were handed in and go with it.
    """

    id: str
    partner_id: str
    document: str
    action: Action
    requested_by: str
    created_at: datetime
    status: RequestStatus = RequestStatus.PENDING
    version: int = 1
    next_at: datetime | None = None
    after: str = ""
    fates: Mapping[str, int] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()
    files: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    finished_at: datetime | None = None


def begin(request: SubjectRequest, now: datetime) -> SubjectRequest:
    """A new request, left to the queue at first."""
    return replace(request, next_at=now + GRACE)


def advance(request: SubjectRequest, done: Slice, now: datetime) -> SubjectRequest:
    """The request after one more slice."""
    fates = Counter(request.fates) + Counter(done.fates)
    return replace(
        request,
        status=RequestStatus.DONE if done.is_last else RequestStatus.PENDING,
        version=request.version + 1,
        next_at=None if done.is_last else now + GRACE,
        after=done.after,
        fates=dict(fates),
        kept=(*request.kept, *done.kept)[:MOST_NAMED],
        files=(*request.files, *done.files),
        attachments=tuple(dict.fromkeys((*request.attachments, *done.attachments)))[:MOST_FILES],
        finished_at=now if done.is_last else None,
    )


def hold_back(request: SubjectRequest) -> SubjectRequest:
    """The request while a legal hold stands in its way: nobody looks after it until the hold is lifted."""
    return replace(request, status=RequestStatus.HELD, version=request.version + 1, next_at=None)


def take_up(request: SubjectRequest, now: datetime) -> SubjectRequest:
    """The request once nothing holds it any more: it begins anew, for what was kept may end now."""
    return replace(
        request,
        status=RequestStatus.PENDING,
        version=request.version + 1,
        next_at=now + GRACE,
        after="",
        fates={},
        kept=(),
    )


@dataclass(frozen=True)
class Retained:
    """A record with the day on which it is looked at next; ``wanted``: its end was asked for."""

    record: Record
    look_on: date
    wanted: bool = False


def next_look(standing: Standing, today: date, *, wanted: bool) -> date | None:
    """When a record is to be looked at again, ``None``: it may end today.

    What was asked for ends on the first day that the law lets it, anything else at the end of its term. A day on which
    something of it goes before is not missed.
    """
    due = standing.kept_until if wanted else standing.ends_on
    if due is not None and due <= today:
        return None
    in_use_until = today + (timedelta(days=1) if wanted else IN_USE_AGAIN)
    looks = [due or in_use_until, today + LONGEST_UNSEEN]
    if standing.trims_on is not None and standing.trims_on > today:
        looks.append(standing.trims_on)
    return min(looks)


class Setter(StrEnum):
    """Who set a hold: the operator's is lifted by the operator alone."""

    PARTNER = "partner"
    OPERATOR = "operator"


@dataclass(frozen=True)
class LegalHold:
    """Why a person's data may not be erased now: a lawsuit, an authority's order (LGPD art. 16, I)."""

    id: str
    partner_id: str
    document: str
    reason: str
    requested_by: str
    set_by: Setter
    set_at: datetime
    version: int = 1
    lifted_at: datetime | None = None
    lifted_by: str | None = None
    lift_reason: str | None = None
