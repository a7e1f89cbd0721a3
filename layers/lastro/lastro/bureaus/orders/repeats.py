"""Whether a document may be asked again, and what of a question stored answers hold. Pure.

ERPs' credit analysis (docs/sources.md): a repeat within the interval answers what is stored, with an alert; a paid
inquiry whose outcome is unknown is never repeated silently. What was paid for within the interval answers, whichever
inquiries hold it; the bureau is asked for what is missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from lastro.bureaus.model import ASKING_LEASE, OPEN_STATUSES, Inquiry, InquiryStatus, Settings, covers, kept_until
from lastro.kernel.calendar import local_date
from lastro.kernel.dataclass import dataclass

MAX_ANSWERS = 64
"""Stored answers that are remembered of one question; each holds a feature no newer one holds."""


@dataclass(frozen=True)
class StoredAnswer:
    """An inquiry that was answered, with the features its bureau was asked for."""

    inquiry_id: str
    created_at: datetime
    features: tuple[str, ...] = ()


@dataclass(frozen=True)
class LastInquiry:
    """The newest inquiry of one question (:func:`question_of`); ``version`` counts its changes.

    ``answers`` are the other inquiries whose answers are still of use, newest first.
    """

    inquiry_id: str
    created_at: datetime
    status: InquiryStatus
    features: tuple[str, ...] = ()
    version: int = 1
    answers: tuple[StoredAnswer, ...] = ()

    @property
    def stored(self) -> tuple[StoredAnswer, ...]:
        """Every answer there is, newest first."""
        if self.status is not InquiryStatus.DONE:
            return self.answers
        return useful_answers((StoredAnswer(self.inquiry_id, self.created_at, self.features), *self.answers))


class Repeat(StrEnum):
    """What to do about a document that may have been asked before."""

    ASK = "ask"
    ANSWER_STORED = "answer_stored"
    IN_PROGRESS = "in_progress"
    OUTCOME_UNKNOWN = "outcome_unknown"


@dataclass(frozen=True)
class Judgement:
    """``answers`` hold what is stored of the question, newest first; ``missing`` are the features none of them has."""

    verdict: Repeat
    answers: tuple[StoredAnswer, ...] = ()
    missing: tuple[str, ...] = ()


def question_of(inquiry: Inquiry) -> str:
    """A name for everything but the features that decides what a bureau answers about a document.

    Inquiries of one document, integration and report that differ in it are different questions.
    """
    parts = [
        inquiry.environment.value,
        inquiry.federal_unit,
        _digits(inquiry.zip_code),
        _digits(inquiry.phone_number),
        dict(inquiry.parameters),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _digits(text: str | None) -> str:
    return "".join(filter(str.isdigit, text or ""))


def useful_answers(answers: Iterable[StoredAnswer]) -> tuple[StoredAnswer, ...]:
    """The newest answer and, newest first, each that holds a feature no newer one holds: at most ``MAX_ANSWERS``.

    Of answers to questions of one moment those named first count as newer.
    """
    kept: list[StoredAnswer] = []
    held: set[str] = set()
    for answer in sorted(answers, key=lambda each: each.created_at, reverse=True):
        if not kept or not held.issuperset(answer.features):
            kept.append(answer)
            held.update(answer.features)
    return tuple(kept[:MAX_ANSWERS])


def follow_new(last: LastInquiry | None, inquiry: Inquiry) -> LastInquiry:
    """What is remembered of a question once a new inquiry puts it."""
    return LastInquiry(
        inquiry.id,
        inquiry.created_at,
        inquiry.status,
        inquiry.asked_features,
        last.version + 1 if last else 1,
        last.stored if last else (),
    )


def follow_change(last: LastInquiry, inquiry: Inquiry) -> LastInquiry | None:
    """What is remembered once an inquiry's status changed, ``None`` when that changes nothing.

    An inquiry that a forced one displaced meanwhile still holds its answer, if it gets one late.
    """
    if last.inquiry_id == inquiry.id:
        return replace(last, status=inquiry.status, version=last.version + 1)
    if inquiry.status is not InquiryStatus.DONE:
        return None
    late = StoredAnswer(inquiry.id, inquiry.created_at, inquiry.asked_features)
    return replace(last, answers=useful_answers((late, *last.answers)), version=last.version + 1)


def judge_repeat(
    last: LastInquiry | None, settings: Settings, features: Sequence[str], now: datetime, *, forced: bool
) -> Judgement:
    """Decide on a new inquiry of the same question.

    The interval counts calendar days in São Paulo: with 30, an inquiry of 1 March is asked again from 31 March on.
    ``forced`` asks again whatever is stored, but for one that is being asked this moment. One answer that holds
    everything is preferred, the newest such; else the newest of each feature are put together.
    """
    everything = Judgement(Repeat.ASK, missing=tuple(features))
    if last is None:
        return everything
    if last.status in OPEN_STATUSES:
        return Judgement(Repeat.IN_PROGRESS)
    if forced:
        return everything
    answers = _choose([each for each in last.stored if _is_fresh(each, settings, now)], features)
    held = {name for each in answers for name in each.features}
    missing = tuple(name for name in features if name not in held)
    if answers and not missing:
        return Judgement(Repeat.ANSWER_STORED, answers)
    if last.status is InquiryStatus.UNKNOWN:
        return Judgement(Repeat.OUTCOME_UNKNOWN)
    return Judgement(Repeat.ASK, answers, missing)


def _is_fresh(answer: StoredAnswer, settings: Settings, now: datetime) -> bool:
    days = (local_date(now) - local_date(answer.created_at)).days
    return days < settings.repeat_days and now + ASKING_LEASE < kept_until(answer.created_at)


def _choose(fresh: Sequence[StoredAnswer], features: Sequence[str]) -> tuple[StoredAnswer, ...]:
    whole = next((each for each in fresh if covers(each.features, features)), None)
    if whole:
        return (whole,)
    holders = {next((each for each in fresh if name in each.features), None) for name in features}
    return tuple(each for each in fresh if each in holders)


def next_free_day(stored: StoredAnswer, settings: Settings) -> str:
    """The first day, ``dd/mm/aaaa``, on which the document is asked again without being forced."""
    day = local_date(stored.created_at) + timedelta(days=settings.repeat_days)
    return f"{day:%d/%m/%Y}"
