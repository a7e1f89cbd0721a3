"""The codes and years that models are known by outside, and the months that their prices are of."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from lastro.kernel.calendar import add_months
from lastro.kernel.errors import FieldError
from lastro.vehicles.errors import PRICE_MONTH_RANGE, WRONG_FIPE_CODE, WRONG_MOLICAR_CODE, WRONG_MONTH
from lastro.wire.amounts import InWhole
from lastro.wire.rule import Shape

MolicarCode = Annotated[str, Shape(WRONG_MOLICAR_CODE.rule, "[0-9]{8}-[0-9]", WRONG_MOLICAR_CODE.text)]
FipeCode = Annotated[str, Shape(WRONG_FIPE_CODE.rule, "[0-9]{6}-[0-9]", WRONG_FIPE_CODE.text)]
Year = Annotated[int, InWhole(1900, 2100, written=True)]
Month = Annotated[str, Shape(WRONG_MONTH.rule, "(19|20)[0-9]{2}-(0[1-9]|1[0-2])", WRONG_MONTH.text)]

FIRST_PRICE_MONTH = "1994-07"
"""When the real became the currency (Lei 9.069/1995, art. 1): no price in reais is older."""


def check_price_month(month: str, today: date, field: str) -> list[FieldError]:
    """What is wrong with the month of a price: it is of one that was or is, or of the next, for which prices are made
    ready.
    """
    last = f"{add_months(today.replace(day=1), 1):%Y-%m}"
    if FIRST_PRICE_MONTH <= month <= last:
        return []
    return [PRICE_MONTH_RANGE.at(field, first=FIRST_PRICE_MONTH, last=last)]
