"""Small rules and flows, for which every change can be tried."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from lastro.approvals.evaluation.flow import Flow, Payment
from lastro.approvals.rules.model import Cycle
from lastro.kernel.calendar import add_months

SIGNED = date(2026, 1, 10)


@st.composite
def cycles(draw: st.DrawFn, *, with_maximum: bool = True, most: int = 4) -> list[Cycle]:
    """Ordered cycles of a few months, some of them apart."""
    made = []
    start = draw(st.integers(0, 2))
    for _ in range(draw(st.integers(1, most))):
        end = start + draw(st.integers(0, 2))
        least = draw(st.integers(0, 60))
        bounded = with_maximum and draw(st.booleans())
        maximum = Decimal(least + draw(st.integers(0, 40))) if bounded else None
        made.append(Cycle(start, end, Decimal(least), maximum, draw(st.booleans())))
        start = end + draw(st.integers(1, 3))
    return made


@st.composite
def flows(draw: st.DrawFn, *, most: int = 6, cents: int = 60) -> Flow:
    """A flow of a few payments over the months that cycles have here."""
    paid = draw(st.lists(st.tuples(st.integers(0, 16), st.integers(1, cents)), min_size=1, max_size=most))
    total = draw(st.integers(1, 2 * cents))
    return Flow(SIGNED, total, tuple(Payment(add_months(SIGNED, month), amount) for month, amount in paid))
