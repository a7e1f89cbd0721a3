"""What a partner reads of its listings. "enviada" says that a request left: it is never called "negativada".

Answers are made without these models (``rendering.py``): they say what is in them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.negativations.fields import Moment, View


class AttemptView(View):
    """One request to the bureau."""

    transaction_id: Annotated[str, Field(description="Our id of it", examples=["9d0c7a4e-6a5b-5c1e-9d55-0d6f3a7f1a10"])]
    act: Annotated[str, Field(description="inclusion or removal", examples=["inclusion"])]
    sent_at: Moment
    receipt: Annotated[
        str | None, Field(description="The bureau's id of it", examples=["5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"])
    ]
    answer: Annotated[str | None, Field(description="done or refused; null until the bureau says", examples=["done"])]
    answered_at: Annotated[str | None, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
    code: Annotated[str | None, Field(description="Why it was refused, or is in doubt", examples=[None])]
    in_doubt: Annotated[bool, Field(description="No answer came: it may have taken effect", examples=[False])]


class HistoryView(View):
    """One line of the history."""

    at: Moment
    event: Annotated[str, Field(description="What happened", examples=["included"])]
    by: Annotated[str, Field(description="Who did it; empty where nobody did", examples=["ana.souza"])]
    detail: Annotated[str, Field(description="Code, reason or justification", examples=[""])]
    transaction_id: Annotated[str | None, Field(description="The request that it was about", examples=[None])]


class RemovalView(View):
    """Why the record is to come down."""

    reason: Annotated[str, Field(description="Of the bureau's table", examples=["01"])]
    requested_at: Moment
    requested_by: Annotated[str, Field(description="Who asked", examples=["ana.souza"])]


class RemovalOrderView(View):
    """An order of a court, or a contestation."""

    kind: Annotated[str, Field(description="court_order or contestation", examples=["court_order"])]
    number: Annotated[str, Field(description="Of the case or protocol", examples=["0001234-56.2026.8.26.0100"])]
    issued_on: Annotated[str, Field(description="Its date", examples=["2026-11-20"])]
    recorded_at: Moment
    recorded_by: Annotated[str, Field(description="Who recorded it", examples=["ana.souza"])]


class NoticeView(View):
    """A notice to the debtor before others may see the record."""

    id: Annotated[
        str, Field(description="UUID of a notice that was recorded; bureau: its own letter", examples=["bureau"])
    ]
    channel: Annotated[str, Field(description="letter, email, sms or whatsapp", examples=["letter"])]
    address: Annotated[str, Field(description="Where it went", examples=["Praça da Sé, 100, 01001000"])]
    sent_on: Annotated[str, Field(description="The day it went out, in São Paulo", examples=["2026-11-03"])]
    delivered_on: Annotated[
        str | None,
        Field(description="The day it arrived; null: not proven, or a letter, which needs none", examples=[None]),
    ]
    proof: Annotated[
        str | None,
        Field(
            description="What proves it, of a bureau's letter the bureau's id; null: not proven, it counts for nothing",
            examples=["0000000001"],
        ),
    ]
    told_by: Annotated[str, Field(description="Who told of it", examples=["bureau"])]
    recorded_at: Moment
    recorded_by: Annotated[str, Field(description="Who recorded it; empty of the bureau's", examples=[""])]
    proven_by: Annotated[str, Field(description="Who recorded its proof; empty of the bureau's", examples=[""])]


class ListingView(View):
    """A debt at a bureau."""

    id: Annotated[str, Field(description="UUID of a listing", examples=["6f0c7a4e-6a5b-5c1e-9d55-0d6f3a7f1a10"])]
    boleto_id: Annotated[str, Field(description="UUID of a boleto", examples=["7a6f0b9e-52d1-5b0e-9a39-52b3a3b0d7c2"])]
    debtor_id: Annotated[str, Field(description="UUID of a debtor", examples=["0d0f6f0e-6c1b-5c43-a86b-8a4c1f2f9d11"])]
    guarantor_id: Annotated[str | None, Field(description="The guarantor that it lists, if any", examples=[None])]
    branch_id: Annotated[int, Field(description="Number of a branch", examples=[1])]
    provider: Annotated[str, Field(description="The bureau", examples=["serasa"])]
    environment: Annotated[str, Field(description="production or homologation", examples=["production"])]
    status: Annotated[
        str,
        Field(
            description="rascunho, aguardando_aprovacao, pendente_envio, enviada, aguardando_retorno, notificada, "
            "ativa, erro, baixa_pendente, baixa_enviada, baixada, erro_baixa or expirada",
            examples=["ativa"],
        ),
    ]
    origin: Annotated[str, Field(description="manual or automatic", examples=["manual"])]
    amount_cents: Annotated[int, Field(description="In cents", examples=[18990])]
    due_on: Annotated[str, Field(description="Due date of the debt", examples=["2026-08-10"])]
    contract_number: Annotated[str, Field(description="Contract of the debt", examples=["2024-000123"])]
    nature_code: Annotated[str, Field(description="The bureau's code for the kind of debt", examples=["TI"])]
    requested_by: Annotated[str, Field(description="Who asked for it", examples=["ana.souza"])]
    created_at: Moment
    included_at: Annotated[
        str | None, Field(description="When the bureau said that it has it", examples=["2026-11-03T12:00:00.000Z"])
    ]
    active_from: Annotated[
        str | None,
        Field(description="First day on which others may see it: the notice has run its time", examples=["2026-11-16"]),
    ]
    notice: Annotated[
        NoticeView | None,
        Field(description="The notice that counts, or the first one where none is proven; null: none yet"),
    ]
    notices: Annotated[list[NoticeView], Field(description="Every notice that is known, oldest first")]
    letter_due_on: Annotated[
        str | None,
        Field(description="The last day of the letter that is asked for: no notice is proven", examples=[None]),
    ]
    listed_at: Annotated[
        str | None, Field(description="When others could see it: never before", examples=["2026-11-16T12:00:00.000Z"])
    ]
    removal: Annotated[RemovalView | None, Field(description="The removal that was asked for")]
    removal_orders: Annotated[
        list[RemovalOrderView], Field(description="Orders of courts and contestations, oldest first")
    ]
    removal_due_on: Annotated[
        str | None,
        Field(description="The last lawful day of a record that has to be down", examples=[None]),
    ]
    removed_at: Annotated[str | None, Field(description="When it was gone", examples=[None])]
    critical: Annotated[bool, Field(description="Somebody has to see to it", examples=[False])]
    concerns: Annotated[
        list[str],
        Field(
            description="Why: paid, removal_owed, outcome_unknown, letter_wanted (no notice is proven), "
            "notice_late (others saw it before its notice had run its time), "
            "difference (between the bureau's records and ours)",
            examples=[[]],
        ),
    ]
    attempts: Annotated[list[AttemptView], Field(description="Requests to the bureau, oldest first")]
    history: Annotated[list[HistoryView], Field(description="Everything that happened, oldest first")]


class ListingAnswer(View):
    """Envelope of one listing."""

    data: ListingView


class ListingList(View):
    """Listings, newest first. A page may hold fewer than asked for and still be followed by another."""

    data: Annotated[list[ListingView], Field(description="Listings")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]
