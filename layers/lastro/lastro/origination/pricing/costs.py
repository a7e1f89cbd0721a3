"""What a credit costs: from its terms to tax, gross amount, schedule, CET and its parts. Pure.

Everything charged is financed: ``gross = net + fee + insurance + iof``. By equal months, interest of a first period
longer or shorter than one is added to the debt or taken off it before the schedule begins: ``principal = gross +
grace_interest``, ``total = gross + grace_interest + interest of the rows``. By calendar days every row bears the
interest of its own days and there is none to add.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lastro.finance.cet import MAX_CET, annual_cet
from lastro.finance.exact_price import Ratio
from lastro.finance.installment import Installment
from lastro.finance.iof import BorrowerClass, FinancedIof, PrincipalSharing, gross_up
from lastro.finance.iof_rates import FIRST_DAY
from lastro.finance.price import capitalize_grace
from lastro.finance.repayment import (
    Amortization,
    DayCount,
    Grace,
    Repayment,
    applied_annual_rate,
    days_after,
    plan_repayment,
)
from lastro.finance.shares import percent_shares
from lastro.kernel.business_days import DueDayRule, due_dates_by
from lastro.kernel.calendar import add_months
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import AnnualRate, MonthlyRate, round_ratio
from lastro.origination.errors import FIRST_DUE_NOT_AFTER_RELEASE, NO_TAX_RATE, NOT_PAYABLE, NOT_PRICEABLE

DAYS_IN_MONTH = 30


@dataclass(frozen=True)
class LoanTerms:
    """What is asked for. ``net`` is what the borrower receives, ``fee`` and ``insurance`` what is charged; cents.

    ``first_due_date`` is the one agreed; ``due_day_rule`` may move it and those after it.
    """

    net: int
    fee: int
    insurance: int
    rate: MonthlyRate
    installments: int
    release_date: date
    first_due_date: date
    borrower: BorrowerClass
    grace: Grace = Grace.SIMPLE
    sharing: PrincipalSharing = PrincipalSharing.AGREED
    day_count: DayCount = DayCount.MONTHLY
    amortization: Amortization = Amortization.PRICE
    due_day_rule: DueDayRule = DueDayRule.SAME_DAY


@dataclass(frozen=True)
class CostShare:
    """A component of the cost: cents, and percent of all that will be paid, as the contract's sheet has it."""

    value: int
    percent: Decimal


@dataclass(frozen=True)
class CetBreakdown:
    """The sheet of Carta-Circular 3.593/2013: ``interest + taxes + fees + services = total - net``.

    ``services`` are those of third parties: the insurance.
    """

    interest: CostShare
    taxes: CostShare
    fees: CostShare
    services: CostShare


@dataclass(frozen=True)
class PricedLoan:
    """Every figure of a credit, cents; ``cet`` unrounded (``cet.percent()`` is what the law states).

    ``grace_interest`` is below zero for a first period shorter than a month.
    """

    terms: LoanTerms
    tax: FinancedIof
    grace_interest: int
    rows: tuple[Installment, ...]
    cet: AnnualRate

    @property
    def annual_rate(self) -> AnnualRate:
        """The year that compounds from the monthly rate; by calendar days the one applied, of six decimals."""
        return applied_annual_rate(self.terms.rate, self.terms.day_count)

    @property
    def iof(self) -> int:
        return self.tax.iof

    @property
    def gross(self) -> int:
        return self.tax.gross

    @property
    def principal(self) -> int:
        """What the schedule spreads: less than ``gross`` after a first period shorter than a month."""
        return self.gross + self.grace_interest

    @property
    def installment_value(self) -> int:
        """Every instalment but the last, which takes the cents that rounding leaves; the highest of them by SAC."""
        return max(row.value for row in self.rows[:-1] or self.rows)

    @property
    def total(self) -> int:
        return sum(row.value for row in self.rows)

    @property
    def interest(self) -> int:
        """All interest, that of the first period's days beyond or short of a month included."""
        return self.total - self.gross

    @property
    def last_due_date(self) -> date:
        return self.rows[-1].due_date

    @property
    def cet_annual(self) -> Decimal:
        """Percent, two decimals, half to even (Resolução CMN 4.881/2020)."""
        return self.cet.percent()

    @property
    def cet_monthly(self) -> Decimal:
        """The month that compounds to the annual CET; percent, two decimals."""
        return self.cet.to_monthly().percent()

    @property
    def breakdown(self) -> CetBreakdown:
        values = (self.interest, self.iof, self.terms.fee, self.terms.insurance)
        # What was received is the rest of the hundred; its share is told by the contract's sheet.
        _, *shares = percent_shares((self.terms.net, *values))
        return CetBreakdown(*map(CostShare, values, shares))


