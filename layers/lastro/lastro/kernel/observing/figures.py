"""Figures of what happens, noted where it happens; the entrypoint tells them at the end of a call (``aws/metrics.py``).

A dimension splits a figure into figures of their own, each of which is paid for: name what has few values (a bank, an
outcome), never an identifier.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum

from lastro.kernel.dataclass import dataclass


class Unit(StrEnum):
    """As CloudWatch names them."""

    COUNT = "Count"
    MILLISECONDS = "Milliseconds"
    SECONDS = "Seconds"


@dataclass(frozen=True)
class Figure:
    """``dimensions`` as sorted pairs of name and value."""

    name: str
    value: float
    unit: Unit
    dimensions: tuple[tuple[str, str], ...]


_noted: deque[Figure] = deque()
"""Threads of one call note into it side by side."""


def note(name: str, value: float, unit: Unit = Unit.COUNT, **dimensions: str) -> None:
    """Note a figure, such as ``note("ConditionsEnded", 1, bank="341", outcome="available")``."""
    _noted.append(Figure(name, value, unit, tuple(sorted(dimensions.items()))))


def take() -> list[Figure]:
    """Everything noted since the last time."""
    return [_noted.popleft() for _ in range(len(_noted))]
