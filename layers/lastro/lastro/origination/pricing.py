"""What a credit costs: from its terms to tax, gross amount, schedule, CET and its parts. Pure.

Everything charged is financed: ``gross = net + fee + insurance + iof`` (reference caas.md §8.4). Interest of a longer
first period is added to the debt (§8.5), the Price schedule spreads the sum: ``principal = gross + grace_interest``,
``total = gross + grace_interest + interest of the rows``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from lastro.calendar import add_months, monthly_due_dates
from lastro.errors import BusinessRefusal
from lastro.finance.cet import annual_cet
from lastro.finance.iof import BorrowerClass, FinancedIof, PrincipalSharing, finance_iof
from lastro.finance.price import Installment, capitalize_grace, price_schedule
from lastro.money import EXACT, AnnualRate, MonthlyRate, round_cents

DAYS_IN_MONTH = 30


class Grace(StrEnum):
    """How interest of the time beyond one month before the first instalment is added to the debt.

    ``SIMPLE``: PV i days / 30 (convention b of reference caas.md §8.5). ``COMPOUND``: PV (1+i)^months for the whole
    months (convention a), and simple for the days that remain.
    """

    SIMPLE = "simple"
    COMPOUND = "compound"


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """What is asked for. ``net`` is what the borrower receives, ``fee`` and ``insurance`` what is charged; cents."""

    net: int
    fee: int
    insurance: int
    rate: MonthlyRate
    installments: int
    release_date: date
    first_due_date: date
    borrower: BorrowerClass
    grace: Grace = Grace.SIMPLE
    sharing: PrincipalSharing = PrincipalSharing.PRICE


@dataclass(frozen=True, slots=True)
class CostShare:
    """A component of the cost: cents, and percent of all that will be paid, two decimals."""

    value: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class CetBreakdown:
    """The sheet of Carta-Circular 3.593/2013: ``interest + taxes + fees + services = total - net``.

    ``services`` are those of third parties: the insurance.
    """

    interest: CostShare
    taxes: CostShare
    fees: CostShare
    services: CostShare


@dataclass(frozen=True, slots=True)
class PricedLoan:
    """Every figure of a credit, cents; ``cet`` unrounded (``cet.percent()`` is what the law states)."""

    terms: LoanTerms
    tax: FinancedIof
    grace_interest: int
    rows: tuple[Installment, ...]
    cet: AnnualRate

    @property
    def iof(self) -> int:
        return self.tax.iof

    @property
    def gross(self) -> int:
        return self.tax.gross

    @property
    def principal(self) -> int:
        """What the schedule spreads."""
        return self.gross + self.grace_interest

    @property
    def installment_value(self) -> int:
        """The value of every instalment but the last, which takes the cents that rounding leaves."""
        return self.rows[0].value

    @property
    def total(self) -> int:
        return sum(row.value for row in self.rows)

    @property
    def interest(self) -> int:
        """All interest, that of the grace period included."""
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
        return CetBreakdown(
            interest=self._share(self.interest),
            taxes=self._share(self.iof),
            fees=self._share(self.terms.fee),
            services=self._share(self.terms.insurance),
        )

    def _share(self, value: int) -> CostShare:
        with localcontext(EXACT):
            return CostShare(value, (Decimal(value) * 100 / self.total).quantize(Decimal("0.01")))


def price_loan(terms: LoanTerms) -> PricedLoan:
    """Work out a credit from its terms.

    Raises ``BusinessRefusal``: ``first_due_not_after_release``; ``no_tax_rate`` when the release precedes the IOF
    rates on record; ``not_payable`` when so little cannot be spread over so many instalments in whole cents. Raises
    ``ValueError`` for terms no request may carry (nothing released, a negative amount or rate, no instalment).
    """
    if terms.net <= 0 or min(terms.fee, terms.insurance) < 0 or terms.rate.fraction < 0 or terms.installments < 1:
        raise ValueError("a loan releases money, charges nothing negative and has an instalment")
    if terms.first_due_date <= terms.release_date:
        raise BusinessRefusal("The first instalment falls due after the release.", code="first_due_not_after_release")
    due_dates = monthly_due_dates(terms.first_due_date, terms.installments)
    try:
        tax = finance_iof(
            terms.net,
            terms.fee + terms.insurance,
            terms.rate,
            terms.release_date,
            due_dates,
            terms.borrower,
            sharing=terms.sharing,
        )
    except ValueError as error:
        text = "There is no IOF rate on record for this borrower on the release date."
        raise BusinessRefusal(text, code="no_tax_rate") from error
    grace_interest = grace_interest_of(tax.gross, terms)
    try:
        rows = price_schedule(tax.gross + grace_interest, terms.rate, due_dates)
        cet = annual_cet(terms.net, terms.release_date, [(row.due_date, row.value) for row in rows])
    except ValueError as error:
        text = "This amount cannot be spread over so many instalments in whole cents."
        raise BusinessRefusal(text, code="not_payable") from error
    return PricedLoan(terms, tax, grace_interest, rows, cet)


def grace_interest_of(gross: int, terms: LoanTerms) -> int:
    """Interest in cents of the days beyond one month before the first instalment; zero when there are none."""
    regular = add_months(terms.release_date, 1)
    months = 0
    if terms.grace is Grace.COMPOUND:
        while add_months(terms.release_date, months + 2) <= terms.first_due_date:
            months += 1
        regular = add_months(terms.release_date, months + 1)
    days = max((terms.first_due_date - regular).days, 0)
    grown = capitalize_grace(gross, terms.rate, months)
    with localcontext(EXACT):
        return grown - gross + round_cents(grown * terms.rate.fraction * days / DAYS_IN_MONTH)
