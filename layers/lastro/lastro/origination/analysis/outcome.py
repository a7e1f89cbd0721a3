"""What the decision on one credit means for its process, and how results are kept. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lastro.kernel.calendar import format_moment
from lastro.origination.analysis.checks import CheckResult
from lastro.origination.processes.model import Credit, HistoryEntry, Process, amend_process, move_process
from lastro.origination.processes.statuses import CreditStatus, ProcessEvent, ProcessStatus

_ENDED_BADLY = frozenset({CreditStatus.DENIED, CreditStatus.EXPIRED})
_UNFLAGGED = frozenset({CreditStatus.PRE_APPROVED, CreditStatus.AWAITING_DOCUMENTS, CreditStatus.DOCUMENT_ANALYSIS})


def is_undecided(credit: Credit) -> bool:
    """Whether nobody can say yet if the credit will be granted: being analysed, or flagged for a person to decide."""
    if credit.status in (CreditStatus.PRE_PROCESSING, CreditStatus.MANUAL_ANALYSIS):
        return True
    return credit.status in _UNFLAGGED and bool(credit.reasons)


def is_standing(credit: Credit) -> bool:
    """Whether the credit was granted as far as the analysis goes, and did not end."""
    return credit.status not in _ENDED_BADLY and not is_undecided(credit)


def process_event(credits: Sequence[Credit]) -> ProcessEvent | None:
    """What the proposals of a process in analysis, all of them as they are now, make of it.

    One that stands is enough for it to go on; while one is undecided and none stands it stays; when all were denied or
    expired it is denied.
    """
    if any(is_standing(credit) for credit in credits):
        return ProcessEvent.PROPOSAL_APPROVED
    if any(is_undecided(credit) for credit in credits):
        return None
    return ProcessEvent.PROPOSAL_DENIED


def follow(
    process: Process, credits: Sequence[Credit], decided: Credit, now: datetime, who: str
) -> tuple[Process, HistoryEntry]:
    """The next version of a process whose proposal ``decided`` has just changed; ``credits`` are all its proposals.

    There is always a next version: two proposals decided at the same time must not both believe the other undecided.
    """
    others = [credit for credit in credits if credit.csn != decided.csn]
    event = process_event([*others, decided]) if process.status is ProcessStatus.PROPOSAL_ANALYSIS else None
    if event is None:
        return amend_process(process, "proposal_analyzed", now, who, decided.csn)
    reasons = decided.reasons if event is ProcessEvent.PROPOSAL_DENIED else ()
    return move_process(process, event, now, who, decided.csn, reasons=reasons)


def check_fields(result: CheckResult, now: datetime) -> dict[str, Any]:
    """A result as the row ``CHECK#<name>`` keeps it."""
    return {"outcome": result.outcome.value, "reasons": list(result.reasons), "checked_at": format_moment(now)}
