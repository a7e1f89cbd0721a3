"""One inquiry's result, whichever bureau gave it. Pure data: amounts in cents, shares and rates as decimal strings.

Absent is not zero, everywhere: ``None`` says that the bureau told nothing (the block was not contracted, or the score
was not computed), a count of 0 says that it looked and found nothing. ``packing.py`` writes it as JSON and reads it
by these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from typing_extensions import TypeAliasType

from lastro.kernel.dataclass import dataclass
from lastro.wire.persons.documents import BareDocument

Plain = TypeAliasType("Plain", "bool | int | str | list[Plain] | dict[str, Plain] | None")
"""What JSON has an exact form of: no float."""


class NoteKind(StrEnum):
    """What a negative note is about."""

    PEFIN = "pefin"
    REFIN = "refin"
    OVERDUE = "overdue"
    SPC = "spc"
    PROTEST = "protest"
    CHEQUE = "cheque"
    LAWSUIT = "lawsuit"
    BANKRUPTCY = "bankruptcy"
    OTHER = "other"


@dataclass(frozen=True)
class Address:
    """As the bureau holds it; ``federal_unit`` in two letters, ``zip_code`` as given."""

    line: str | None = None
    district: str | None = None
    city: str | None = None
    federal_unit: str | None = None
    zip_code: str | None = None


@dataclass(frozen=True)
class Identity:
    """Whom the report is about. ``status`` is the Receita Federal's word (``REGULAR``) on ``status_date``."""

    document: BareDocument
    name: str | None = field(default=None, repr=False)
    trade_name: str | None = field(default=None, repr=False)
    mother_name: str | None = field(default=None, repr=False)
    gender: str | None = field(default=None, repr=False)
    birth_date: date | None = field(default=None, repr=False)
    foundation_date: date | None = None
    status: str | None = None
    status_date: date | None = None
    addresses: tuple[Address, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Score:
    """0 to 1000. ``default_rate`` is a percentage (``"9.0"``); ``band`` the bureau's own class, if it names one."""

    value: int
    model: str | None = None
    band: str | None = None
    default_rate: str | None = None
    message: str | None = None


@dataclass(frozen=True)
class Note:
    """One debt, protest, cheque or lawsuit. ``principal`` is false for a co-obligor; ``place`` is ``City/UF``."""

    occurred_on: date | None = None
    included_on: date | None = None
    amount: int | None = None
    creditor: str | None = None
    nature: str | None = None
    contract: str | None = field(default=None, repr=False)
    principal: bool | None = None
    disputed: bool | None = None
    place: str | None = None


@dataclass(frozen=True)
class Notes:
    """All notes of one kind. ``items`` may be fewer than ``count``, or none at all: bureaus send summaries alone.

    ``label`` is the bureau's own name for the kind, where it names one.
    """

    kind: NoteKind
    count: int
    total: int | None = None
    first: date | None = None
    last: date | None = None
    items: tuple[Note, ...] = ()
    label: str | None = None


@dataclass(frozen=True)
class PreviousInquiry:
    """Who asked for the same document before: a name, or only a segment of the economy."""

    occurred_on: date | None = None
    name: str | None = None
    segment: str | None = None
    times: int | None = None


@dataclass(frozen=True)
class PreviousInquiries:
    """Inquiries of others; ``items`` may be fewer than ``count``."""

    count: int
    items: tuple[PreviousInquiry, ...] = ()


@dataclass(frozen=True)
class Partner:
    """A partner, an administrator or a company taken part in. ``share`` is a percentage (``"33.5"``)."""

    name: str | None = field(default=None, repr=False)
    document: BareDocument | None = None
    share: str | None = None
    role: str | None = None
    since: date | None = None
    has_negative: bool | None = None


@dataclass(frozen=True)
class Summary:
    """Every kind together. ``total`` counts only amounts the bureau stated, in cents."""

    restricted: bool
    count: int
    total: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class InquiryReport:
    """A bureau's answer, normalised.

    ``negative_notes`` holds one entry per kind the bureau looked at; protests, cheques, lawsuits and bankruptcies
    stand apart. ``score_absence`` is the bureau's word on why there is no score. ``billed`` tells whether this inquiry
    was charged and ``cost`` how much in cents, ``None`` when the bureau does not say (the integration's contracted
    price is used then). ``extras`` keeps every vendor block that has no place here, JSON-ready: texts, integers,
    booleans, ``None``, lists and dictionaries, with decimals as texts.
    """

    identity: Identity
    score: Score | None = None
    score_absence: str | None = None
    negative_notes: tuple[Notes, ...] = ()
    protests: Notes | None = None
    cheques: Notes | None = None
    lawsuits: Notes | None = None
    bankruptcies: Notes | None = None
    previous_inquiries: PreviousInquiries | None = None
    partners: tuple[Partner, ...] | None = None
    protocol: str | None = None
    billed: bool | None = None
    cost: int | None = None
    extras: Mapping[str, Plain] = field(default_factory=dict, repr=False)

    def all_notes(self) -> tuple[Notes, ...]:
        """Every block of notes the bureau gave, whatever its kind."""
        apart = (self.protests, self.cheques, self.lawsuits, self.bankruptcies)
        return self.negative_notes + tuple(notes for notes in apart if notes is not None)

    @property
    def summary(self) -> Summary:
        found = [notes for notes in self.all_notes() if notes.count > 0]
        return Summary(
            restricted=bool(found),
            count=sum(notes.count for notes in found),
            total=sum(notes.total or 0 for notes in found),
            first=min((notes.first for notes in found if notes.first), default=None),
            last=max((notes.last for notes in found if notes.last), default=None),
        )
