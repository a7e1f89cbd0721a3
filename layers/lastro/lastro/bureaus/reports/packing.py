"""A normalised report as JSON and back: the one JSON that is stored, answered and handed to other contexts.

Dates are ``YYYY-MM-DD``, documents bare, amounts cents, shares and rates decimal texts; absent stays ``null``. Read
back, unknown members are left out, so that a report outlives a field.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from lastro.bureaus.reports.report import InquiryReport, Notes

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
    """The inverse of :func:`pack_report`. Raises ``ValueError`` for what is no report, naming places and no values."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(unpack_json(packed))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        places = ", ".join(f"{'.'.join(map(str, fault['loc']))} {fault['type']}" for fault in faults)
        raise ValueError(f"a kept report cannot be read: {places}") from None


def to_json(report: InquiryReport) -> dict[str, Any]:
    """JSON-ready data of a report. Raises ``TypeError``, without the value, for what JSON has no exact form of."""
    from pydantic_core import PydanticSerializationError

    try:
        found: dict[str, Any] = _adapter().dump_python(report, mode="json", warnings="error")
    except PydanticSerializationError:
        raise TypeError("a report holds what JSON has no exact form of") from None
    return found


@cache
def _adapter() -> TypeAdapter[InquiryReport]:
    """Made with the first report: it takes some fifteen milliseconds, which who reads or writes none does not pay."""
    from pydantic import TypeAdapter

    from lastro.bureaus.reports.report import InquiryReport

    return TypeAdapter(InquiryReport)
