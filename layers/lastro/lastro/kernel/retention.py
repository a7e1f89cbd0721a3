"""How long what is known of a person is kept, why, and what ends it. Pure.

Every context that keeps data of people has kinds of them and a part of what the data subject may ask for
(``PersonalData``), handed out by its ``service.py``. ``lastro/retention`` works the parts; which rows of the table are
whose, ``lastro/retention/entities.py`` says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from lastro.kernel.calendar import add_months
from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of data with its term, in months from the day it began.

    ``least``: the law wants it kept so long, whoever asks for its end. ``most``: it ends then unasked. ``basis`` is
    what partners read of it. Every ``most`` is to be confirmed by the deployment's counsel, who may set it
    (``LASTRO_RETENTION``), never below ``least``.
    """

    name: str
    what: str
    least: int
    most: int
    basis: str


@dataclass(frozen=True)
class Record:
    """One thing that a partner keeps of a person: a lead of a store, a simulation, an inquiry, a process.

    ``document`` is the person's bare CPF or CNPJ, ``kind`` and ``id`` name the thing within its context.
    """

    partner_id: str
    document: str
    kind: str
    id: str


@dataclass(frozen=True)
class Standing:
    """What a record is now: its kind, and the day from which its term counts, ``None`` while it is still in use.

    ``trims_on``: the first day without what is kept of it for less long than itself (``PersonalData.trim``), ``None``
    where nothing is.
    """

    kind: Kind
    began: date | None
    trims_on: date | None = None

    @property
    def kept_until(self) -> date | None:
        """The first day on which it may end when asked for; ``None`` while it is in use."""
        return None if self.began is None else add_months(self.began, self.kind.least)

    @property
    def ends_on(self) -> date | None:
        """The day on which it ends unasked; ``None`` while it is in use."""
        return None if self.began is None else add_months(self.began, self.kind.most)


@dataclass(frozen=True)
class Exported:
    """A record as its data subject gets it: plain JSON, and the names of files that go with it.

    ``erasing``: its erasure began and goes on. It is nobody's to read, and what is left of it is told of by that alone.
    """

    data: Mapping[str, Any]
    files: Sequence[str] = ()
    erasing: bool = False


ERASING = Exported({}, erasing=True)


class PersonalData(Protocol):
    """What a context does with the records of a person. Everything may be repeated, whatever came of it before."""

    @property
    def records(self) -> Sequence[str]:
        """Names of the records (``Record.kind``) that are this context's."""
        ...

    @property
    def kinds(self) -> Sequence[Kind]:
        """Its kinds of data."""
        ...

    def look(self, record: Record) -> Standing | None:
        """How a record stands, ``None`` where there is nothing of it any more."""
        ...

    def export(self, record: Record) -> Exported | None:
        """All that is kept of it, ``ERASING`` while its erasure goes on, ``None`` where there is nothing."""
        ...

    def trim(self, record: Record) -> None:
        """Erase at once what no law wants kept of a record that has to stay: when asked, or on ``trims_on``."""
        ...

    def end(self, record: Record) -> bool:
        """Erase it, or make nobody's what has to stay. False when somebody is at work on it: come again."""
        ...


def adjust(kind: Kind, terms: Mapping[str, int]) -> Kind:
    """A kind with the deployment's term for it. Raises ``ValueError`` for one that ends before its least."""
    months = terms.get(kind.name, kind.most)
    if not kind.least <= months <= MOST_MONTHS:
        raise ValueError(f"the term of {kind.name} is between {kind.least} and {MOST_MONTHS} months")
    return replace(kind, most=months)


MOST_MONTHS = 1200


def read_terms(text: str) -> dict[str, int]:
    """``lead=24,simulation=24``: months by kind. Raises ``ValueError`` for anything else."""
    terms: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, sign, months = part.partition("=")
        if not sign or not months.strip().isdecimal() or name.strip() in terms:
            raise ValueError(f"not a term: {part}")
        terms[name.strip()] = int(months)
    return terms
