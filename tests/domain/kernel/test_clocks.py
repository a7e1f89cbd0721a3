"""One contract for both clocks: the system's and the one that tests move."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from lastro.kernel.calendar import Clock, SystemClock, format_moment
from tests.clock import MovableClock


@pytest.mark.parametrize("clock", [SystemClock(), MovableClock()])
def test_a_clock_tells_an_aware_moment_in_utc_and_never_goes_back(clock: Clock) -> None:
    first = clock.now()
    assert first.tzinfo is UTC
    assert clock.now() >= first
    assert format_moment(first).endswith("Z")


def test_a_clock_that_was_moved_stands_there() -> None:
    clock = MovableClock()
    before = clock.now()
    clock.advance(hours=1, milliseconds=1)
    assert clock.now() == clock.now() == before + timedelta(hours=1, milliseconds=1)
