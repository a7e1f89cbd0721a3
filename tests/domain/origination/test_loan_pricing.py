"""Credits priced as a whole: published examples, and what holds of every credit."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lastro.finance.cet import annual_cet
from lastro.finance.iof import BorrowerClass, FinancedIof, PrincipalSharing, iof_rates
from lastro.finance.price import price_schedule
from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule, business_day_from
from lastro.kernel.calendar import add_months, monthly_due_dates
from lastro.kernel.errors import BusinessRefusal
from lastro.kernel.money import AnnualRate, MonthlyRate
from lastro.origination.pricing.costs import LoanTerms, PricedLoan, grace_interest_of, plan_loan, price_loan
from lastro.origination.pricing.quotation import loan_of, terms_of
from lastro.origination.processes.rows.items import to_terms
from lastro.origination.quotes.legacy import legacy_figures

RELEASE = date(2025, 8, 1)


def loan_terms(net: int, percent: str | MonthlyRate, count: int, **changes: Any) -> LoanTerms:
    release = changes.pop("release_date", RELEASE)
    terms = LoanTerms(
        net=net,
        fee=0,
        insurance=0,
        rate=percent if isinstance(percent, MonthlyRate) else MonthlyRate.from_percent(percent),
        installments=count,
        release_date=release,
        first_due_date=add_months(release, 1),
        borrower=BorrowerClass.NATURAL_PERSON,
    )
    return replace(terms, **changes)


class TestVectorA:
    loan = price_loan(loan_terms(10_000_00, "2.5", 12))

    def test_tax_gross_value_and_cet(self) -> None:
        loan = self.loan
        assert (loan.iof, loan.gross, loan.installment_value) == (211_92, 10_211_92, 995_53)
        assert loan.cet_annual == Decimal("40.03")
        assert loan.grace_interest == 0
        assert (loan.rows[0].due_date, loan.last_due_date) == (date(2025, 9, 1), date(2026, 8, 1))

    def test_breakdown_is_everything_paid_beyond_what_was_received(self) -> None:
        parts = self.loan.breakdown
        assert parts.taxes.value == 211_92
        assert (parts.fees.value, parts.services.value) == (0, 0)
        assert parts.interest.value + parts.taxes.value == self.loan.total - 10_000_00
        assert parts.taxes.percent == Decimal("1.77")
        assert parts.fees.percent == Decimal("0.00")


class TestLegacyExample:
    """O-4: the vendor's own simulation."""

    loan = price_loan(
        loan_terms(500_00, "1.3", 4, fee=10_00, release_date=date(2021, 11, 3), sharing=PrincipalSharing.EQUAL)
    )

    def test_tax_and_gross(self) -> None:
        assert (self.loan.iof, self.loan.gross) == (6_33, 516_33)

    def test_every_published_row(self) -> None:
        rows = legacy_figures(self.loan).rows
        assert [(row.amortization, row.interest) for row in rows] == [
            (126_59, 6_71),
            (128_24, 5_07),
            (129_91, 3_40),
            (131_59, 1_71),
        ]
        assert {row.value for row in rows} == {133_30}
        assert (rows[0].previous_balance, rows[0].balance, rows[-1].balance) == (516_33, 389_74, 0)

    def test_cet_compounds_the_rounded_month(self) -> None:
        figures = legacy_figures(self.loan)
        assert (figures.cet_monthly, figures.cet_annual) == (Decimal("2.6"), Decimal("36.07"))

    def test_cet_by_the_law(self) -> None:
        # The published instalments; the last of ours takes two cents of rounding.
        assert abs(self.loan.cet_annual - Decimal("36.58")) <= Decimal("0.03")
        assert self.loan.installment_value == 133_30


class TestCentralBankExample:
    """O-1: 1,000.00 at 12 % a year, fifty of fee and ten of tax out of it, on the calendar of the spring of 2023."""

    def test_value_and_cet(self) -> None:
        release = date(2023, 4, 1)
        rate = AnnualRate.from_percent(12).to_monthly()
        rows = price_schedule(1_000_00, rate, [add_months(release, k) for k in range(1, 6)])
        assert rows[0].value == 205_73
        terms = loan_terms(940_00, rate, 5, fee=50_00, release_date=release)
        taxed = FinancedIof(940_00, 50_00, 10_00, 1_000_00, iof_rates(terms.borrower, release, 1_000_00))
        cet = annual_cet(940_00, release, [(row.due_date, row.value) for row in rows])
        loan = PricedLoan(terms, taxed, 0, rows, cet)
        # Equal months give 43.93 (tests of the CET); these five are a little shorter.
        assert (loan.cet_annual, loan.cet_monthly) == (Decimal("43.85"), Decimal("3.08"))
        assert (loan.breakdown.taxes.value, loan.breakdown.fees.value) == (10_00, 50_00)
        assert loan.breakdown.interest.value == loan.total - 1_000_00


