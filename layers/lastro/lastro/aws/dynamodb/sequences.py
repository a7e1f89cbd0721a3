"""Numbers of a sequence in blocks of a process, so that no item of the table is written for every number."""

from __future__ import annotations

from threading import Lock

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.table import Table

MOST_TIMES = 32
"""How many takings a block holds at most."""


class NumberSequence:
    """Unique positive numbers that every process takes from the same item.

    The first time a process takes what it was asked for, then twice as much each time, up to thirty-two times: who asks
    seldom leaves few numbers unused, who asks often writes seldom. What a process did not hand out when it ends is a
    gap; numbers of different processes are not in the order of their moments.
    """

    def __init__(self, table: Table, key: Key) -> None:
        self._table = table
        self._key = key
        self._lock = Lock()
        self._next = self._end = 1
        self._times = 1

    def take(self, count: int) -> int:
        """``count`` consecutive numbers that nobody else has; returns the first."""
        with self._lock:
            if self._end - self._next < count:
                size = count * self._times
                self._next = self._table.reserve(self._key, size)
                self._end = self._next + size
                self._times = min(2 * self._times, MOST_TIMES)
            first = self._next
            self._next += count
            return first
