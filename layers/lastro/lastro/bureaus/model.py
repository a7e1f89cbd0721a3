"""Branches, integrations, settings and inquiries of credit bureaus. Pure: the clock and the ids are parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from lastro.bureaus.providers.catalogue import BUREAUS
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.calendar import add_months, local_date, start_of_day
from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj, Document

MAX_BRANCHES = 200
"""Branches of one partner; all of a partner's set-up is read in one query."""

MAX_REPEAT_DAYS = 365

RETENTION_MONTHS = 12
"""How long a bureau's answer is kept; who asked what, when and why is kept for good (LGPD art. 37)."""

CONSULTERS_MONTHS = 6
"""The consulters of the last six months (Decree 7.829/2012 art. 10): calendar months, whole days."""

ASKING_LEASE = timedelta(seconds=60)
"""Longer than a function that asks may live: an inquiry still being asked by then lost its process."""

LEGAL_BASIS = "LGPD art. 7, X"
"""Protection of credit: no consent is asked for, so purpose and requester are recorded."""


class SubjectKind(StrEnum):
    """What the document's holder is to the partner."""

    CLIENT = "client"
    LEAD = "lead"
    PROSPECT = "prospect"
    AD_HOC = "ad_hoc"


class Purpose(StrEnum):
    """Why somebody asks; each is protection of credit."""

    CREDIT_ANALYSIS = "credit_analysis"
    LEAD_QUALIFICATION = "lead_qualification"
    DEFAULT_PREVENTION = "default_prevention"
    COLLECTION = "collection"


class InquiryStatus(StrEnum):
    """``unknown`` may have been made and charged: only a person decides to ask again."""

    QUEUED = "queued"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


OPEN_STATUSES = frozenset({InquiryStatus.QUEUED, InquiryStatus.ASKING})

TRANSITIONS: Mapping[tuple[InquiryStatus, str], InquiryStatus] = {
    (InquiryStatus.QUEUED, "asked"): InquiryStatus.ASKING,
    (InquiryStatus.QUEUED, "given_up"): InquiryStatus.FAILED,
    (InquiryStatus.ASKING, "answered"): InquiryStatus.DONE,
    (InquiryStatus.ASKING, "refused"): InquiryStatus.FAILED,
    (InquiryStatus.ASKING, "lost"): InquiryStatus.UNKNOWN,
    (InquiryStatus.ASKING, "postponed"): InquiryStatus.QUEUED,
    (InquiryStatus.UNKNOWN, "answered"): InquiryStatus.DONE,
    (InquiryStatus.UNKNOWN, "never_seen"): InquiryStatus.FAILED,
}
"""``(status, event) -> status``. What is not here does not happen."""


class IllegalTransition(ValueError):
    """An event that its inquiry's status does not know: a fault of ours, never a caller's."""


def next_status(status: InquiryStatus, event: str) -> InquiryStatus:
    """The status after an event. Raises ``IllegalTransition``."""
    try:
        return TRANSITIONS[status, event]
    except KeyError as error:
        raise IllegalTransition(f"an inquiry that is {status} cannot be {event}") from error


@dataclass(frozen=True)
class Branch:
    """A unit of the partner with a CNPJ of its own. At most one integration serves it; ``store_id`` is optional."""

    id: int
    name: str
    cnpj: Cnpj
    created_at: datetime
    updated_at: datetime
    store_id: int | None = None
    integration_id: int | None = None
    version: int = 1


@dataclass(frozen=True)
class Integration:
    """One contract with a bureau.

    ``panel`` says whose key it is; ``shared_with`` the panels that may use a manager's key. ``fields`` holds the
    provider's own settings, never a secret; ``secrets`` when each secret was last replaced. ``prices`` are the
    contracted cents by report, ``features`` the contracted optional features, ``None`` where the contract is not told.
    ``credential`` names the login, so that integrations with the same one share a token.
    """

    id: int
    provider: str
    branch_id: int
    environment: Environment
    fields: Mapping[str, str | bool | tuple[str, ...]]
    secrets: Mapping[str, datetime]
    credential: str
    created_at: datetime
    updated_at: datetime
    panel: Panel = Panel.MANAGER
    shared_with: tuple[Panel, ...] = ()
    automatic: bool = False
    features: tuple[str, ...] | None = None
    prices: Mapping[str, int] = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True)
class Settings:
    """A partner's switches. ``repeat_days`` is calendar days before the same document is asked again, 0 for none."""

    enabled: bool = True
    repeat_days: int = 30
    force_panels: tuple[Panel, ...] = (Panel.MANAGER,)
    updated_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True)
class Leftover:
    """Secrets in the vault, by field name, that no integration owns, to be removed from ``due`` on.

    Kept before the secrets of a new integration go in, and from its removal until they are out: whoever dies in
    between leaves this note.
    """

    integration_id: int
    names: tuple[str, ...]
    due: datetime