@dataclass(frozen=True)
class LoanPlan:
    """What of a credit does not depend on its amounts; make one with :func:`plan_loan`. ``terms`` tell only that."""

    terms: LoanTerms
    repayment: Repayment
    taxed_days: Ratio

    def tax(self, net: int, fees: int) -> FinancedIof:
        """The gross amount with the tax on it. Raises ``BusinessRefusal`` ``no_tax_rate``."""
        try:
            return gross_up(net, fees, self.terms.release_date, self.terms.borrower, self.taxed_days)
        except ValueError as error:
            raise NO_TAX_RATE.at("release_date", first_day=f"{FIRST_DAY:%d/%m/%Y}") from error

    def principal(self, gross: int) -> int:
        """What the schedule spreads of a gross amount."""
        return gross + grace_interest_of(gross, self.terms)


def plan_loan(terms: LoanTerms) -> LoanPlan:
    """The part of a price that amounts do not change. Raises ``BusinessRefusal`` ``first_due_not_after_release``."""
    if terms.rate.fraction < 0 or terms.installments < 1:
        raise ValueError("a loan has no negative rate and at least one instalment")
    if terms.first_due_date <= terms.release_date:
        raise FIRST_DUE_NOT_AFTER_RELEASE.at("due_date")
    due_dates = due_dates_by(terms.due_day_rule, terms.first_due_date, terms.installments)
    repayment = plan_repayment(
        terms.rate, terms.release_date, due_dates, day_count=terms.day_count, amortization=terms.amortization
    )
    if terms.sharing is PrincipalSharing.EQUAL:
        days = days_after(terms.release_date, due_dates)
        return LoanPlan(terms, repayment, (sum(days), len(days)))
    return LoanPlan(terms, repayment, repayment.taxed_days(terms.release_date))


def price_loan(terms: LoanTerms) -> PricedLoan:
    """Work out a credit from its terms.

    Raises ``BusinessRefusal``: ``first_due_not_after_release``; ``no_tax_rate`` when the release precedes the IOF
    rates on record; ``not_payable`` when so little cannot be spread over so many instalments in whole cents;
    ``not_priceable`` when the CET exceeds 1,000 % a year. Raises ``ValueError`` for terms no request may carry (nothing
    released, a negative amount or rate, no instalment).
    """
    if terms.net <= 0 or min(terms.fee, terms.insurance) < 0 or terms.rate.fraction < 0 or terms.installments < 1:
        raise ValueError("a loan releases money, charges nothing negative and has an instalment")
    plan = plan_loan(terms)
    tax = plan.tax(terms.net, terms.fee + terms.insurance)
    principal = plan.principal(tax.gross)
    try:
        rows = plan.repayment.schedule(principal)
        cet = annual_cet(terms.net, terms.release_date, [(row.due_date, row.value) for row in rows])
    except ValueError as error:
        raise NOT_PAYABLE() from error
    if cet.percent() > MAX_CET:
        raise NOT_PRICEABLE(most=MAX_CET)
    return PricedLoan(terms, tax, principal - tax.gross, rows, cet)


def grace_interest_of(gross: int, terms: LoanTerms) -> int:
    """Interest in cents of the days beyond one month before the first instalment as it was agreed.

    Below zero, and taken off the debt, for the days that a first period falls short of a month; zero by calendar days.
    """
    if terms.day_count is DayCount.CALENDAR_DAYS:
        return 0
    share, unit = terms.rate.fraction.as_integer_ratio()
    short = (add_months(terms.release_date, 1) - terms.first_due_date).days
    if short > 0:
        unit_days = unit * DAYS_IN_MONTH
        if terms.grace is Grace.COMPOUND:
            taken_off = gross - round_ratio(gross * unit_days, unit_days + share * short)
        else:
            taken_off = round_ratio(gross * share * short, unit_days)
        # A high rate would take off more than the month bears: a loan of a day would be paid back with less.
        return -min(taken_off, gross * share // (unit + share))
    months = 0
    if terms.grace is Grace.COMPOUND:
        while add_months(terms.release_date, months + 2) <= terms.first_due_date:
            months += 1
    days = (terms.first_due_date - add_months(terms.release_date, months + 1)).days
    grown = capitalize_grace(gross, terms.rate, months)
    return grown - gross + round_ratio(grown * share * days, unit * DAYS_IN_MONTH)
