"""How a debt is paid back, whatever its amount: Price or SAC, interest by equal months or by calendar days.

Price: every instalment is ``PV / sum(1 / G_k)``, ``G_k`` being what one cent grows to by the k-th due date. SAC: every
instalment amortizes ``PV / n`` and pays the interest beside it. Interest of a row is what is owed before it times the
growth of its period less one:

    monthly          1 + i
    calendar days    (1 + a)^(days / 365), with a = (1 + i)^12 - 1 rounded half to even to six decimals

Figures are those of the unrounded schedule rounded to cents, half to even; the last row takes the residue. The
arithmetic is in whole numbers, of 10^-40 where a rate of few digits stays exact and of 2^-133 where much is divided:
many digits more than any cent of any debt needs, and a figure that comes so close to half a cent that they could not
tell is worked out as a ratio of whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from enum import StrEnum
from itertools import accumulate, pairwise
from operator import add, ge, sub

from lastro.finance.exact_price import Ratio, interest_ratio, taxed_days_ratio, value_ratio
from lastro.finance.installment import Installment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import AnnualRate, MonthlyRate, exact_cents, round_ratio

DAYS_IN_YEAR = 365
DAYS_CAP = 365
"""Days after which a part of the principal is taxed no further (Decreto 6.306/2007 art. 7 §1)."""

_DIGITS = 40
_ONE = 10**_DIGITS
_CONTEXT = Context(prec=_DIGITS + 15, rounding=ROUND_HALF_EVEN)
_ANNUAL_DECIMALS = Decimal("1e-6")
_BITS = 133
_UNIT = 1 << _BITS
_CENT_BITS = 64
_CENT = 1 << _CENT_BITS
# Of a cent: far above what the arithmetic loses, far below what happens by chance.
_DOUBT = 10**15


class DayCount(StrEnum):
    """What interest is counted by."""

    MONTHLY = "monthly"
    CALENDAR_DAYS = "calendar_days"


class Amortization(StrEnum):
    """How the debt is spread: equal instalments or equal parts of the debt."""

    PRICE = "price"
    SAC = "sac"


class Grace(StrEnum):
    """How interest of days beyond one month before the first instalment is added to the debt, or of those short of it
    taken off.

    ``SIMPLE`` adds or takes off PV i days / 30, and never takes off more than that month's interest. ``COMPOUND`` makes
    it PV (1+i)^months (1 + i days / 30) with the whole months and the days that remain, or PV / (1 + i days / 30) with
    the days short of a month.
    """

    SIMPLE = "simple"
    COMPOUND = "compound"


def applied_annual_rate(rate: MonthlyRate, day_count: DayCount) -> AnnualRate:
    """The year that compounds from a month; by calendar days it is itself applied, rounded to six decimals."""
    annual = rate.to_annual()
    if day_count is DayCount.MONTHLY:
        return annual
    return AnnualRate(annual.fraction.quantize(_ANNUAL_DECIMALS, ROUND_HALF_EVEN, _CONTEXT))


@dataclass(frozen=True)
class Repayment:
    """A plan of due dates; make one with :func:`plan_repayment`.

    ``growths``: what one grows to in each period, in units of 10^-40; ``worths``: what instalments of one that are
    still to come are worth after each row, the release first, in units of 2^-133.
    """

    amortization: Amortization
    rate: MonthlyRate
    day_count: DayCount
    due_dates: tuple[date, ...]
    growths: tuple[int, ...]
    worths: tuple[int, ...]

    def installment(self, principal: int) -> int:
        """Every instalment but the last (Price), or the highest of these (SAC), in cents; the only one, if it is.

        Raises ``ValueError`` when the principal is not positive, ``TypeError`` for a float.
        """
        if exact_cents(principal) <= 0:
            raise ValueError("the principal is above zero")
        count = len(self.due_dates)
        if self.amortization is Amortization.PRICE and count > 1:
            return self._price_value(principal)
        rows = max(count - 1, 1)
        highest = max((count - row) * (self.growths[row] - _ONE) for row in range(rows))
        return round_ratio(principal, count) + round_ratio(principal * highest, count * _ONE)

    def schedule(self, principal: int) -> tuple[Installment, ...]:
        """Spread ``principal`` (cents) over one instalment per due date.

        ``value = interest + amortization`` in every row; the amortizations sum to the principal and the balance ends at
        zero. By calendar days the interest of a long first period may exceed the instalment: that row's amortization
        is negative, and what is owed grows by it.

        Raises ``ValueError`` when the principal is not positive or so small that cents cannot be spread over that many
        instalments. Raises ``TypeError`` for a float.
        """
        count = len(self.due_dates)
        price = self.amortization is Amortization.PRICE
        value = self.installment(principal)
        part = value if price else round_ratio(principal, count)
        interests = self._interests(principal)
        amortizations = [part - interest for interest in interests] if price else [part] * count
        amortizations[-1] = principal - sum(amortizations[:-1])
        owed = list(accumulate(amortizations, sub, initial=principal))
        # Before the last row something is owed, or cents ran out.
        if part < 1 or min(owed[:-1]) < 1:
            raise ValueError(f"the principal is too small to be spread over {count} instalments")
        values = map(add, interests, amortizations)
        numbers = range(1, count + 1)
        rows = zip(numbers, self.due_dates, owed, interests, amortizations, values, owed[1:], strict=False)
        return tuple(map(Installment._make, rows))

    def taxed_days(self, release_date: date) -> Ratio:
        """The days that each part of the principal is lent for, up to 365 each, weighted by the part.

        A row that amortizes less than nothing takes no part, and the rows after it pay what it added to the debt before
        they pay principal. Raises ``ValueError`` for due dates that do not come after the release.
        """
        days = days_after(release_date, self.due_dates)
        if self.amortization is Amortization.SAC:
            return sum(days), len(days)
        if self.day_count is DayCount.MONTHLY:
            return taxed_days_ratio(self.rate, days)
        whole = self.worths[0]
        # The principal still lent never grows again: interest added to the debt after some was paid is no principal.
        left = accumulate(self.worths, min)
        parts = [before - after for before, after in pairwise(left)]
        return sum(part * count for part, count in zip(parts, days, strict=True)), whole

    def _price_value(self, principal: int) -> int:
        ratio = principal * _UNIT, self.worths[0]
        if self.day_count is DayCount.MONTHLY and _doubtful(*ratio):
            ratio = value_ratio(principal, self.rate, len(self.due_dates))
        return round_ratio(*ratio)

    def _interests(self, principal: int) -> list[int]:
        count = len(self.due_dates)
        if self.amortization is Amortization.SAC:
            denominator = count * _ONE
            return [
                round_ratio(principal * (count - row) * (growth - _ONE), denominator)
                for row, growth in enumerate(self.growths)
            ]
        # Of what one unit of worth yields each cent has 64 binary places, so a row takes a product and no division.
        whole = self.worths[0]
        yields = {
            growth: (principal * (growth - _ONE) << 2 * _BITS + _CENT_BITS) // (whole * _ONE)
            for growth in set(self.growths)
        }
        parts = [worth * yields[growth] >> 2 * _BITS for growth, worth in zip(self.growths, self.worths, strict=False)]
        half, mask, tight = _CENT // 2, _CENT - 1, _CENT // _DOUBT
        interests = [part + half >> _CENT_BITS for part in parts]
        doubted = [row for row, part in enumerate(parts) if -tight < (part & mask) - half < tight]
        for row in doubted:
            interests[row] = self._exact_interest(principal, row)
        return interests

    def _exact_interest(self, principal: int, row: int) -> int:
        # The first row is exact as it is: its worth cancels.
        if row and self.day_count is DayCount.MONTHLY:
            return round_ratio(*interest_ratio(principal, self.rate, len(self.due_dates), row))
        return round_ratio(principal * (self.growths[row] - _ONE) * self.worths[row], self.worths[0] * _ONE)


def plan_repayment(
    rate: MonthlyRate,
    release_date: date,
    due_dates: Sequence[date],
    *,
    day_count: DayCount = DayCount.MONTHLY,
    amortization: Amortization = Amortization.PRICE,
) -> Repayment:
    """A plan over ``due_dates``, which ascend; equal months take no notice of how long the periods are.

    Raises ``ValueError`` for a negative rate, no due dates, due dates that do not ascend or, by calendar days, that do
    not come after the release. Raises ``TypeError`` for a rate that is not monthly.
    """
    # A bare number or a rate of another period would go through the arithmetic unnoticed.
    if not isinstance(rate, MonthlyRate):
        raise TypeError(f"a schedule needs a MonthlyRate, not {type(rate).__name__}")
    if rate.fraction < 0:
        raise ValueError("a schedule needs a rate of zero or more")
    if not due_dates:
        raise ValueError("at least one instalment is needed")
    if any(map(ge, due_dates, due_dates[1:])):
        raise ValueError("due dates ascend")
    growths = _growths(rate, release_date, due_dates, day_count)
    shrinks = {growth: _ONE * _UNIT // growth for growth in set(growths)}
    worth, worths = 0, [0]
    for growth in reversed(growths):
        worth = (worth + _UNIT) * shrinks[growth] >> _BITS
        worths.append(worth)
    return Repayment(amortization, rate, day_count, tuple(due_dates), growths, tuple(reversed(worths)))


def days_after(release_date: date, due_dates: Sequence[date]) -> list[int]:
    """Days to each due date as the tax counts them: on the calendar, 365 at most.

    Raises ``ValueError`` for a due date on or before the release, or none.
    """
    days = [(due_date - release_date).days for due_date in due_dates]
    if not days or min(days) < 1:
        raise ValueError("instalments fall due after the release")
    return [min(count, DAYS_CAP) for count in days]


def _growths(rate: MonthlyRate, release_date: date, due_dates: Sequence[date], day_count: DayCount) -> tuple[int, ...]:
    with localcontext(_CONTEXT):
        if day_count is DayCount.MONTHLY:
            return (int((1 + rate.fraction).scaleb(_DIGITS)),) * len(due_dates)
        if due_dates[0] <= release_date:
            raise ValueError("instalments fall due after the release")
        year = 1 + applied_annual_rate(rate, day_count).fraction
        gaps = [(later - earlier).days for earlier, later in pairwise((release_date, *due_dates))]
        growth_of = {gap: int((year ** (Decimal(gap) / DAYS_IN_YEAR)).scaleb(_DIGITS)) for gap in set(gaps)}
        return tuple(growth_of[gap] for gap in gaps)


def _doubtful(numerator: int, denominator: int) -> bool:
    excess = abs(2 * (numerator % denominator) - denominator)
    return excess * _DOUBT < denominator
