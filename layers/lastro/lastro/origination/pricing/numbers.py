"""Numbers as origination's endpoints write them: R$ with two decimals and fractions, both as JSON numbers.

Inside they are cents and percentages; a float exists only as the text of the answer. A whole number is written without
decimals (``50000``, never ``50000.0``): integer fields of typed clients take no other.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

Number = int | float


def _number(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else float(value)


def _reais(cents: int) -> Number:
    return _number(Decimal(cents).scaleb(-2))


def _fraction(percent: str) -> Number:
    return _number(Decimal(percent).scaleb(-2))


def _percent(percent: str) -> Number:
    return _number(Decimal(percent))


Reais = Annotated[int, PlainSerializer(_reais, return_type=Number), WithJsonSchema({"type": "number"})]
"""Cents, written as R$: 1021192 as 10211.92."""

Fraction = Annotated[str, PlainSerializer(_fraction, return_type=Number), WithJsonSchema({"type": "number"})]
"""A percentage as a decimal string, written as a fraction of one: ``"2.5"`` as 0.025."""

Percent = Annotated[str, PlainSerializer(_percent, return_type=Number), WithJsonSchema({"type": "number"})]
"""A percentage as a decimal string, written as a number: ``"40.03"`` as 40.03."""
