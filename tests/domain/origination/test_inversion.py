"""From an instalment or a gross amount back to the amount released."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.finance.iof import BorrowerClass
from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.errors import BusinessRefusal
from lastro.kernel.money import MonthlyRate
from lastro.origination.pricing.costs import LoanTerms, plan_loan
from lastro.origination.pricing.inversion import Figure, Wanted, find_net

RELEASE = date(2025, 8, 1)

rules = st.builds(
    lambda percent, count, days, **chosen: LoanTerms(
        net=1,
        fee=50_00,
        insurance=0,
        rate=MonthlyRate.from_percent(percent),
        installments=count,
        release_date=RELEASE,
        first_due_date=RELEASE + timedelta(days),
        **chosen,
    ),
    st.decimals(Decimal(0), Decimal(10), places=2),
    st.integers(1, 120),
    st.integers(1, 90),
    borrower=st.sampled_from(BorrowerClass),
    grace=st.sampled_from(Grace),
    day_count=st.sampled_from(DayCount),
    amortization=st.sampled_from(Amortization),
    due_day_rule=st.sampled_from(DueDayRule),
)


def charged(terms: LoanTerms, net: int) -> LoanTerms:
    """With an insurance of three quarters of a percent, rounded."""
    return replace(terms, net=net, insurance=round(Decimal(net) * 75 / 10_000))


def figure_of(figure: Figure, terms: LoanTerms) -> int:
    plan = plan_loan(terms)
    gross = plan.tax(terms.net, terms.fee + terms.insurance).gross
    return gross if figure is Figure.GROSS else plan.repayment.installment(plan.principal(gross))


@given(rules, st.integers(1, 100_000_000), st.sampled_from(Figure))
def test_what_a_value_gives_finds_that_value_or_a_larger_one_that_gives_the_same(
    terms: LoanTerms, net: int, figure: Figure
) -> None:
    asked = figure_of(figure, charged(terms, net))
    found = find_net(Wanted(figure, asked), lambda each: charged(terms, each))
    assert found >= net
    assert figure_of(figure, charged(terms, found)) == asked
    assert figure_of(figure, charged(terms, found + 1)) > asked


@given(rules, st.integers(80_00, 100_000_000), st.sampled_from(Figure))
def test_the_largest_that_does_not_exceed_what_is_asked(terms: LoanTerms, value: int, figure: Figure) -> None:
    found = find_net(Wanted(figure, value), lambda each: charged(terms, each))
    assert figure_of(figure, charged(terms, found)) <= value < figure_of(figure, charged(terms, found + 1))


@given(rules, st.integers(29_000_00, 30_500_00), st.integers(0, 500), st.sampled_from(Figure))
def test_figures_never_fall_as_the_value_grows(terms: LoanTerms, net: int, more: int, figure: Figure) -> None:
    """Across the limit of small loans too, where the tax leaps."""
    assert figure_of(figure, charged(terms, net)) <= figure_of(figure, charged(terms, net + more))


@pytest.mark.parametrize("value", [-1, 0, 50_00])
def test_what_no_credit_is_so_small_to_give(value: int) -> None:
    terms = LoanTerms(
        1, 50_00, 0, MonthlyRate.from_percent(1), 1, RELEASE, date(2025, 9, 1), BorrowerClass.NATURAL_PERSON
    )
    for figure in Figure:
        with pytest.raises(BusinessRefusal) as refused:
            find_net(Wanted(figure, value), lambda net: replace(terms, net=net))
        assert refused.value.code == "out_of_bounds"
        assert [error.field for error in refused.value.errors] == [figure]
