"""What a partner reads of its boletos."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from lastro.kernel.calendar import format_moment
from lastro.negativations.boletos.model import Boleto, Payment
from lastro.negativations.fields import Moment, View


class PaymentView(View):
    """Money that came for a boleto."""

    id: Annotated[str, Field(description="The partner's own id, else ours", examples=["pagamento-9"])]
    paid_on: Annotated[str, Field(description="The day the debtor paid", examples=["2026-11-03"])]
    available_on: Annotated[
        str, Field(description="The day the money is available to the creditor", examples=["2026-11-04"])
    ]
    amount_cents: Annotated[int, Field(description="In cents", examples=[18990])]
    settles: Annotated[bool, Field(description="The debt ended with it", examples=[True])]
    recorded_at: Moment


class BoletoView(View):
    """A debt."""

    id: Annotated[str, Field(description="UUID of a boleto", examples=["7a6f0b9e-52d1-5b0e-9a39-52b3a3b0d7c2"])]
    external_id: Annotated[str, Field(description="The partner's own id", examples=["boleto-1042"])]
    debtor_id: Annotated[str, Field(description="UUID of a debtor", examples=["0d0f6f0e-6c1b-5c43-a86b-8a4c1f2f9d11"])]
    branch_id: Annotated[int, Field(description="Number of a branch", examples=[1])]
    due_on: Annotated[str, Field(description="Due date", examples=["2026-10-05"])]
    amount_cents: Annotated[int, Field(description="What was owed at first, in cents", examples=[18990])]
    remaining_cents: Annotated[int, Field(description="What is still owed, in cents", examples=[18990])]
    nature_code: Annotated[str | None, Field(description="The bureau's code for the kind of debt", examples=["TI"])]
    contract_number: Annotated[str | None, Field(description="Contract of the debt", examples=["2024-000123"])]
    guarantor_ids: Annotated[list[str], Field(description="Debtors that answer for this one", examples=[[]])]
    prescription_years: Annotated[
        int, Field(description="Years after which the debt is prescribed (Código Civil, art. 206)", examples=[5])
    ]
    status: Annotated[
        str,
        Field(description="open, overdue (today), disputed, settled, cancelled or renegotiated", examples=["overdue"]),
    ]
    payments: Annotated[list[PaymentView], Field(description="Partial ones and the one that settled it")]
    settlement: Annotated[PaymentView | None, Field(description="The payment that ended the debt")]
    collection_step: Annotated[
        int, Field(description="The collection's last step that was done, 0: none", examples=[0])
    ]
    created_at: Moment
    updated_at: Moment


class BoletoAnswer(View):
    """Envelope of one boleto."""

    data: BoletoView


class BoletoList(View):
    """Boletos, newest first. A page may hold fewer than asked for and still be followed by another."""

    data: Annotated[list[BoletoView], Field(description="Boletos")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


def view_boleto(boleto: Boleto, today: date) -> BoletoView:
    return BoletoView(
        id=boleto.id,
        external_id=boleto.external_id,
        debtor_id=boleto.debtor_id,
        branch_id=boleto.branch_id,
        due_on=boleto.due_on.isoformat(),
        amount_cents=boleto.amount_cents,
        remaining_cents=boleto.remaining_cents,
        nature_code=boleto.nature_code,
        contract_number=boleto.contract_number,
        guarantor_ids=list(boleto.guarantor_ids),
        prescription_years=boleto.prescription_years,
        status=boleto.status_on(today).value,
        payments=[_view_payment(payment) for payment in boleto.payments],
        settlement=_view_payment(boleto.settlement) if boleto.settlement else None,
        collection_step=boleto.collection_step,
        created_at=format_moment(boleto.created_at),
        updated_at=format_moment(boleto.updated_at),
    )


def _view_payment(payment: Payment) -> PaymentView:
    return PaymentView(
        id=payment.id,
        paid_on=payment.paid_on.isoformat(),
        available_on=payment.available_on.isoformat(),
        amount_cents=payment.amount_cents,
        settles=payment.settles,
        recorded_at=format_moment(payment.recorded_at),
    )
