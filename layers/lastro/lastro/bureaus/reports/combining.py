"""Answers of several inquiries put together: the newest counts, and older ones tell what it does not. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import reduce
from typing import Any, TypeVar

from lastro.bureaus.reports.packing import pack_report, unpack_report
from lastro.bureaus.reports.report import Identity, InquiryReport, Notes, Partner

_Item = TypeVar("_Item")


def combine_packed(packed: Sequence[bytes]) -> bytes:
    """Packed reports as one, the first being the newest; a single one stays as it is."""
    if len(packed) == 1:
        return packed[0]
    return pack_report(combine_reports([unpack_report(each) for each in packed]))


def combine_reports(reports: Sequence[InquiryReport]) -> InquiryReport:
    """One report of several on the same document, the first being the newest.

    A block of the newest stands as it is; what it tells nothing of (``None``, or a kind that was not looked at) is
    taken from the next. A score that was asked for and not computed is told: an older score does not take its place.
    """
    return reduce(_fill, reports)


def _fill(newer: InquiryReport, older: InquiryReport) -> InquiryReport:
    scored = newer.score is not None or newer.score_absence is not None
    return replace(
        newer,
        identity=_identity(newer.identity, older.identity),
        score=newer.score if scored else older.score,
        score_absence=newer.score_absence if scored else older.score_absence,
        negative_notes=_union(newer.negative_notes, older.negative_notes, _kind_of),
        protests=newer.protests or older.protests,
        cheques=newer.cheques or older.cheques,
        lawsuits=newer.lawsuits or older.lawsuits,
        bankruptcies=newer.bankruptcies or older.bankruptcies,
        previous_inquiries=newer.previous_inquiries or older.previous_inquiries,
        partners=_partners(newer.partners, older.partners),
        extras=_members(newer.extras, older.extras),
    )


def _identity(newer: Identity, older: Identity) -> Identity:
    told = {each.name: getattr(newer, each.name) for each in fields(Identity)}
    absent = {name: getattr(older, name) for name, value in told.items() if value is None or value == ()}
    return replace(newer, **absent)


def _kind_of(notes: Notes) -> Hashable:
    return notes.kind, notes.label


def _partners(newer: tuple[Partner, ...] | None, older: tuple[Partner, ...] | None) -> tuple[Partner, ...] | None:
    """Different features tell different ties: of one person or company in one role the newest word counts."""
    if newer is None or older is None:
        return newer if older is None else older
    return _union(newer, older, lambda each: (each.document or each.name, each.role))


def _union(newer: Iterable[_Item], older: Iterable[_Item], key: Callable[[_Item], Hashable]) -> tuple[_Item, ...]:
    told = tuple(newer)
    known = {key(each) for each in told}
    return told + tuple(each for each in older if key(each) not in known)


def _members(newer: Mapping[str, Any], older: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(older) | dict(newer)
    for name, value in newer.items():
        before = older.get(name)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            found[name] = _members(value, before)
    return found
