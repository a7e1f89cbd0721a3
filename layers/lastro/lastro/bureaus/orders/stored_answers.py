"""Stored answers given once more: read whole, told as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.bureaus.inquiries.archive_names import source_of
from lastro.bureaus.inquiries.rendering import Notice
from lastro.bureaus.model import Inquiry, InquiryStatus, Outcome, Settings
from lastro.bureaus.orders.repeats import StoredAnswer, next_free_day
from lastro.kernel.calendar import local_date
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.bureaus.inquiries.store import InquiryStore


@dataclass(frozen=True)
class Result:
    """An inquiry's packed report, ``None`` without an answer that is kept; ``whole`` is false when a part is gone."""

    packed: bytes | None = field(default=None, repr=False)
    whole: bool = True


def read_result(store: InquiryStore, inquiry: Inquiry) -> Result:
    """What an inquiry's answer and the stored ones that complete it tell together."""
    if inquiry.status is not InquiryStatus.DONE:
        return Result()
    own, *parts = ids = (source_of(inquiry), *inquiry.parts)
    found = store.find_reports(ids)
    if own not in found:
        return Result()
    if not parts:
        return Result(found[own])
    from lastro.bureaus.reports.combining import combine_packed

    return Result(combine_packed([found[each] for each in ids if each in found]), len(found) == len(ids))


def repeat_answer(draft: Inquiry, source: Inquiry, parts: Sequence[str], packed: bytes, now: datetime) -> Inquiry:
    """The inquiry that gives ``source``'s answer once more, completed by ``parts``: nothing was asked or charged."""
    outcome = replace(source.outcome, billed=False, cost=0)
    return replace(
        draft,
        status=InquiryStatus.DONE,
        source_id=source.id,
        parts=tuple(parts),
        stored_features=draft.features,
        outcome=summed_up(outcome, packed) if parts else outcome,
        lease_until=None,
        ended_at=now,
    )


def summed_up(outcome: Outcome, packed: bytes) -> Outcome:
    """The outcome with the figures of a packed report."""
    from lastro.bureaus.reports.packing import unpack_report

    report = unpack_report(packed)
    summary = report.summary
    return replace(
        outcome,
        score=report.score.value if report.score else None,
        restricted=summary.restricted,
        notes=summary.count,
        notes_total=summary.total,
    )


def stored_alert(answers: Sequence[StoredAnswer], settings: Settings) -> Notice:
    """That nothing was asked: ``answers``, newest first, held everything."""
    return {
        "code": "repeated_within_interval",
        "message": (
            f"Documento já consultado em {_days(answers)} neste relatório. O resultado guardado foi devolvido, sem "
            f"nova cobrança. Nova consulta a partir de {next_free_day(answers[-1], settings)}."
        ),
    }


def partly_stored_alert(answers: Sequence[StoredAnswer], held: Sequence[str]) -> Notice:
    """That the bureau was asked for a part only."""
    return {
        "code": "partly_stored",
        "message": (
            f"Já consultado em {_days(answers)}, devolvido do resultado guardado sem nova cobrança: "
            f"{', '.join(held)}. Só o que faltava foi pedido ao birô."
        ),
    }


PART_GONE: Notice = {
    "code": "part_no_longer_kept",
    "message": "Parte deste resultado veio de uma consulta anterior, cuja resposta já não é guardada.",
}


def _days(answers: Sequence[StoredAnswer]) -> str:
    days = sorted({local_date(each.created_at) for each in answers})
    *others, last = [f"{day:%d/%m/%Y}" for day in days]
    return f"{', '.join(others)} e {last}" if others else last
