"""A normalised report as JSON and back: the one JSON that is stored, answered and handed to other contexts.

Dates are ``YYYY-MM-DD``, documents bare, amounts cents, shares and rates decimal texts; absent stays ``null``. Read
back, unknown members are left out, so that a report outlives a field.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from lastro.kernel.documents import Cnpj, Cpf, parse_document

if TYPE_CHECKING:
    from lastro.bureaus.reports.model import InquiryReport, Notes

_LEFT_OUT = "left_out_for_size"


def pack_report(report: InquiryReport) -> bytes:
    """Compressed JSON of a report, the same bytes for the same report. Raises ``TypeError`` for a float."""
    text = json.dumps(to_json(report), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode("utf-8", "surrogatepass"), mtime=0)


def fit_report(report: InquiryReport, limit: int) -> bytes:
    """The packed report in at most ``limit`` bytes where leaving out suffices.

    First go the blocks that have no place of their own, then every list of single things: of notes the counts and
    totals stay. The bureau's whole answer is in the archive anyway.
    """
    packed = pack_report(report)
    if len(packed) > limit:
        packed = pack_report(replace(report, extras={_LEFT_OUT: True}))
    if len(packed) > limit:
        packed = pack_report(_without_items(report))
    return packed


def _without_items(report: InquiryReport) -> InquiryReport:
    inquiries = report.previous_inquiries
    return replace(
        report,
        identity=replace(report.identity, addresses=(), phones=()),
        negative_notes=tuple(replace(notes, items=()) for notes in report.negative_notes),
        protests=_bare(report.protests),
        cheques=_bare(report.cheques),
        lawsuits=_bare(report.lawsuits),
        bankruptcies=_bare(report.bankruptcies),
        previous_inquiries=replace(inquiries, items=()) if inquiries else None,
        partners=None,
        extras={_LEFT_OUT: True},
    )


def _bare(notes: Notes | None) -> Notes | None:
    return replace(notes, items=()) if notes else None


def unpack_json(packed: bytes) -> dict[str, Any]:
    """The JSON of a packed report."""
    found: dict[str, Any] = json.loads(gzip.decompress(packed).decode("utf-8", "surrogatepass"))
    return found


def unpack_report(packed: bytes) -> InquiryReport:
    """The inverse of :func:`pack_report`."""
    from lastro.bureaus.reports.model import InquiryReport

    report = _read(InquiryReport, unpack_json(packed))
    assert isinstance(report, InquiryReport)  # noqa: S101 - narrows the type
    return report


def to_json(value: object) -> Any:
    """JSON-ready data of a report or a part of it. Raises ``TypeError`` for what JSON has no exact form of."""
    match value:
        case None | bool() | int():
            return value
        case StrEnum():
            return value.value
        case str():
            return value
        case date():
            return value.isoformat()
        case Cpf() | Cnpj():
            return value.value
        case Mapping():
            return {str(name): to_json(inner) for name, inner in value.items()}
        case list() | tuple():
            return [to_json(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_json(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"a report holds no {type(value).__name__}")


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if Cpf in get_args(kind):
            return parse_document(value)
        [inner] = [choice for choice in get_args(kind) if choice is not type(None)]
        return _read(inner, value)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], inner) for inner in value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], inner) for name, inner in value.items() if name in hints})
    return value
