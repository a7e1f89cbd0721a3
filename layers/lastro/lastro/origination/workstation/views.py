"""Proposals as the Workstation sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from lastro.kernel.calendar import format_moment
from lastro.origination.processes.changes import StoredCredit
from lastro.origination.processes.model import Credit, HistoryEntry
from lastro.origination.processes.views import CamelView, ProposalView, show_proposal

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class ListedProposal(ProposalView):
    """A proposal with whose it is."""

    process_id: Annotated[str, Field(description="Its process", examples=["8f14e45fceea467fa1b5c3a1d8b0e7c2"])]
    cpf: Annotated[str, Field(description="Eleven digits", examples=["52998224725"])]
    name: Annotated[str, Field(description="As registered", examples=["Fulana d'Tal"])]


class ProposalPage(CamelView):
    """One page, newest first. A page may hold fewer proposals than asked for; only ``next`` tells the end."""

    proposals: Annotated[list[ListedProposal], Field(description="Newest first")]
    next: Annotated[str | None, Field(description="Cursor of the next page, null at the end", examples=[None])]


class StatusChange(CamelView):
    """One version of a proposal: what happened, when, who did it and why."""

    version: Annotated[int, Field(description="From 1", examples=[2])]
    at: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:00:00.700Z"])]
    who: Annotated[str, Field(description="Key, client or part of Lastro that did it", examples=["analyze_proposal"])]
    event: Annotated[str, Field(description="What happened", examples=["pre_approved"])]
    why: Annotated[str, Field(description="The reason, in a code or words", examples=[""])]
    from_status: Annotated[str | None, Field(description="Null at the beginning", examples=["PRE_PROCESSAMENTO"])]
    to_status: Annotated[str, Field(description="The same where nothing moved", examples=["PRE_APROVADO"])]


class KeptDocument(CamelView):
    """A document that was received; the file itself is not shown here."""

    type: Annotated[str, Field(description="What it shows", examples=["SELF"])]
    mime_type: Annotated[str, Field(description="What it is", examples=["image/jpeg"])]
    name: Annotated[str, Field(description="File name", examples=["selfie.jpg"])]
    sha256: Annotated[str, Field(description="Of its bytes, hexadecimal", examples=[_SHA256])]
    size: Annotated[int, Field(description="Bytes", examples=[48213])]
    received_at: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:05:00.000Z"])]


class DocumentFile(KeptDocument):
    """A document with its bytes."""

    base64: Annotated[str, Field(description="The file, Base64", examples=["iVBORw0KGgo="])]


class CheckView(CamelView):
    """What a check of the analysis found."""

    name: Annotated[str, Field(description="The check", examples=["identity_and_age"])]
    outcome: Annotated[str, Field(description="How it ended", examples=["passed"])]
    reasons: Annotated[list[str], Field(description="Why, in codes", examples=[[]])]
    checked_at: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:00:00.400Z"])]


class ProposalDetails(ListedProposal):
    """A proposal with its status history, oldest first, its documents and the checks of its analysis."""

    history: Annotated[list[StatusChange], Field(description="Every version, oldest first")]
    documents: Annotated[list[KeptDocument], Field(description="Those received; empty before the first")]
    checks: Annotated[list[CheckView], Field(description="Those that ended; empty before the first")]


class StatusTotals(CamelView):
    """How many proposals are in each status; every status is there."""

    totals: Annotated[
        dict[str, int],
        Field(
            description="Number of proposals by status; 0 where there are none",
            examples=[{"PRE_PROCESSAMENTO": 3, "LIBERADO": 12}],
        ),
    ]
    total: Annotated[int, Field(description="All of them", examples=[15])]


def show_listed(credit: Credit) -> ListedProposal:
    """A proposal of a list."""
    return ListedProposal(**_listed(credit))


def show_details(stored: StoredCredit) -> ProposalDetails:
    """A proposal with what is under it."""
    return ProposalDetails(
        **_listed(stored.credit),
        history=[_show_change(entry) for entry in stored.history],
        documents=[KeptDocument(**show_document(fields)) for fields in stored.rows_of("DOCUMENT#").values()],
        checks=[_show_check(name, fields) for name, fields in stored.rows_of("CHECK#").items()],
    )


def _listed(credit: Credit) -> dict[str, Any]:
    shown = show_proposal(credit)
    fields = {name: getattr(shown, name) for name in ProposalView.model_fields}
    return {**fields, "process_id": credit.process_id, "cpf": credit.cpf, "name": credit.name}


def _show_check(name: str, fields: Mapping[str, Any]) -> CheckView:
    return CheckView(
        name=name.removeprefix("CHECK#"),
        outcome=fields["outcome"],
        reasons=list(fields["reasons"]),
        checked_at=fields["checked_at"],
    )


def show_document(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown of a document's row, by name."""
    return {
        "type": fields["type"],
        "mime_type": fields["media_type"],
        "name": fields["name"],
        "sha256": fields["sha256"],
        "size": fields["size"],
        "received_at": fields["received_at"],
    }


def _show_change(entry: HistoryEntry) -> StatusChange:
    return StatusChange(
        version=entry.version,
        at=format_moment(entry.at),
        who=entry.who,
        event=entry.event,
        why=entry.why,
        from_status=entry.from_status and entry.from_status.value,
        to_status=entry.to_status.value,
    )
