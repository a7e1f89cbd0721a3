"""Of the counters of simulations in flight those are read in which an unfinished one may be counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lastro.simulations.flights.counting import LONGEST, live_slots, slot_of

SLOT_BEGINS = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "slots"), [(0, 4), (59, 4), (60, 3), (239, 3), (240, 4), (299, 4)])
def test_what_began_within_the_longest_time_is_counted_by_any_clock(seconds: int, slots: int) -> None:
    now = SLOT_BEGINS + timedelta(seconds=seconds)
    read = live_slots(now)
    assert slot_of(now - LONGEST) in read
    assert slot_of(now + timedelta(seconds=59)) in read
    assert len(read) == slots
