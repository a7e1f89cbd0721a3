"""The legacy engine's own arithmetic (its published example is in docs/sources.md), where it differs from the law's.

Pure. Each figure of a row is the unrounded schedule's, worked out exactly and rounded on its own half to even, so a row
may be a cent from adding up. The monthly CET takes equal months and is rounded to one decimal before it is compounded
to a year.
"""

from __future__ import annotations

from decimal import Decimal

from lastro.finance.exact_price import balance_ratios
from lastro.finance.installment import Installment
from lastro.finance.price import implied_monthly_rate, price_installment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import MonthlyRate, round_ratio
from lastro.origination.pricing.costs import PricedLoan

_CET_DECIMALS = 1


@dataclass(frozen=True)
class LegacyFigures:
    """Rows in cents, CET in percent."""

    rows: tuple[Installment, ...]
    cet_monthly: Decimal
    cet_annual: Decimal


def legacy_figures(loan: PricedLoan) -> LegacyFigures:
    """Draw a priced credit as the legacy engine does. Raises ``ValueError`` when no rate repays what was released."""
    rate, count = loan.terms.rate, loan.terms.installments
    value = price_installment(loan.principal, rate, count)
    owed, whole = balance_ratios(loan.principal, rate, count)
    share, unit = rate.fraction.as_integer_ratio()
    rows = tuple(
        Installment(
            number=row.number,
            due_date=row.due_date,
            previous_balance=round_ratio(before, whole),
            interest=round_ratio(before * share, whole * unit),
            amortization=round_ratio(before - after, whole),
            value=value,
            balance=round_ratio(after, whole),
        )
        for row, before, after in zip(loan.rows, owed[:-1], owed[1:], strict=True)
    )
    monthly = implied_monthly_rate(loan.terms.net, [value] * len(rows)).percent(_CET_DECIMALS)
    return LegacyFigures(rows, monthly, MonthlyRate.from_percent(monthly).to_annual().percent())
