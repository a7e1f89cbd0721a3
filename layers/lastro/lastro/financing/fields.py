"""Moments as proposals spell them, in what is read of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from lastro.kernel.calendar import SAO_PAULO

Moment = Annotated[
    str, Field(description="ISO 8601, with São Paulo's offset", examples=["2026-11-28T15:20:00.000-03:00"])
]


def local(moment: datetime) -> str:
    """A moment as proposals spell it, with São Paulo's offset."""
    return moment.astimezone(SAO_PAULO).isoformat(timespec="milliseconds")
