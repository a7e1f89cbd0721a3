"""Amounts, rates, counts and days of a credit, as every request of origination takes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from lastro.wire.amounts import InPercent, InReais, InWhole
from lastro.wire.days import Days

AskedReais = Annotated[int, InReais(least=1)]
"""R$ from one cent on."""

AskedFee = Annotated[int, InReais()]
"""R$ from nothing on."""

AskedPercent = Annotated[Decimal, InPercent(most=100)]
"""A percentage of at most a hundred."""

AskedCount = Annotated[int, InWhole(1, 1000, written=True)]
"""A number of instalments; the product has the last word."""

HouseNumber = Annotated[int, InWhole(0, 999_999, written=True)]
"""Zero for a house without one."""

AskedDay = Annotated[date, Days(first=date(2000, 1, 1))]
"""A day of a credit, from 2000 to 2100."""
