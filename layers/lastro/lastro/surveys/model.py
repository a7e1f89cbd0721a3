"""Surveys, what was sent of them, and what their answers come to. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from uuid import NAMESPACE_URL, uuid5

from lastro.kernel.calendar import format_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.occurrences import Feature, Occurrence

MOST_SURVEYS = 100
HIGHEST_SCORE = 10
LONGEST_TEXT = 2000
KEPT = timedelta(days=5 * 366)
"""How long what was sent is kept: what a customer was sent ends by its record, anything else by its row."""
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Survey:
    """What is asked, on which events, with scores from ``lowest`` to ``highest``, both among them.

    ``enabled_at`` is when it was switched on last: what occurred before is not asked about. ``version`` counts changes.
    """

    id: int
    name: str
    question: str
    lowest: int
    highest: int
    triggers: tuple[Feature, ...]
    enabled: bool
    enabled_at: datetime
    created_at: datetime
    updated_at: datetime
    version: int = 1

    def follows(self, occurrence: Occurrence) -> bool:
        """Whether it is sent on an event."""
        return self.enabled and occurrence.feature in self.triggers and self.enabled_at <= occurrence.at


@dataclass(frozen=True)
class Recipient:
    """Whom a survey is sent to: a customer of the partner, or a person of its portal who is none."""

    customer_id: int | None = None
    person_id: str | None = None
    document: str | None = None

    @property
    def name(self) -> str:
        return f"PERSON#{self.person_id}" if self.customer_id is None else f"CUSTOMER#{self.customer_id}"


@dataclass(frozen=True)
class Answer:
    """What somebody says."""

    score: int
    text: str | None


@dataclass(frozen=True)
class SentSurvey:
    """A survey as it was sent on one event. ``feature_id`` and ``service_id`` are those of the event.

    ``stored_protocol`` is ``None`` in rows that were kept before there were protocols.
    """

    id: str
    partner_id: str
    survey_id: int
    question: str
    lowest: int
    highest: int
    trigger: Feature
    feature_id: str | None
    service_id: str
    stored_protocol: str | None
    recipient: Recipient
    sent_at: datetime
    answer: Answer | None = None
    answered_at: datetime | None = None

    @property
    def protocol(self) -> str:
        """The id of what caused it, else that of the service: never empty."""
        return self.stored_protocol or self.feature_id or self.service_id

    @property
    def place(self) -> str:
        """Where it stands in lists."""
        return f"{format_moment(self.sent_at)}#{self.id}"


def send(survey: Survey, occurrence: Occurrence, recipient: Recipient, now: datetime) -> SentSurvey:
    """A survey sent on an event. Its id follows from both: sent twice, it is the same."""
    name = f"lastro:survey:{occurrence.partner_id}:{survey.id}:{occurrence.name}"
    return SentSurvey(
        id=str(uuid5(NAMESPACE_URL, name)),
        partner_id=occurrence.partner_id,
        survey_id=survey.id,
        question=survey.question,
        lowest=survey.lowest,
        highest=survey.highest,
        trigger=occurrence.feature,
        feature_id=occurrence.id,
        service_id=occurrence.service_id,
        stored_protocol=occurrence.protocol,
        recipient=recipient,
        sent_at=now,
    )


@dataclass(frozen=True)
class Tally:
    """How a survey did on one trigger: how often it was sent, and how many gave each score."""

    sent: int = 0
    scores: Mapping[int, int] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        return sum(self.scores.values())

    @property
    def total(self) -> int:
        """The sum of all scores."""
        return sum(score * times for score, times in self.scores.items())

    @property
    def mean(self) -> Decimal | None:
        """The mean score to two places, half to even; ``None`` without an answer."""
        if not self.answered:
            return None
        return (Decimal(self.total) / self.answered).quantize(_CENT, ROUND_HALF_EVEN)


def add_tallies(tallies: Sequence[Tally]) -> Tally:
    """All of them as one."""
    scores: dict[int, int] = {}
    for tally in tallies:
        for score, times in tally.scores.items():
            scores[score] = scores.get(score, 0) + times
    return Tally(sum(tally.sent for tally in tallies), scores)
