"""Between a priced credit and the terms that a credit keeps. Pure."""

from __future__ import annotations

from datetime import date

from lastro.finance.cet import annual_cet
from lastro.finance.iof import FinancedIof, iof_rates
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.money import MonthlyRate
from lastro.origination.pricing.costs import LoanTerms, PricedLoan
from lastro.origination.processes.model import Terms, schedule_of


def terms_of(loan: PricedLoan, offer_id: str | None = None) -> Terms:
    """What a credit keeps of its price."""
    asked = loan.terms
    return Terms(
        net=asked.net,
        fee=asked.fee,
        insurance=asked.insurance,
        installments=asked.installments,
        monthly_rate=spell_percent(asked.rate),
        release_date=asked.release_date,
        first_due_date=asked.first_due_date,
        gross=loan.gross,
        iof=loan.iof,
        principal=loan.principal,
        installment_value=loan.installment_value,
        total=loan.total,
        cet_annual=str(loan.cet_annual),
        borrower_class=asked.borrower,
        offer_id=offer_id,
        day_count=asked.day_count,
        amortization=asked.amortization,
        due_day_rule=asked.due_day_rule,
        grace=asked.grace,
        due_dates=_moved_dates(loan),
    )


def loan_of(terms: Terms) -> PricedLoan:
    """The priced credit again, to the cent, from what was kept: schedule, CET, its parts and the tax rates applied."""
    rows = schedule_of(terms)
    asked = LoanTerms(
        net=terms.net,
        fee=terms.fee,
        insurance=terms.insurance,
        rate=MonthlyRate.from_percent(terms.monthly_rate),
        installments=terms.installments,
        release_date=terms.release_date,
        first_due_date=terms.first_due_date,
        borrower=terms.borrower_class,
        grace=terms.grace,
        day_count=terms.day_count,
        amortization=terms.amortization,
        due_day_rule=terms.due_day_rule,
    )
    return PricedLoan(
        terms=asked,
        tax=FinancedIof(
            net=terms.net,
            fees=terms.fee + terms.insurance,
            iof=terms.iof,
            gross=terms.gross,
            rates=iof_rates(terms.borrower_class, terms.release_date, terms.gross),
        ),
        grace_interest=terms.principal - terms.gross,
        rows=rows,
        cet=annual_cet(terms.net, terms.release_date, [(row.due_date, row.value) for row in rows]),
    )


def _moved_dates(loan: PricedLoan) -> tuple[date, ...]:
    if loan.terms.due_day_rule is DueDayRule.SAME_DAY:
        return ()
    return tuple(row.due_date for row in loan.rows)


def spell_percent(rate: MonthlyRate) -> str:
    """A monthly rate as the shortest decimal percentage: ``"2.5"``, ``"10"``."""
    return f"{rate.fraction.scaleb(2).normalize():f}"
