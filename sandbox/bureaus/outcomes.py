"""What may become of a call to a sandbox bureau."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sandbox.bureaus.subjects import Debt


class Outcome(StrEnum):
    """The first six answer, and charge, an inquiry; the others refuse it, but for ``pending`` and the time-out.

    The last two refuse a removal and a listing: there is no such record, or there is one already.
    """

    ANSWERED = "answered"
    SUMMARY_ONLY = "summary_only"
    UNKNOWN_FIELDS = "unknown_fields"
    WRONG_TYPES = "wrong_types"
    OTHER_DOCUMENT = "other_document"
    GARBAGE = "garbage"
    BAD_REQUEST = "bad_request"
    UNAUTHORIZED = "unauthorized"
    REVOKED_TOKEN = "revoked_token"
    INVALID_CREDENTIALS = "invalid_credentials"
    NOT_FOUND = "not_found"
    UNKNOWN_REPORT = "unknown_report"
    INVALID_DOCUMENT = "invalid_document"
    UNKNOWN_FEATURE = "unknown_feature"
    NOT_CONTRACTED = "not_contracted"
    UNKNOWN_USER = "unknown_user"
    PROCESSING_ERROR = "processing_error"
    TOO_MANY_REQUESTS = "too_many_requests"
    SPIKE_ARREST = "spike_arrest"
    UNSTABLE = "unstable"
    PENDING = "pending"
    TIMEOUT_AFTER_EFFECT = "timeout_after_effect"
    ABSENT_RECORD = "absent_record"
    KNOWN_RECORD = "known_record"


class Manner(StrEnum):
    """How a bureau tells the end of a listing or a removal: good, bad, good twice, good before it answers, never."""

    OK = "ok"
    ERROR = "error"
    TWICE = "twice"
    EARLY = "early"
    NEVER = "never"


CHARGED = frozenset(tuple(Outcome)[:6]) | {Outcome.PENDING, Outcome.TIMEOUT_AFTER_EFFECT}


@dataclass(frozen=True, slots=True)
class Computed:
    """A score that a script or a published document sets; ``value`` is ``None`` when it is not computed."""

    value: int | None


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a call is treated. What the bureau knows is replaced by ``score``, ``debts`` and ``registration`` where they
    are not ``None``.

    ``times`` bounds how often a published document is treated so; afterwards it is answered. ``word`` is how the end of
    a listing or a removal is told, ``word_delay_ms`` after its answer.
    """

    outcome: Outcome = Outcome.ANSWERED
    delay_ms: int = 0
    score: Computed | None = None
    debts: tuple[Debt, ...] | None = None
    registration: str | None = None
    token_seconds: int | None = None
    times: int | None = None
    word: Manner = Manner.OK
    word_delay_ms: int = 0
