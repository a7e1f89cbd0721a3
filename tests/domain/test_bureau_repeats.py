"""A document asked before: when the stored answer serves, and when the bureau is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.model import InquiryStatus, Settings
from lastro.bureaus.repeats import LastInquiry, Repeat, judge_repeat, next_free_day
from lastro.calendar import format_moment
from tests.domain.bureau_setups import NOW


def asked(days_ago: int, status: InquiryStatus = InquiryStatus.DONE, features: tuple[str, ...] = ()) -> LastInquiry:
    return LastInquiry("one", format_moment(NOW - timedelta(days=days_ago)), status, features)


@pytest.mark.parametrize(
    ("last", "forced", "verdict"),
    [
        (None, False, Repeat.ASK),
        (asked(0), False, Repeat.ANSWER_STORED),
        (asked(29), False, Repeat.ANSWER_STORED),
        (asked(30), False, Repeat.ASK),
        (asked(0), True, Repeat.ASK),
        (asked(0, InquiryStatus.FAILED), False, Repeat.ASK),
        (asked(0, InquiryStatus.UNKNOWN), False, Repeat.OUTCOME_UNKNOWN),
        (asked(300, InquiryStatus.UNKNOWN), False, Repeat.OUTCOME_UNKNOWN),
        (asked(0, InquiryStatus.UNKNOWN), True, Repeat.ASK),
        (asked(0, InquiryStatus.ASKING), False, Repeat.IN_PROGRESS),
        (asked(0, InquiryStatus.ASKING), True, Repeat.IN_PROGRESS),
        (asked(0, InquiryStatus.QUEUED), True, Repeat.IN_PROGRESS),
        (asked(0, features=("A",)), False, Repeat.ANSWER_STORED),
    ],
)
def test_a_document_asked_before(last: LastInquiry | None, forced: bool, verdict: Repeat) -> None:
    assert judge_repeat(last, Settings(repeat_days=30), (), NOW, forced=forced) is verdict


def test_an_answer_without_the_wanted_features_is_no_answer() -> None:
    settings = Settings(repeat_days=30)
    assert judge_repeat(asked(1, features=("A", "B")), settings, ("B",), NOW, forced=False) is Repeat.ANSWER_STORED
    assert judge_repeat(asked(1, features=("A",)), settings, ("B",), NOW, forced=False) is Repeat.ASK


def test_the_interval_counts_days_in_sao_paulo() -> None:
    late = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)  # 23:30 of 1 March in São Paulo
    last = LastInquiry("one", format_moment(late), InquiryStatus.DONE)
    settings = Settings(repeat_days=1)
    before_midnight, after = datetime(2026, 3, 2, 2, 59, tzinfo=UTC), datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    assert judge_repeat(last, settings, (), before_midnight, forced=False) is Repeat.ANSWER_STORED
    assert judge_repeat(last, settings, (), after, forced=False) is Repeat.ASK
    assert last.stored
    assert next_free_day(last.stored, settings) == "02/03/2026"


@given(days=st.integers(0, 365), ago=st.integers(0, 400))
def test_no_stored_answer_is_older_than_the_interval(days: int, ago: int) -> None:
    verdict = judge_repeat(asked(ago), Settings(repeat_days=days), (), NOW, forced=False)
    assert (verdict is Repeat.ANSWER_STORED) == (ago < days and ago < 365)
