"""A clock that stands until it is moved, in place of the system's (tests/domain/kernel/test_clocks.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class MovableClock:
    """Tells ``moment``."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def advance(self, **step: float) -> None:
        """Let so many ``hours``, ``seconds``, ``milliseconds`` pass."""
        self.moment += timedelta(**step)
