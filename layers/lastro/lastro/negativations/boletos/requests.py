"""What a partner sends about boletos and their payments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lastro.negativations.boletos.model import MAX_GUARANTORS
from lastro.negativations.fields import (
    Amount,
    BoletoId,
    BranchId,
    ContractNumber,
    DebtorId,
    ExternalId,
    NatureCode,
)
from lastro.wire.amounts import Flag, InWhole
from lastro.wire.days import Day, PastDay
from lastro.wire.identifiers import IdempotencyKey, OwnId
from lastro.wire.objects import Patch, WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty

DueOn = Annotated[Day, Field(description="Due date")]
Guarantors = Annotated[
    list[DebtorId],
    Field(max_length=MAX_GUARANTORS, description="Debtors that answer for this one", examples=[[]]),
]


PrescriptionYears = Annotated[
    int,
    InWhole(1, 5),
    Field(description="Years after which the debt is prescribed (Código Civil, art. 206)", examples=[5]),
]


class NewBoleto(WireObject):
    """A debt; the partner's own id is one boleto."""

    external_id: ExternalId
    debtor_id: DebtorId
    branch_id: BranchId
    due_on: DueOn
    amount_cents: Amount
    nature_code: NatureCode | None = None
    contract_number: ContractNumber | None = None
    guarantor_ids: Guarantors = Field(default_factory=list)
    prescription_years: PrescriptionYears = 5


class CreateBoleto(Request):
    """Body of ``POST /api/v1/boletos``."""

    boleto: NewBoleto
    idempotency_key: IdempotencyKey = None


class FindBoleto(Request):
    """Path of the calls on one boleto."""

    boleto_id: BoletoId


class ListBoletos(Request):
    """Query of ``GET /api/v1/boletos``."""

    debtor_id: DebtorId | None = None
    branch_id: BranchId | None = None
    status: Annotated[
        Literal["open", "overdue", "disputed", "settled", "cancelled", "renegotiated"] | None,
        Field(description="Only those that have this status today", examples=["overdue"]),
    ] = None
    cursor: Cursor = None
    per_page: PerPage = 25


class ChangedBoleto(Patch):
    """A boleto's new data; what is left out stays, ``null`` or an empty text clears what may be absent.

    Debtor, branch and the partner's own id cannot change.
    """

    status: Annotated[
        Literal["open", "overdue", "disputed", "settled", "cancelled", "renegotiated"] | None,
        NeverEmpty,
        Field(
            description="disputed, renegotiated, cancelled, or open again; overdue and settled where it is so already",
            examples=["disputed"],
        ),
    ] = None
    due_on: Annotated[DueOn | None, NeverEmpty] = None
    amount_cents: Annotated[Amount | None, NeverEmpty] = None
    nature_code: NatureCode | None = None
    contract_number: ContractNumber | None = None
    guarantor_ids: Guarantors | None = None
    prescription_years: PrescriptionYears | None = None
    external_id: Annotated[ExternalId | None, NeverEmpty, Field(description="Left out, or what it is")] = None
    debtor_id: Annotated[DebtorId | None, NeverEmpty, Field(description="Left out, or what it is")] = None
    branch_id: Annotated[BranchId | None, NeverEmpty, Field(description="Left out, or what it is")] = None


class UpdateBoleto(Request):
    """Path and body of ``PATCH /api/v1/boletos/{boleto_id}``."""

    boleto_id: BoletoId
    boleto: ChangedBoleto


class NewSettlement(WireObject):
    """Money that came, all of the debt or a part of it."""

    paid_on: PastDay
    available_on: Annotated[
        Day,
        Field(description="The day the money is available to the creditor: the deadline of the removal counts from it"),
    ]
    amount_cents: Amount
    settles: Annotated[
        Flag | None,
        Field(
            description="true: the debt ends with less than is owed (a discount); left out: as the amount says",
            examples=[True],
        ),
    ] = None
    payment_id: Annotated[
        OwnId | None, Field(description="The partner's own id of the payment", examples=["pagamento-9"])
    ] = None


class SettleBoleto(Request):
    """Path and body of ``POST /api/v1/boletos/{boleto_id}/settlement``."""

    boleto_id: BoletoId
    settlement: NewSettlement
    idempotency_key: IdempotencyKey = None
