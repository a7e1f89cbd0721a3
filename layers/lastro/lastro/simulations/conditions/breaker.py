"""The circuit breaker of one bank. Pure.

After five failures in a row the bank is left alone for five seconds; then one caller may probe it while the others keep
waiting. A good answer closes the breaker. The pause is shorter than a condition is retried (``processing.py``),
so a bank that comes back within seconds costs no condition.
"""

from __future__ import annotations

from lastro.kernel.dataclass import dataclass

FAILURES_TO_OPEN = 5
OPEN_MS = 5_000
PROBE_MS = 25_000
"""How long a probe has the bank to itself: longer than a bank may take for a condition, so that who probes in its place
takes the place of a process that died."""


@dataclass(frozen=True)
class Breaker:
    """Failures in a row, and until when (milliseconds of the epoch) the bank is left alone; 0 when closed."""

    failures: int = 0
    open_until: int = 0

    def is_open(self, now_ms: int) -> bool:
        return self.open_until > now_ms

    def wants_probe(self, now_ms: int) -> bool:
        """Whether the pause is over and somebody must try the bank first."""
        return 0 < self.open_until <= now_ms

    @property
    def opens(self) -> bool:
        """Whether so many failures in a row open the breaker."""
        return self.failures >= FAILURES_TO_OPEN
