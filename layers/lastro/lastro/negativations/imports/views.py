"""What a partner reads of its imports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from lastro.kernel.calendar import format_moment
from lastro.negativations.fields import Moment, View
from lastro.negativations.imports.model import Import


class ImportView(View):
    """A file of debtors and boletos, and what became of its lines."""

    id: Annotated[str, Field(description="UUID of an import", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
    format: Annotated[str, Field(description="csv or ndjson", examples=["csv"])]
    branch_id: Annotated[int | None, Field(description="The branch of lines that name none", examples=[1])]
    status: Annotated[str, Field(description="waiting, running, finished, stopped or abandoned", examples=["running"])]
    stopped_code: Annotated[
        str | None, Field(description="Why nothing more is read, such as wrong_heading", examples=[None])
    ]
    upload_url: Annotated[
        str | None,
        Field(
            description="Where the file is sent with PUT, within an hour; null once it is there",
            examples=["https://example.com/imports/file"],
        ),
    ]
    size_bytes: Annotated[int, Field(description="Size of the file", examples=[104857600])]
    read_bytes: Annotated[int, Field(description="How much of it is done with", examples=[52428800])]
    progress_percent: Annotated[int, Field(description="Whole percent of the bytes", examples=[50])]
    lines: Annotated[int, Field(description="Lines that were worked", examples=[500000])]
    lines_a_second: Annotated[int, Field(description="How fast it went so far", examples=[1500])]
    created: Annotated[int, Field(description="Lines that made a boleto", examples=[400000])]
    changed: Annotated[int, Field(description="Lines that changed a boleto or a debtor", examples=[50000])]
    unchanged: Annotated[int, Field(description="Lines that said what is known", examples=[49990])]
    failed: Annotated[int, Field(description="Lines with errors", examples=[10])]
    errors_url: Annotated[
        str | None,
        Field(
            description="The file of errors, for fifteen minutes: line, field, rule, message; null before the end",
            examples=[None],
        ),
    ]
    created_at: Moment
    started_at: Annotated[str | None, Field(description="UTC", examples=["2026-11-03T12:00:00.000Z"])]
    ended_at: Annotated[str | None, Field(description="UTC; null while it runs", examples=["2026-11-03T12:04:00.000Z"])]


class ImportAnswer(View):
    """Envelope of one import."""

    data: ImportView


def view_import(each: Import, now: datetime, *, upload_url: str | None, errors_url: str | None) -> ImportView:
    counts = each.counts
    return ImportView(
        id=each.id,
        format=each.format.value,
        branch_id=each.branch_id,
        status=each.status.value,
        stopped_code=each.stopped_code,
        upload_url=upload_url,
        size_bytes=each.size,
        read_bytes=each.offset,
        progress_percent=100 * each.offset // each.size if each.size else 0,
        lines=counts.lines,
        lines_a_second=each.lines_a_second(now),
        created=counts.created,
        changed=counts.changed,
        unchanged=counts.unchanged,
        failed=counts.failed,
        errors_url=errors_url,
        created_at=format_moment(each.created_at),
        started_at=format_moment(each.started_at),
        ended_at=format_moment(each.ended_at),
    )
