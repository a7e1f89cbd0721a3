"""The figures of an available condition, computed from the bank's instalments so that they agree with one another.

Source: the simulations hub (docs/sources.md) for amounts and interest; Resolução CMN 4.881/2020 for the CET, on
calendar days. ``cet_monthly`` is the twelfth root of the annual CET.

What the customer receives is released value, the vehicle and the accessories financed with it alike; documentation,
insurance, taxes and the bank's charges are costs, whoever renders the service (art. 2 and 3).
"""

from __future__ import annotations

from decimal import Decimal

from lastro.finance.cet import MAX_CET, annual_cet
from lastro.finance.price import implied_monthly_rate
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.errors import Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.model import Condition, Pricing, ReturnCost, Simulation
from lastro.simulations.ports import Offer


def price_condition(simulation: Simulation, condition: Condition, offer: Offer) -> Pricing | None:
    """Derive every published figure from what the bank offered.

    The financed amount is the asset minus the down payment plus all expenses; what the customer finances beside the
    good (documentation, accessories, insurance) is listed among the expenses. ``None`` when the CET is above what may
    be shown. Raises ``Permanent`` when the bank's own answer does not add up: another number of instalments than asked,
    or no rate at which they repay the credit.
    """
    if len(offer.installments) != condition.installments:
        raise Permanent("the bank priced another term than asked", code=Reason.GENERIC)
    extras = (
        ("documentation", simulation.documentation_value, None),
        ("accessory", simulation.accessory_value, None),
        ("insurance", simulation.insurance_value, None),
    )
    charged = tuple((expense.type, expense.value, expense.bank_expense_id) for expense in offer.expenses)
    expenses = tuple(extra for extra in extras if extra[1]) + charged
    net = simulation.assets_value - condition.down_payment
    gross = net + sum(value for _, value, _ in expenses)
    released = simulation.release_date
    first_due = add_months(released, 1)
    due_dates = monthly_due_dates(first_due, condition.installments)
    try:
        interest = implied_monthly_rate(gross, offer.installments)
        cet = annual_cet(
            net + simulation.accessory_value, released, list(zip(due_dates, offer.installments, strict=True))
        )
    except ValueError as error:
        raise Permanent("the bank's instalments do not repay the credit at any rate", code=Reason.GENERIC) from error
    if cet.percent() > MAX_CET:
        return None
    return Pricing(
        financed_amount=gross,
        installments=offer.installments,
        expenses=expenses,
        interest_monthly=str(interest.percent()),
        interest_annually=str(interest.to_annual().percent()),
        cet_monthly=str(cet.to_monthly().percent()),
        cet_annually=str(cet.percent()),
        first_due_date=first_due,
    )


def cost_of_return(priced: Pricing, bare: Pricing) -> ReturnCost:
    """What a dealer's return costs: an offer less the same bank's at return 0."""
    return ReturnCost(
        first_installment_value=priced.installments[0] - bare.installments[0],
        amount_paid_in_financing=sum(priced.installments) - sum(bare.installments),
        cet_monthly=_points(priced.cet_monthly, bare.cet_monthly),
        cet_annually=_points(priced.cet_annually, bare.cet_annually),
    )


def _points(percent: str | None, bare: str | None) -> str:
    """Percentage points between two figures as they are published, so that they agree with one another."""
    return str(Decimal(percent or 0) - Decimal(bare or 0))