@dataclass(frozen=True)
class Setup:
    """Everything a partner has configured, as one query reads it."""

    settings: Settings
    branches: tuple[Branch, ...]
    integrations: tuple[Integration, ...]
    leftovers: tuple[Leftover, ...] = ()

    def branch(self, branch_id: int) -> Branch | None:
        return next((each for each in self.branches if each.id == branch_id), None)

    def integration(self, integration_id: int) -> Integration | None:
        return next((each for each in self.integrations if each.id == integration_id), None)

    def branches_of(self, integration_id: int) -> tuple[Branch, ...]:
        """The branches an integration serves."""
        return tuple(branch for branch in self.branches if branch.integration_id == integration_id)

    def shows(self, integration: Integration, caller: Caller) -> bool:
        """Whether a caller sees an integration: its branch, or one it serves, is seen, and it is for the panel."""
        if caller.panel not in (None, integration.panel, *integration.shared_with):
            return False
        named = self.branch(integration.branch_id)
        branches = (*self.branches_of(integration.id), *([named] if named else []))
        return any(caller.shares(branch.store_id) for branch in branches)


@dataclass(frozen=True)
class Subject:
    """Whom an inquiry is about, as the partner calls them; an ad-hoc document has no id."""

    kind: SubjectKind
    id: str | None = None


@dataclass(frozen=True)
class Outcome:
    """How an inquiry ended: ``code`` is a reason or ``None``. ``cost`` in cents."""

    code: str | None = None
    http_status: int | None = None
    billed: bool = False
    cost: int = 0
    protocol: str | None = None
    score: int | None = None
    restricted: bool | None = None
    notes: int | None = None
    notes_total: int | None = None
    raw_type: str | None = None
    attachment_type: str | None = None


@dataclass(frozen=True)
class Inquiry:
    """One question to a bureau, or its stored answer given once more (``source_id``).

    ``requested_by`` and ``panel`` say who asked, ``billed_cnpj`` whose contract pays: with a shared key they differ.
    ``parts`` are other inquiries whose stored answers complete this one, newest first; ``stored_features`` those of
    ``features`` that were stored and not asked for. ``request_id`` is that of the request that asked.
    """

    id: str
    partner_id: str
    created_at: datetime
    status: InquiryStatus
    document: Document
    subject: Subject
    purpose: Purpose
    requested_by: str
    panel: Panel
    shared_key: bool
    branch_id: int
    billed_cnpj: Cnpj
    store_id: int | None
    integration_id: int
    provider: str
    environment: Environment
    report: str
    features: tuple[str, ...] = ()
    federal_unit: str | None = None
    zip_code: str | None = None
    phone_number: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    source_id: str | None = None
    parts: tuple[str, ...] = ()
    stored_features: tuple[str, ...] = ()
    forced: bool = False
    attempts: int = 0
    lease_until: datetime | None = None
    ended_at: datetime | None = None
    outcome: Outcome = field(default_factory=Outcome)
    request_id: str | None = None

    @property
    def asked_features(self) -> tuple[str, ...]:
        """What the bureau itself is asked for."""
        return tuple(name for name in self.features if name not in self.stored_features)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_pending(self) -> bool:
        """Whether something is still to be done: ask it, or look up what became of it."""
        return self.is_open or self.lease_until is not None

    def may_be_lost(self, now: datetime) -> bool:
        """Whether it is being asked by a process that no longer lives."""
        return self.status is InquiryStatus.ASKING and (self.lease_until is None or self.lease_until <= now)


def kept_until(asked_at: datetime) -> datetime:
    """The end of the day in São Paulo until which an answer of that moment is kept."""
    return start_of_day(add_months(local_date(asked_at), RETENTION_MONTHS) + timedelta(days=1))


def consulters_since(now: datetime) -> datetime:
    """The moment from which on consulters are told to a data subject who asks now."""
    return start_of_day(add_months(local_date(now), -CONSULTERS_MONTHS))


def is_seen(store_id: int | None, chosen_store: int | None) -> bool:
    """Whether what belongs to ``store_id`` is seen from a chosen store: its own things and those of no store."""
    return chosen_store is None or store_id in (None, chosen_store)


def price_of(integration: Integration, report: str, billed: bool | None, stated: int | None) -> tuple[bool, int]:
    """Whether an answered inquiry was charged and its cents.

    The bureau's own word counts; where it says nothing, an answer is charged at the contracted price, unless it was
    simulated.
    """
    simulated = integration.environment is Environment.HOMOLOGATION and BUREAUS[integration.provider].simulates
    charged = billed if billed is not None else not simulated
    if not charged:
        return False, 0
    return True, stated if stated is not None else integration.prices.get(report, 0)


def covers(stored: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether an answer with ``stored`` features holds everything ``wanted``."""
    return set(wanted) <= set(stored)