class TestPlainPrice:
    """O-7, each credit as the schedule sees it: without charges, on the published principal."""

    @pytest.mark.parametrize(
        ("principal", "percent", "count", "value"),
        [
            (80_000_00, "1", 8, 10_455_22),
            (70_000_00, "2", 5, 14_851_09),
            (100_000_00, "1", 180, 1_200_17),
            (8_530_20, "3", 10, 1_000_00),
        ],
    )
    def test_value(self, principal: int, percent: str, count: int, value: int) -> None:
        loan = price_loan(loan_terms(principal, percent, count))
        plain = price_schedule(principal, loan.terms.rate, [row.due_date for row in loan.rows])
        assert plain[0].value == value
        assert loan.rows == price_schedule(loan.gross, loan.terms.rate, [row.due_date for row in loan.rows])


class TestGrace:
    def test_o6_two_months_compound(self) -> None:
        terms = loan_terms(300_000_00, "1.5", 6, first_due_date=add_months(RELEASE, 3), grace=Grace.COMPOUND)
        assert grace_interest_of(300_000_00, terms) == 9_067_50
        rows = price_schedule(309_067_50, terms.rate, [add_months(RELEASE, k) for k in range(3, 9)])
        assert rows[0].value == 54_249_14
        assert abs(rows[0].balance - 259_454_37) <= 1

    def test_extra_days_are_simple_interest(self) -> None:
        terms = loan_terms(10_000_00, "3", 12, first_due_date=date(2025, 9, 16))
        assert grace_interest_of(10_000_00, terms) == 150_00

    @pytest.mark.parametrize("grace", Grace)
    def test_a_month_adds_nothing(self, grace: Grace) -> None:
        assert grace_interest_of(10_000_00, loan_terms(10_000_00, "3", 12, grace=grace)) == 0

    def test_days_short_of_a_month_are_taken_off_as_days_beyond_are_added(self) -> None:
        beyond = loan_terms(10_000_00, "3", 12, first_due_date=date(2025, 9, 11))
        short = replace(beyond, first_due_date=date(2025, 8, 22))
        assert (grace_interest_of(10_000_00, beyond), grace_interest_of(10_000_00, short)) == (100_00, -100_00)
        compound = replace(short, grace=Grace.COMPOUND)
        # What is left grows to the whole by the ten days that it is short: PV / (1 + i 10 / 30).
        assert grace_interest_of(10_000_00, compound) == -99_01
        assert round((10_000_00 - 99_01) * 1.01) == 10_000_00

    def test_ten_days_at_one_percent_cost_about_what_a_lender_asks_by_calendar_days(self) -> None:
        terms = loan_terms(
            1_018_91, "1", 12, release_date=date(2026, 4, 10), first_due_date=date(2026, 4, 20), grace=Grace.SIMPLE
        )
        taken_off = grace_interest_of(1_018_91, terms)
        assert taken_off == -6_79
        first_interest = price_schedule(1_018_91 + taken_off, terms.rate, monthly_due_dates(date(2026, 4, 20), 12))[0]
        assert taken_off + first_interest.interest == 3_33

    @pytest.mark.parametrize("percent", ["0", "1", "5", "30", "100"])
    @pytest.mark.parametrize("grace", Grace)
    def test_no_first_period_bears_less_than_nothing(self, percent: str, grace: Grace) -> None:
        terms = loan_terms(10_000_00, percent, 1, grace=grace)
        month = 0
        for days in range(31, 0, -1):
            day = RELEASE + timedelta(days)
            taken_off = grace_interest_of(10_000_00, replace(terms, first_due_date=day))
            [row] = price_schedule(10_000_00 + taken_off, terms.rate, [day])
            assert 0 <= row.value - 10_000_00 <= (month or row.interest)
            month = row.value - 10_000_00

    def test_by_calendar_days_there_is_none(self) -> None:
        for days in (1, 45):
            terms = loan_terms(10_000_00, "3", 12, first_due_date=RELEASE + timedelta(days))
            assert grace_interest_of(10_000_00, replace(terms, day_count=DayCount.CALENDAR_DAYS)) == 0

    def test_days_beyond_whole_months_are_simple(self) -> None:
        terms = loan_terms(10_000_00, "3", 12, first_due_date=date(2025, 10, 16), grace=Grace.COMPOUND)
        assert grace_interest_of(10_000_00, terms) == 300_00 + 154_50

    def test_month_ends_are_no_grace(self) -> None:
        terms = loan_terms(10_000_00, "3", 12, release_date=date(2025, 1, 31))
        assert terms.first_due_date == date(2025, 2, 28)
        assert grace_interest_of(10_000_00, terms) == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"first_due_date": RELEASE}, "first_due_not_after_release"),
        ({"release_date": date(2015, 1, 21)}, "no_tax_rate"),
        ({"release_date": date(2000, 1, 1), "borrower": BorrowerClass.MEI}, "no_tax_rate"),
        ({"first_due_date": RELEASE + timedelta(1), "installments": 1, "fee": 100_00}, "not_priceable"),
        ({"net": 1, "installments": 120}, "not_payable"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], code: str) -> None:
    net, count = changes.pop("net", 10_000_00), changes.pop("installments", 12)
    with pytest.raises(BusinessRefusal) as refused:
        price_loan(loan_terms(net, "2.5", count, **changes))
    assert refused.value.code == code


