"""Inquiries as a partner reads them (the models of ``views/inquiries.py``), made without building those models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lastro.bureaus.model import LEGAL_BASIS, Inquiry, InquiryStatus
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.reports.packing import unpack_json
from lastro.kernel.calendar import format_moment

Notice = Mapping[str, str]

_OWN_TEXTS = {
    "given_up": "A consulta não pôde ser feita dentro do prazo. Nada foi cobrado; consulte novamente.",
    "never_made": "O birô informou que a consulta não foi feita. Nada foi cobrado; consulte novamente.",
    "lost": "Não se sabe se a consulta foi feita e cobrada. Verifique no birô antes de repetir.",
    "internal_error": "Falha interna ao registrar a consulta. Verifique no birô antes de repetir.",
}


def notice(code: str) -> dict[str, str]:
    """A reason with the text a customer reads."""
    text = _OWN_TEXTS.get(code) or (BureauReason(code).text if code in set(BureauReason) else code)
    return {"code": code, "message": text}


def render_row(inquiry: Inquiry, *, masked: bool = True) -> dict[str, Any]:
    """An inquiry without its result; ``masked`` hides most of the document."""
    outcome = inquiry.outcome
    return {
        "id": inquiry.id,
        "status": inquiry.status.value,
        "document": str(inquiry.document) if masked else inquiry.document.formatted,
        "subject": {"type": inquiry.subject.kind.value, "id": inquiry.subject.id},
        "purpose": inquiry.purpose.value,
        "legal_basis": LEGAL_BASIS,
        "requested_by": inquiry.requested_by,
        "panel": inquiry.panel.value,
        "shared_key": inquiry.shared_key,
        "branch_id": inquiry.branch_id,
        "billed_cnpj": inquiry.billed_cnpj.formatted,
        "integration_id": inquiry.integration_id,
        "provider": inquiry.provider,
        "environment": inquiry.environment.value,
        "report": inquiry.report,
        "features": list(inquiry.features),
        "forced": inquiry.forced,
        "repeated_from": inquiry.source_id,
        "combined_from": list(inquiry.parts),
        "stored_features": list(inquiry.stored_features),
        "billed": outcome.billed,
        "cost": outcome.cost,
        "protocol": outcome.protocol,
        "http_status": outcome.http_status,
        "summary": {
            "score": outcome.score,
            "restricted": outcome.restricted,
            "notes": outcome.notes,
            "notes_total": outcome.notes_total,
        },
        "failure": notice(outcome.code) if outcome.code and inquiry.status is not InquiryStatus.DONE else None,
        "created_at": format_moment(inquiry.created_at),
        "ended_at": format_moment(inquiry.ended_at),
    }


def render_inquiry(inquiry: Inquiry, packed: bytes | None, alerts: Sequence[Notice] = ()) -> dict[str, Any]:
    """An inquiry with its result, in the envelope of one."""
    return {
        "data": {
            **render_row(inquiry, masked=False),
            "alerts": [dict(alert) for alert in alerts],
            "files": files_of(inquiry),
            "result": unpack_json(packed) if packed else None,
        }
    }


def files_of(inquiry: Inquiry) -> dict[str, str]:
    """Content types of what can be downloaded, by name."""
    found = {"answer": inquiry.outcome.raw_type, "attachment": inquiry.outcome.attachment_type}
    return {name: kind for name, kind in found.items() if kind}
