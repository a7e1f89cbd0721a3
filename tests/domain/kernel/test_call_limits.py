"""Calls counted by several processes that tell each other only now and then."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.callers.limits import WINDOW, Meter, Quota, a_second

NOW = 1_000_000.0


class Counter:
    """The counter that processes tell, as the table has it."""

    def __init__(self) -> None:
        self.calls = 0

    def tell(self, calls: int) -> int:
        self.calls += calls
        return self.calls


def call(meter: Meter, quota: Quota, counter: Counter, now: float = NOW) -> bool:
    turn = meter.take("a", quota, now)
    if turn.telling:
        meter.hear("a", turn, counter.tell(turn.telling))
    return turn.admitted


@given(st.integers(1, 3000), st.integers(1, 6), st.randoms(use_true_random=False))
def test_nobody_is_refused_below_a_quota_and_at_most_a_share_of_each_process_passes_beyond(
    requests: int, processes: int, random: Random
) -> None:
    quota, counter = Quota("partner", requests), Counter()
    meters = [Meter() for _ in range(processes)]
    passed = 0
    for turn in range(requests + processes * (quota.share + 1)):
        admitted = call(random.choice(meters), quota, counter)
        assert admitted or passed >= requests
        passed += admitted
        assert turn < requests or passed >= requests
    assert passed <= requests + processes * quota.share


def test_one_process_keeps_to_a_quota_exactly_and_asks_rarely() -> None:
    quota, meter, told = a_second("partner", 100), Meter(), []
    for _ in range(1200):
        turn = meter.take("a", quota, NOW)
        if turn.telling:
            told.append(turn.telling)
            meter.hear("a", turn, sum(told))
        if not turn.admitted:
            break
    assert quota.share == 3
    assert 997 <= sum(told) <= 1000
    assert not meter.take("a", quota, NOW).admitted
    assert meter.take("b", quota, NOW).admitted


def test_a_window_ends_and_another_begins() -> None:
    quota, counter, meter = Quota("partner", 1), Counter(), Meter()
    assert call(meter, quota, counter)
    refused = meter.take("a", quota, NOW + 3.9)
    assert (refused.admitted, refused.seconds, refused.remaining) == (False, WINDOW - 3, 0)
    assert refused.headers(quota) == {
        "RateLimit-Policy": '"partner";q=1;w=10',
        "RateLimit": '"partner";r=0;t=7',
    }
    assert meter.take("a", quota, NOW + WINDOW).admitted


def test_what_is_heard_of_a_window_gone_by_counts_for_none() -> None:
    quota, meter = Quota("partner", 1), Meter()
    turn = meter.take("a", quota, NOW)
    assert meter.take("a", quota, NOW + WINDOW).admitted
    meter.hear("a", turn, 50)
    assert meter.take("a", Quota("partner", 2), NOW + WINDOW).admitted


@pytest.mark.parametrize(("a_seconds", "share"), [(1, 1), (25, 1), (100, 3), (1000, 39)])
def test_the_share_grows_with_the_quota(a_seconds: int, share: int) -> None:
    assert a_second("partner", a_seconds).share == share


def test_nothing_is_said_to_be_left_before_the_others_were_heard() -> None:
    quota, meter = a_second("partner", 100), Meter()
    first = meter.take("a", quota, NOW)
    assert first.headers(quota) == {"RateLimit-Policy": '"partner";q=1000;w=10'}
    meter.take("a", quota, NOW)
    third = meter.take("a", quota, NOW)
    meter.hear("a", third, 600)
    assert meter.take("a", quota, NOW).headers(quota)["RateLimit"] == '"partner";r=399;t=10'
