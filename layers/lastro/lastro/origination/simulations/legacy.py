"""The legacy engine's own arithmetic (reference caas.md §3.3, §8.2, §9 O-4), where it differs from the law's. Pure.

Each figure of a row is the unrounded schedule's rounded on its own, so a row may be a cent from adding up. The monthly
CET takes equal months and is rounded to one decimal before it is compounded to a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import accumulate

from lastro.finance.price import Installment, implied_monthly_rate, price_installment, principal_shares
from lastro.money import EXACT, MonthlyRate, round_cents
from lastro.origination.pricing import PricedLoan

_CET_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class LegacyFigures:
    """Rows in cents, CET in percent."""

    rows: tuple[Installment, ...]
    cet_monthly: Decimal
    cet_annual: Decimal


def legacy_figures(loan: PricedLoan) -> LegacyFigures:
    """Draw a priced credit as the legacy engine does. Raises ``ValueError`` when no rate repays what was released."""
    rate = loan.terms.rate
    value = price_installment(loan.principal, rate, loan.terms.installments)
    with localcontext(EXACT):
        shares = principal_shares(rate, loan.terms.installments)
        paid = list(accumulate(shares, initial=Decimal(0)))
        balances = [loan.principal * (1 - part) for part in paid]
        rows = tuple(
            Installment(
                number=row.number,
                due_date=row.due_date,
                previous_balance=round_cents(before),
                interest=round_cents(before * rate.fraction),
                amortization=round_cents(loan.principal * share),
                value=value,
                balance=round_cents(after),
            )
            for row, share, before, after in zip(loan.rows, shares, balances[:-1], balances[1:], strict=True)
        )
    monthly = implied_monthly_rate(loan.terms.net, [value] * len(rows)).percent(_CET_DECIMALS)
    return LegacyFigures(rows, monthly, MonthlyRate.from_percent(monthly).to_annual().percent())
