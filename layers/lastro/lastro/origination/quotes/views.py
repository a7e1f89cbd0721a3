"""A simulated credit as partners read it: amounts in R$, percentages with two decimals."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lastro.finance.installment import Installment
from lastro.origination.pricing.costs import CostShare, PricedLoan
from lastro.origination.pricing.numbers import Percent, Reais
from lastro.origination.pricing.quotation import spell_percent


class InstallmentView(BaseModel):
    """One row of the schedule."""

    number: Annotated[int, Field(description="From 1", examples=[1])]
    due_date: Annotated[str, Field(description="Due date", examples=["2025-09-01"])]
    previous_balance: Annotated[Reais, Field(description="Owed before it, R$", examples=[10211.92])]
    interest: Annotated[Reais, Field(description="R$", examples=[255.3])]
    amortization: Annotated[Reais, Field(description="R$", examples=[740.23])]
    value: Annotated[Reais, Field(description="Interest and amortization, R$", examples=[995.53])]
    balance: Annotated[Reais, Field(description="Owed after it, R$", examples=[9471.69])]


class CostView(BaseModel):
    """A component of the cost."""

    value: Annotated[Reais, Field(description="R$", examples=[211.92])]
    percent: Annotated[Percent, Field(description="Percent of total_value", examples=[1.77])]


class CetBreakdownView(BaseModel):
    """What the borrower pays beyond what was released, by component."""

    interest: CostView
    taxes: CostView
    fees: CostView
    services: CostView


class CreditSimulation(BaseModel):
    """A priced credit."""

    offer_id: Annotated[
        str | None,
        Field(
            description="Names the offer that a proposal may refer to; null when only_simulation is true: none is kept",
            examples=["0b8f3c1e5a7d4f6c9e2b1a0d8c7f6e5d"],
        ),
    ]
    valid_until: Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-05T12:00:00.000Z"])]
    only_simulation: Annotated[bool, Field(description="Whether the offer was not kept", examples=[True])]
    product_id: Annotated[int, Field(description="The product", examples=[1])]
    net_value: Annotated[Reais, Field(description="What the borrower receives, R$", examples=[10000])]
    gross_value: Annotated[Reais, Field(description="Net value, fee, insurance and IOF, R$", examples=[10211.92])]
    iof_value: Annotated[Reais, Field(description="IOF, financed, R$", examples=[211.92])]
    fee_value: Annotated[Reais, Field(description="Registration fee, financed, R$", examples=[0])]
    insurance_value: Annotated[Reais, Field(description="Insurance premium, financed, R$", examples=[0])]
    grace_interest_value: Annotated[
        Reais,
        Field(
            description="Interest of the first period's days beyond a month, added to the debt, R$; below zero, and "
            "taken off it, for the days short of a month",
            examples=[0],
        ),
    ]
    day_count: Annotated[str, Field(description="monthly or calendar_days", examples=["monthly"])]
    amortization: Annotated[str, Field(description="price or sac", examples=["price"])]
    due_day_rule: Annotated[str, Field(description="same_day or next_business_day", examples=["same_day"])]
    monthly_tax: Annotated[Percent, Field(description="Percent a month", examples=[2.5])]
    annual_tax: Annotated[
        Percent, Field(description="Percent a year, six decimals of one; applied by calendar days", examples=[34.4889])
    ]
    installment_value: Annotated[
        Reais, Field(description="Every instalment but the last, R$; by SAC the highest of these", examples=[995.53])
    ]
    installments: Annotated[list[InstallmentView], Field(description="The schedule")]
    total_value: Annotated[Reais, Field(description="All instalments, R$", examples=[11946.37])]
    cet_annual: Annotated[Percent, Field(description="Percent a year (Resolução CMN 4.881/2020)", examples=[40.03])]
    cet_monthly: Annotated[Percent, Field(description="The month that compounds to cet_annual", examples=[2.85])]
    cet_breakdown: CetBreakdownView
    release_date: Annotated[str, Field(description="Release date", examples=["2025-08-01"])]
    first_due_date: Annotated[str, Field(description="First due date", examples=["2025-09-01"])]
    last_due_date: Annotated[str, Field(description="Last due date", examples=["2026-08-01"])]


class CreditSimulationAnswer(BaseModel):
    """Envelope of a simulation."""

    data: CreditSimulation


def show_simulation(
    loan: PricedLoan, *, product_id: int, offer_id: str | None, valid_until: str, only_simulation: bool
) -> CreditSimulationAnswer:
    """A priced credit with what names its offer."""
    terms, parts = loan.terms, loan.breakdown
    return CreditSimulationAnswer(
        data=CreditSimulation(
            offer_id=offer_id,
            valid_until=valid_until,
            only_simulation=only_simulation,
            product_id=product_id,
            net_value=terms.net,
            gross_value=loan.gross,
            iof_value=loan.iof,
            fee_value=terms.fee,
            insurance_value=terms.insurance,
            grace_interest_value=loan.grace_interest,
            day_count=terms.day_count.value,
            amortization=terms.amortization.value,
            due_day_rule=terms.due_day_rule.value,
            monthly_tax=spell_percent(terms.rate),
            annual_tax=str(loan.annual_rate.percent(4)),
            installment_value=loan.installment_value,
            installments=[_show_row(row) for row in loan.rows],
            total_value=loan.total,
            cet_annual=str(loan.cet_annual),
            cet_monthly=str(loan.cet_monthly),
            cet_breakdown=CetBreakdownView(
                interest=_show_cost(parts.interest),
                taxes=_show_cost(parts.taxes),
                fees=_show_cost(parts.fees),
                services=_show_cost(parts.services),
            ),
            release_date=terms.release_date.isoformat(),
            first_due_date=loan.rows[0].due_date.isoformat(),
            last_due_date=loan.last_due_date.isoformat(),
        )
    )


def _show_row(row: Installment) -> InstallmentView:
    return InstallmentView(
        number=row.number,
        due_date=row.due_date.isoformat(),
        previous_balance=row.previous_balance,
        interest=row.interest,
        amortization=row.amortization,
        value=row.value,
        balance=row.balance,
    )


def _show_cost(share: CostShare) -> CostView:
    return CostView(value=share.value, percent=str(share.percent))
