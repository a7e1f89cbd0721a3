"""The process (pipeline) and its proposals as answers and callbacks write them.

One shape everywhere: responses, status and callback bodies. ``monthlyTax`` and ``cet`` are fractions here, whatever the
request said in percent; ``cpf`` is text with all eleven digits; the two days are moments, as the vendor writes them:
the day's beginning in São Paulo, which is the same day in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from lastro.kernel.calendar import format_moment, start_of_day
from lastro.kernel.callers.caller import StatusSpelling
from lastro.origination.pricing.numbers import Fraction, Reais
from lastro.origination.processes.model import Credit, Process
from lastro.origination.processes.statuses import BEFORE_CONTRACT, spell_process_status

_DUE = "2026-12-03T03:00:00.000Z"
_RELEASED = "2026-11-03T03:00:00.000Z"


class CamelView(BaseModel):
    """An answer with camelCase names. Built at the first: a cold start does not pay for models it never fills."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True, defer_build=True
    )


class ProcessHeader(CamelView):
    """A process without its proposals."""

    id: Annotated[str, Field(description="Process id, opaque", examples=["8f14e45fceea467fa1b5c3a1d8b0e7c2"])]
    status: Annotated[str, Field(description="Process status", examples=["SIGNUP_ANALISIS"])]
    cpf: Annotated[str, Field(description="Eleven digits", examples=["52998224725"])]
    name: Annotated[str, Field(description="As registered", examples=["Fulana d'Tal"])]
    date_created: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:00:00.000Z"])]
    last_updated: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:00:01.250Z"])]
    reasons: Annotated[list[str], Field(description="Why it was denied, in codes", examples=[[]])] = []


class ProposalView(CamelView):
    """One proposal of a process."""

    customer_service_number: Annotated[str, Field(description="23 digits", examples=["20261103090000000000001"])]
    type: Annotated[str, Field(description="Product type", examples=["CAAS"])]
    product: Annotated[str, Field(description="Product name", examples=["Crédito pessoal"])]
    product_id: Annotated[int, Field(description="Product", examples=[1])]
    has_documents: Annotated[bool, Field(description="Documents are still to be sent", examples=[True])]
    has_contracts: Annotated[bool, Field(description="The contract can be fetched", examples=[False])]
    logo: Annotated[str | None, Field(description="Address of the product's logo", examples=[None])]
    last_status: Annotated[str, Field(description="Credit status", examples=["PRE_PROCESSAMENTO"])]
    pendent_documents: Annotated[list[str], Field(description="Document types still owed", examples=[["SELF"]])]
    reasons: Annotated[list[str], Field(description="Why it was denied, in codes", examples=[[]])]
    date_created: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:00:00.000Z"])]
    last_updated: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:00:01.250Z"])]
    value: Annotated[Reais, Field(description="What the borrower receives, R$", examples=[10000])]
    installments: Annotated[int, Field(description="Number of instalments", examples=[12])]
    monthly_tax: Annotated[Fraction, Field(description="A month, fraction of one", examples=[0.025])]
    installments_value: Annotated[Reais, Field(description="Each instalment, R$", examples=[995.53])]
    iof_value: Annotated[Reais, Field(description="IOF, R$", examples=[211.92])]
    gross_value: Annotated[Reais, Field(description="Value, fees and IOF, R$", examples=[10211.92])]
    cad_value: Annotated[Reais, Field(description="Registration fee, R$", examples=[0])]
    total_value: Annotated[Reais, Field(description="All instalments, R$", examples=[11946.36])]
    first_payment_date: Annotated[str, Field(description="First due date, as the moment it begins", examples=[_DUE])]
    cet: Annotated[Fraction, Field(description="A year, fraction of one", examples=[0.4003])]
    released_date: Annotated[str, Field(description="Release date, as the moment it begins", examples=[_RELEASED])]
    valid_until: Annotated[
        str, Field(description="An unsigned proposal lapses then, UTC", examples=["2026-12-03T12:00:00.000Z"])
    ]
    offer_id: Annotated[str | None, Field(description="The kept simulation it follows", examples=[None])]


class ProcessView(ProcessHeader):
    """A process with its proposals, oldest first."""

    proposals: Annotated[list[ProposalView], Field(description="Oldest first; empty before the first is proposed")]


class DocumentView(CamelView):
    """A document that was received."""

    type: Annotated[str, Field(description="What it shows", examples=["IDENTITY_FRONT"])]
    mime_type: Annotated[str, Field(description="What it is", examples=["image/png"])]
    name: Annotated[str, Field(description="File name", examples=["identidade-frente.png"])]
    url: Annotated[
        str,
        Field(
            description="Where to fetch it, for fifteen minutes", examples=["https://documents.example.com/self.png"]
        ),
    ]


class BorrowerView(CamelView):
    """What stands about a person."""

    is_registered: Annotated[bool, Field(description="A process of this CPF was not denied", examples=[True])]
    is_blocked: Annotated[bool, Field(description="Calls about this CPF are over a limit", examples=[False])]
    process_id: Annotated[
        str | None, Field(description="The registered process", examples=["8f14e45fceea467fa1b5c3a1d8b0e7c2"])
    ]


def show_header(process: Process, spelling: StatusSpelling) -> ProcessHeader:
    """The process alone."""
    return ProcessHeader(
        id=process.id,
        status=spell_process_status(process.status, spelling),
        cpf=process.cpf,
        name=process.name,
        date_created=format_moment(process.created_at),
        last_updated=format_moment(process.updated_at),
        reasons=list(process.reasons),
    )


def show_process(process: Process, credits: Sequence[Credit], spelling: StatusSpelling) -> ProcessView:
    """The process with its proposals: what status answers and callbacks carry."""
    header = show_header(process, spelling)
    return ProcessView(**header.model_dump(by_alias=False), proposals=[show_proposal(credit) for credit in credits])


def show_proposal(credit: Credit) -> ProposalView:
    """One proposal."""
    terms = credit.terms
    return ProposalView(
        customer_service_number=credit.csn,
        type=credit.product_type.value,
        product=credit.product_name,
        product_id=credit.product_id,
        has_documents=credit.status in BEFORE_CONTRACT and bool(credit.owed_documents),
        has_contracts=credit.has_contracts,
        logo=credit.logo,
        last_status=credit.status.value,
        pendent_documents=list(credit.owed_documents),
        reasons=list(credit.reasons),
        date_created=format_moment(credit.created_at),
        last_updated=format_moment(credit.updated_at),
        value=terms.net,
        installments=terms.installments,
        monthly_tax=terms.monthly_rate,
        installments_value=terms.installment_value,
        iof_value=terms.iof,
        gross_value=terms.gross,
        cad_value=terms.fee,
        total_value=terms.total,
        first_payment_date=_beginning(terms.due_days[0]),
        cet=terms.cet_annual,
        released_date=_beginning(terms.release_date),
        valid_until=format_moment(credit.valid_until),
        offer_id=terms.offer_id,
    )


def _beginning(day: date) -> str:
    return format_moment(start_of_day(day))
