"""How many simulations a partner has at the banks: counted by the minutes in which they began. Pure.

Each is counted when it begins and when it is final, beside the others that began in the same five minutes, over four
counters. None can be unfinished that began before the sweep's deadline, so older counters are not read: what a process
that died left in one heals when its minutes are past, and no count can leak.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from lastro.kernel.errors import TooManyRequests
from lastro.simulations.errors import TOO_MANY_IN_FLIGHT

SLOT_SECONDS = 300
SHARDS = 4
LONGEST = timedelta(minutes=11)
"""A simulation is final by then: the sweep's deadline, and the minute between two sweeps."""
CLOCKS_APART = timedelta(minutes=1)
"""By how much the clocks of two processes may differ."""
KEPT_SECONDS = 3600
RETRY_SECONDS = 5
"""What who is over is told to wait: most simulations are final by then."""
POLICY = "simulations"


def slot_of(created_at: datetime) -> int:
    """The five minutes in which a simulation began, as a number."""
    return int(created_at.timestamp()) // SLOT_SECONDS


def shard_of(simulation_id: str) -> int:
    """Which of the counters of its minutes counts a simulation."""
    return int(simulation_id[:8], 16) % SHARDS


def live_slots(now: datetime) -> range:
    """Those in which an unfinished simulation may have begun, by a clock that is ahead of this one, too."""
    return range(slot_of(now - LONGEST), slot_of(now + CLOCKS_APART) + 1)


def too_many(limit: int) -> TooManyRequests:
    """The refusal of one more than ``limit``."""
    return TooManyRequests(
        TOO_MANY_IN_FLIGHT.say(most=limit),
        retry_after=RETRY_SECONDS,
        code=TOO_MANY_IN_FLIGHT.code,
        limit=(POLICY, limit),
    )