@pytest.mark.parametrize("changes", [{"net": 0}, {"fee": -1}, {"insurance": -1}, {"installments": 0}])
def test_terms_no_request_carries(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a loan releases"):
        price_loan(replace(loan_terms(10_000_00, "2.5", 12), **changes))


loans = st.builds(
    lambda net, fee, insurance, percent, count, release, days, **rules: loan_terms(
        net,
        MonthlyRate.from_percent(percent),
        count,
        fee=fee,
        insurance=insurance,
        release_date=release,
        first_due_date=release + timedelta(days),
        **rules,
    ),
    st.integers(500_00, 1_000_000_00),
    st.integers(0, 500_00),
    st.integers(0, 500_00),
    st.decimals(Decimal("0.1"), Decimal(10), places=2),
    st.integers(1, 120),
    st.dates(date(2015, 1, 22), date(2030, 12, 31)),
    st.integers(1, 200),
    borrower=st.sampled_from(BorrowerClass),
    grace=st.sampled_from(Grace),
    day_count=st.sampled_from(DayCount),
    amortization=st.sampled_from(Amortization),
    due_day_rule=st.sampled_from(DueDayRule),
)


def priced(terms: LoanTerms) -> PricedLoan:
    try:
        return price_loan(terms)
    except BusinessRefusal as refusal:
        assume(refusal.code not in {"not_payable", "not_priceable"})
        raise


@given(loans)
def test_every_credit_adds_up(terms: LoanTerms) -> None:
    loan = priced(terms)
    assert loan.gross == terms.net + terms.fee + terms.insurance + loan.iof
    assert sum(row.amortization for row in loan.rows) == loan.principal
    assert loan.total == loan.gross + loan.grace_interest + sum(row.interest for row in loan.rows)
    assert loan.rows[-1].balance == 0
    beyond = (terms.first_due_date - add_months(terms.release_date, 1)).days
    assert loan.grace_interest * beyond >= 0
    assert (loan.grace_interest != 0) <= (terms.day_count is DayCount.MONTHLY)
    parts = loan.breakdown
    values = [share.value for share in (parts.interest, parts.taxes, parts.fees, parts.services)]
    assert sum(values) == loan.total - terms.net
    percents = [share.percent for share in (parts.interest, parts.taxes, parts.fees, parts.services)]
    assert abs(sum(percents) - Decimal(100 * (loan.total - terms.net)) / loan.total) < Decimal("0.01")
    assert loan.interest >= 0
    assert loan.cet_annual >= loan.cet_monthly > 0
    balance = loan.principal
    for row in loan.rows:
        assert row.previous_balance == balance
        assert row.value == row.interest + row.amortization >= 1
        balance -= row.amortization
        assert row.balance == balance
    assert max(row.value for row in loan.rows[:-1] or loan.rows) == loan.installment_value
    assert plan_loan(terms).repayment.installment(loan.principal) == loan.installment_value
    due_dates = [row.due_date for row in loan.rows]
    asked = monthly_due_dates(terms.first_due_date, terms.installments)
    if terms.due_day_rule is DueDayRule.SAME_DAY:
        assert due_dates == list(asked)
    else:
        assert due_dates == [business_day_from(day) for day in asked]


@given(loans)
def test_the_cet_discounts_what_is_paid_back_to_what_was_received(terms: LoanTerms) -> None:
    """As far as a rate of eighteen digits can: what it misses grows with the money and the years it is lent for."""
    loan = priced(terms)
    with localcontext(prec=50):
        year = 1 + loan.cet.fraction
        paid_back = [(row.value, Decimal((row.due_date - terms.release_date).days) / 365) for row in loan.rows]
        worth = sum((value / year**years for value, years in paid_back), Decimal(0))
        moved_by_a_digit = sum((value * years for value, years in paid_back), Decimal(0)) * Decimal("1e-17")
    assert abs(worth - terms.net) <= moved_by_a_digit


@given(loans)
def test_what_a_credit_keeps_gives_the_same_credit_again(terms: LoanTerms) -> None:
    loan = priced(terms)
    kept = terms_of(loan)
    again = loan_of(to_terms(json.loads(json.dumps(asdict(kept), default=date.isoformat))))
    assert again == loan
    assert terms_of(again) == kept
    assert kept.due_days == tuple(row.due_date for row in loan.rows)


def test_terms_kept_before_there_were_rules_are_those_of_equal_months() -> None:
    kept = asdict(terms_of(price_loan(loan_terms(10_000_00, "2.5", 12, due_day_rule=DueDayRule.SAME_DAY))))
    for name in ("day_count", "amortization", "due_day_rule", "grace", "due_dates"):
        del kept[name]
    loan = loan_of(to_terms(kept | {name: kept[name].isoformat() for name in ("release_date", "first_due_date")}))
    assert (loan.iof, loan.gross, loan.installment_value) == (211_92, 10_211_92, 995_53)
    assert loan.cet_annual == Decimal("40.03")


GROWING_AGAIN = loan_terms(
    894_273,
    "10",
    120,
    insurance=49_996,
    release_date=date(2015, 1, 26),
    first_due_date=date(2015, 2, 25),
    day_count=DayCount.CALENDAR_DAYS,
    due_day_rule=DueDayRule.NEXT_BUSINESS_DAY,
)
"""At such a rate the interest of a long month exceeds the instalment after some of the debt was paid already."""


@example(GROWING_AGAIN)
@given(loans)
def test_the_tax_is_that_of_the_principal_each_instalment_pays(terms: LoanTerms) -> None:
    loan = priced(terms)
    owed, tax = Decimal(loan.principal), Decimal(0)
    for row in loan.rows:
        # What interest beyond the instalment added to the debt is no principal: it is paid first.
        left = min(Decimal(row.balance), owed)
        share = (owed - left) / loan.principal
        tax += share * min((row.due_date - terms.release_date).days, 365) * loan.tax.rates.daily.fraction
        owed = left
    expected = loan.gross * (tax + loan.tax.rates.additional)
    # The schedule's own cents move between instalments: never more than a cent of tax for a year's worth of them.
    assert abs(expected - loan.iof) <= 2


@given(loans, st.integers(0, 100_00), st.sampled_from(["fee", "insurance"]))
def test_cet_grows_with_fees(terms: LoanTerms, more: int, charge: str) -> None:
    dearer = replace(terms, **{charge: getattr(terms, charge) + more})
    before, after = priced(terms), priced(dearer)
    assert after.cet.fraction >= before.cet.fraction
    assert after.total >= before.total


@given(loans)
def test_compound_grace_costs_at_least_simple_grace_in_whole_months(terms: LoanTerms) -> None:
    whole = replace(terms, first_due_date=add_months(terms.release_date, 4), day_count=DayCount.MONTHLY)
    simple = grace_interest_of(terms.net, replace(whole, grace=Grace.SIMPLE))
    compound = grace_interest_of(terms.net, replace(whole, grace=Grace.COMPOUND))
    days = (whole.first_due_date - add_months(terms.release_date, 1)).days
    assert compound >= terms.net * terms.rate.fraction * 3 - 1
    assert abs(simple - terms.net * terms.rate.fraction * days / 30) <= 1


@given(loans)
def test_legacy_rows_stay_within_a_cent_of_the_unrounded_schedule(terms: LoanTerms) -> None:
    loan = priced(replace(terms, day_count=DayCount.MONTHLY, amortization=Amortization.PRICE))
    rows = legacy_figures(loan).rows
    assert abs(sum(row.amortization for row in rows) - loan.principal) <= len(rows)
    assert rows[-1].balance == 0
    for row in rows:
        assert abs(row.previous_balance - row.amortization - row.balance) <= 2
        assert abs(row.amortization + row.interest - row.value) <= 2
