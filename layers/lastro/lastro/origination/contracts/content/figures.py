"""The figures of a credit as its contract states them: one set, each checked against every other. Pure.

Amounts are integer cents, rates typed, days calendar days. Cost sheet: Resolução CMN 4.881/2020, Carta-Circular BCB
3.593/2013.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from lastro.finance.price import Installment
from lastro.finance.shares import percent_shares
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import AnnualRate, MonthlyRate


@dataclass(frozen=True)
class CostLine:
    """A component of the total cost: cents, and the percentage of the whole that the law asks for (two decimals)."""

    label: str
    cents: int
    percent: Decimal


@dataclass(frozen=True)
class FirstPeriod:
    """How the first period differs from one month, and what interest that makes before the schedule begins.

    The first instalment falls due ``months`` and ``days`` after the day that is one month from the release; both are
    zero or below for one that falls due before it. ``interest`` is added to the debt: cents, below zero when it is
    taken off. ``compound``: whole months count as compounded, else every day simply, by thirtieths.
    """

    months: int = 0
    days: int = 0
    interest: int = 0
    compound: bool = False


@dataclass(frozen=True)
class Method:
    """How interest and instalments are worked out.

    ``calendar_days``: interest of each row's real days over 365 at the annual rate, else one month a row at the monthly
    rate. ``constant_amortization``: SAC, else Price. ``business_days``: what falls due on a day without banking moved
    to the next that has it, interest following.
    """

    calendar_days: bool = False
    constant_amortization: bool = False
    business_days: bool = False


@dataclass(frozen=True)
class Credit:
    """The credit's figures. ``released`` reaches the borrower; ``financed`` is that with tax, fee and insurance.

    ``principal`` is what the schedule amortizes: what is financed, with the interest of the first period's days beyond
    or short of a month. ``interest_total`` is all interest, that of the first period included: ``principal`` and the
    rows' interest are ``financed`` and it. ``cost_lines`` part what is owed into components (cents and percent);
    ``tax_basis`` says how the IOF arose. ``agreed_first_due`` is the first due date before a rule of business days
    moves it: its day is that of every month, and the first period is counted to it.

    Raises ``ValueError`` when the figures contradict one another: a bank's document never does.
    """

    released: int
    financed: int
    iof: int
    registration_fee: int
    insurance: int
    first_period: FirstPeriod
    interest_total: int
    total_payable: int
    monthly_rate: MonthlyRate
    annual_rate: AnnualRate
    cet_annual: AnnualRate
    cet_monthly: MonthlyRate
    release_date: date
    agreed_first_due: date
    schedule: tuple[Installment, ...]
    cost_lines: tuple[CostLine, ...]
    tax_basis: str
    method: Method = Method()

    def __post_init__(self) -> None:
        """Every figure agrees with every other, whoever worked them out."""
        self._check_sums()
        self._check_schedule()
        self._check_shares()

    @property
    def principal(self) -> int:
        return self.financed + self.first_period.interest

    @property
    def installments_interest(self) -> int:
        """The interest of the schedule's rows."""
        return sum(row.interest for row in self.schedule)

    def _check_sums(self) -> None:
        parts = (self.released, self.iof, self.registration_fee, self.insurance)
        if min(parts) < 0 or self.released == 0:
            raise ValueError("something is released and nothing charged is negative")
        if self.financed != sum(parts):
            raise ValueError("what is financed is what is released, the tax, the fee and the insurance")
        if self.total_payable != self.financed + self.interest_total:
            raise ValueError("the total payable is what is financed and its interest")
        if self.interest_total != self.first_period.interest + self.installments_interest:
            raise ValueError("all interest is that of the first period's days and that of the instalments")

    def _check_schedule(self) -> None:
        rows = self.schedule
        if not rows or rows[0].previous_balance != self.principal or rows[-1].balance != 0:
            raise ValueError("the schedule pays exactly what is owed")
        if any(
            row.value != row.interest + row.amortization or row.balance != row.previous_balance - row.amortization
            for row in rows
        ):
            raise ValueError("a row of the schedule is interest and amortization, and leaves the rest")
        if any(later.previous_balance != row.balance for row, later in pairwise(rows)):
            raise ValueError("each row of the schedule starts with what the one before left")
        if not self.release_date < self.agreed_first_due <= rows[0].due_date:
            raise ValueError("the first instalment of the schedule falls due on its day or, moved, after it")
        days = [self.release_date, *(row.due_date for row in rows)]
        if any(later <= day for day, later in pairwise(days)):
            raise ValueError("due dates of the schedule ascend from the release on")
        if sum(row.value for row in rows) != self.total_payable:
            raise ValueError("the instalments sum to the total payable")

    def _check_shares(self) -> None:
        lines = self.cost_lines
        cents = [line.cents for line in lines]
        if sum(cents) != self.total_payable or tuple(line.percent for line in lines) != percent_shares(cents):
            raise ValueError("the cost sheet parts the total payable")
