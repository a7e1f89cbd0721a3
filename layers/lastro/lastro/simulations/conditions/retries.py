"""How often and how soon a condition is tried again. Pure.

The queue gives up after ``maxReceiveCount`` deliveries (template, 8); a condition gives up before, so that it always
ends with a reason instead of lying in the dead-letter queue.
"""

from __future__ import annotations

MAX_ATTEMPTS = 5
_DELAYS = (1, 2, 3, 4)


def retry_delay(attempt: int) -> int | None:
    """Seconds to wait after the ``attempt``-th delivery failed, ``None`` when no attempt is left."""
    return _DELAYS[attempt - 1] if attempt < MAX_ATTEMPTS else None
