"""Money in integer cents and rates that carry their period in the type. No float gets in.

Rounding everywhere is half to even (ABNT NBR 5891).
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Self

from lastro.kernel.dataclass import dataclass

EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN)
"""The arithmetic of money: 34 digits, half to even. Copy it (``localcontext(EXACT)``), never change it."""


def exact_cents(amount: int) -> int:
    """Give ``amount`` back when it is a whole number of cents. Raises ``TypeError`` for a float or anything else."""
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise TypeError(f"cents are an int, not {type(amount).__name__}")
    return amount


def round_cents(amount: Decimal) -> int:
    """Round a ``Decimal`` number of cents to whole cents, half to even.

    Raises ``TypeError`` for anything but a ``Decimal`` and ``ValueError`` for a NaN or an infinity.
    """
    return int(_finite(amount).to_integral_value(rounding=ROUND_HALF_EVEN))


def round_ratio(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` as a whole number, half to even and exact: a tie is known before anything is divided.

    Raises ``ValueError`` for a denominator that is not positive.
    """
    if denominator <= 0:
        raise ValueError("a ratio has a denominator above zero")
    whole, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        whole += 1
    return whole


def format_brl(cents: int) -> str:
    """Write cents as customers read them: ``R$ 1.234,56``, ``-R$ 0,05``. Raises ``TypeError`` for a float."""
    reais, rest = divmod(abs(exact_cents(cents)), 100)
    sign = "-" if cents < 0 else ""
    grouped = f"{reais:,}".replace(",", ".")
    return f"{sign}R$ {grouped},{rest:02d}"


@dataclass(frozen=True, order=True)
class _Rate:
    """A rate held as a fraction of one (0.015 is 1.5 %), above -100 %.

    Raises ``TypeError`` when the fraction is not a ``Decimal`` and ``ValueError`` when it is not a rate.
    """

    fraction: Decimal

    def __post_init__(self) -> None:
        if _finite(self.fraction) <= -1:
            raise ValueError("a rate is above -100 %")

    @classmethod
    def from_percent(cls, percent: str | int | Decimal) -> Self:
        """Read a percentage: ``"1.5"``, ``2``, ``Decimal("0.95")``. Raises ``TypeError`` for a float."""
        if isinstance(percent, bool) or not isinstance(percent, str | int | Decimal):
            raise TypeError(f"a percentage is a str, an int or a Decimal, not {type(percent).__name__}")
        try:
            amount = Decimal(percent)
        except InvalidOperation as error:
            raise ValueError("a percentage is a decimal number with a dot") from error
        return cls(_finite(amount).scaleb(-2, EXACT))

    def percent(self, places: int = 2) -> Decimal:
        """The percentage rounded half to even, with exactly ``places`` decimals: ``Decimal("43.93")``."""
        # A loan of a few days can cost an annual rate of dozens of digits: the precision follows the number.
        digits = max(self.fraction.adjusted(), 0) + places + 5
        context = Context(prec=max(digits, EXACT.prec), rounding=ROUND_HALF_EVEN)
        return self.fraction.scaleb(2, context).quantize(Decimal(1).scaleb(-places), context=context)


@dataclass(frozen=True)
class DailyRate(_Rate):
    """A rate per calendar day."""


@dataclass(frozen=True)
class MonthlyRate(_Rate):
    """A rate per month. The zero rate is a rate."""

    def to_annual(self) -> AnnualRate:
        """(1 + i)^12 - 1: twelve months compounded."""
        return AnnualRate(_compound(self.fraction, Decimal(12)))

    def to_daily(self) -> DailyRate:
        """(1 + i)^(1/30) - 1: a month of thirty days."""
        return DailyRate(_compound(self.fraction, EXACT.divide(Decimal(1), Decimal(30))))


@dataclass(frozen=True)
class AnnualRate(_Rate):
    """A rate per year."""

    def to_monthly(self) -> MonthlyRate:
        """(1 + a)^(1/12) - 1: the month that compounds to this year."""
        return MonthlyRate(_compound(self.fraction, EXACT.divide(Decimal(1), Decimal(12))))


def _compound(fraction: Decimal, periods: Decimal) -> Decimal:
    return EXACT.subtract(EXACT.power(EXACT.add(Decimal(1), fraction), periods), Decimal(1))


def _finite(amount: Decimal) -> Decimal:
    if not isinstance(amount, Decimal):
        raise TypeError(f"an exact amount is a Decimal, not {type(amount).__name__}")
    if not amount.is_finite():
        raise ValueError("an amount is a finite number")
    return amount
