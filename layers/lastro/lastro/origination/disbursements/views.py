"""The disbursement of a proposal as partners read it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.kernel.calendar import format_moment
from lastro.origination.disbursements.model import Payout
from lastro.origination.pricing.numbers import Reais
from lastro.origination.processes.model import Credit
from lastro.origination.processes.views import CamelView


class DisbursementView(CamelView):
    """Where the money is. ``status`` is null while the contract is not signed."""

    customer_service_number: Annotated[str, Field(description="The proposal", examples=["20261103090000000000001"])]
    last_status: Annotated[str, Field(description="Credit status", examples=["LIBERADO"])]
    status: Annotated[
        str | None, Field(description="requested, sent, confirmed, refused or returned", examples=["confirmed"])
    ]
    number: Annotated[
        int | None, Field(description="1 for the first payout, one more after each correction", examples=[1])
    ]
    method: Annotated[str | None, Field(description="PIX or TED", examples=["TED"])]
    value: Annotated[Reais, Field(description="R$", examples=[10000])]
    reference: Annotated[str | None, Field(description="The payer's own number", examples=["P-1f0c7d2a"])]
    reason: Annotated[
        str | None, Field(description="Why it was refused or returned, in the payer's codes", examples=[None])
    ]
    requested_at: Annotated[str | None, Field(description="UTC", examples=["2026-11-03T12:10:00.000Z"])]
    updated_at: Annotated[str | None, Field(description="UTC", examples=["2026-11-03T12:10:01.250Z"])]


class DisbursementAnswer(CamelView):
    """Envelope of one disbursement."""

    data: DisbursementView


def show_disbursement(credit: Credit, payout: Payout | None) -> DisbursementAnswer:
    """The disbursement of a credit, begun or not."""
    view = DisbursementView(
        customer_service_number=credit.csn,
        last_status=credit.status.value,
        status=payout.status.value if payout else None,
        number=payout.number if payout else None,
        method=payout.account.method.value if payout else None,
        value=payout.value if payout else credit.terms.net,
        reference=payout.reference if payout else None,
        reason=payout.reason if payout else None,
        requested_at=format_moment(payout.requested_at) if payout else None,
        updated_at=format_moment(payout.updated_at) if payout else None,
    )
    return DisbursementAnswer(data=view)
