"""A contract says what its credit was priced by: the same figures, and the rules in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lastro.finance.iof import BorrowerClass
from lastro.finance.repayment import Amortization, DayCount
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.money import MonthlyRate
from lastro.origination.contracts.content.assembly import assemble_contract
from lastro.origination.contracts.drawing.contract import draw_contract
from lastro.origination.contracts.model import ContractData
from lastro.origination.pricing.costs import LoanTerms, PricedLoan, price_loan
from lastro.origination.pricing.quotation import terms_of
from tests.domain.origination.contracts.contract_samples import sample_credit, sample_product

APPROVED = datetime(2026, 3, 2, 15, tzinfo=UTC)


def contract_of(day_count: DayCount, amortization: Amortization, rule: DueDayRule) -> tuple[PricedLoan, ContractData]:
    """First due on a Sunday twenty days after the release."""
    loan = price_loan(
        LoanTerms(
            net=10_000_00,
            fee=150_00,
            insurance=35_00,
            rate=MonthlyRate.from_percent("2.5"),
            installments=12,
            release_date=date(2026, 3, 2),
            first_due_date=date(2026, 3, 22),
            borrower=BorrowerClass.NATURAL_PERSON,
            day_count=day_count,
            amortization=amortization,
            due_day_rule=rule,
        )
    )
    credit = replace(sample_credit(), terms=terms_of(loan))
    return loan, assemble_contract(credit, sample_product(), APPROVED)


@pytest.mark.parametrize("day_count", DayCount)
@pytest.mark.parametrize("amortization", Amortization)
@pytest.mark.parametrize("rule", DueDayRule)
def test_figures_and_words_agree_with_the_price(
    day_count: DayCount, amortization: Amortization, rule: DueDayRule
) -> None:
    loan, contract = contract_of(day_count, amortization, rule)
    figures = contract.credit
    assert figures.schedule == loan.rows
    assert (figures.financed, figures.iof, figures.principal) == (loan.gross, loan.iof, loan.principal)
    assert (figures.total_payable, figures.interest_total) == (loan.total, loan.interest)
    assert (figures.annual_rate, figures.cet_annual) == (loan.annual_rate, loan.cet)
    parts = loan.breakdown
    assert [line.percent for line in figures.cost_lines[1:]] == [
        share.percent for share in (parts.interest, parts.taxes, parts.fees, parts.services)
    ]
    clauses = " ".join(text for clause in contract.clauses for text in clause.paragraphs)
    sac, calendar, moved = (
        amortization is Amortization.SAC,
        day_count is DayCount.CALENDAR_DAYS,
        rule is DueDayRule.NEXT_BUSINESS_DAY,
    )
    assert ("Sistema de Amortização Constante" in clauses) is sac
    assert ("Tabela Price" in clauses) is not sac
    assert ("dias corridos de cada período" in clauses) is calendar
    assert ("menos de um mês depois da liberação" in clauses) is not calendar
    assert ("já são dias úteis" in clauses) is moved
    assert ("os seus juros contam até elas" in clauses) is (moved and calendar)
    assert figures.schedule[0].due_date == (date(2026, 3, 23) if moved else date(2026, 3, 22))
    assert draw_contract(contract).startswith(b"%PDF")
