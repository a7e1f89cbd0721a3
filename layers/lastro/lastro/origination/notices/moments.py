"""A process and its proposals as they were at a moment, out of their histories. Pure.

Notices are made a little after what they tell: without this, changes that follow each other closely would all be told
as the last of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from lastro.kernel.calendar import read_moment
from lastro.origination.processes.model import Credit, HistoryEntry, Process
from lastro.origination.processes.statuses import CreditStatus, ProcessStatus

CONTRACT_GENERATED = "contract_generated"


def process_at(process: Process, history: Sequence[HistoryEntry], moment: datetime) -> Process:
    """The process after the last change at or before ``moment``."""
    last = _last(history, moment)
    if last is None or last.version >= process.version:
        return process
    return replace(process, status=ProcessStatus(last.to_status), version=last.version, updated_at=last.at, reasons=())


def credit_at(
    credit: Credit, history: Sequence[HistoryEntry], rows: Mapping[str, Mapping[str, Any]], moment: datetime
) -> Credit | None:
    """The credit after the last change at or before ``moment``, ``None`` when it did not exist yet."""
    last = _last(history, moment)
    if last is None:
        return None
    if last.version >= credit.version:
        return credit
    received = {fields["type"] for name, fields in rows.items() if _received(name, fields, moment)}
    return replace(
        credit,
        status=CreditStatus(last.to_status),
        version=last.version,
        updated_at=last.at,
        reasons=(),
        has_contracts=any(entry.event == CONTRACT_GENERATED for entry in history if entry.at <= moment),
        received_documents=tuple(kind for kind in credit.received_documents if kind in received),
    )


def _last(history: Sequence[HistoryEntry], moment: datetime) -> HistoryEntry | None:
    return max((entry for entry in history if entry.at <= moment), key=lambda entry: entry.version, default=None)


def _received(name: str, fields: Mapping[str, Any], moment: datetime) -> bool:
    return name.startswith("DOCUMENT#") and read_moment(fields["received_at"]) <= moment
