"""What several answers of approvals have in them, apart from their models: who needs one of these loads no rule's."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
RuleId = Annotated[int, Field(description="Number of the rule", examples=[1])]
Version = Annotated[int, Field(description="From 1; each change makes the next", examples=[1])]
CycleNumber = Annotated[int, Field(description="The first cycle is 1", examples=[1])]
Minimum = Annotated[str | None, Field(description="Least percentage, itself included", examples=["95.00"])]
Maximum = Annotated[str | None, Field(description="Greatest percentage, itself included", examples=["105.00"])]


def show_percent(percent: Decimal) -> str:
    """``10`` is ``10.00``, ``33.333333`` stays as it is."""
    plain = percent.normalize()
    places = max(2, -int(plain.as_tuple().exponent))
    return f"{plain:.{places}f}"
