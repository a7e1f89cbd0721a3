"""What every sweep has in common: the oldest first, within its time, each thing moved on before its message is sent.

A sweep lists what is due, oldest first. Before it sends a message it moves the thing's due time on, so that the next
run leaves it alone for a while: what waits in a queue that is behind is not sent again and again. A run that is cut off
leaves the rest where it is, and that is what the next run begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

from lastro.kernel.calendar import Clock

SWEEP_TIME = timedelta(seconds=40)
"""How long a run begins with new things; less than the function that runs it may live."""

RESENT = timedelta(minutes=2)
"""How long what was sent again is left to its queue: a message lost twice is rare, a queue that is behind is
not."""

Due = TypeVar("Due")


def within_time(due: Iterable[Due], clock: Clock, time: timedelta = SWEEP_TIME) -> Iterator[Due]:
    """What is due in its order, until the time of a run is over."""
    ends = clock.now() + time
    for each in due:
        if clock.now() >= ends:
            return
        yield each
