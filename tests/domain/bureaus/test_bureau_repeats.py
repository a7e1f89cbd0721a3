"""A document asked before: when the stored answer serves, and when the bureau is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.model import Inquiry, InquiryStatus, Purpose, Settings, Subject, SubjectKind, kept_until
from lastro.bureaus.orders.repeats import (
    MAX_ANSWERS,
    Judgement,
    LastInquiry,
    Repeat,
    StoredAnswer,
    follow_change,
    follow_new,
    judge_repeat,
    next_free_day,
    question_of,
    useful_answers,
)
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.callers.caller import Panel
from tests.domain.bureaus.bureau_setups import CNPJ, CPF, NOW

FEATURES = st.sets(st.sampled_from("ABCDEF")).map(lambda names: tuple(sorted(names)))


def asked(days_ago: int, status: InquiryStatus = InquiryStatus.DONE, features: tuple[str, ...] = ()) -> LastInquiry:
    return LastInquiry("one", NOW - timedelta(days=days_ago), status, features)


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
    assert judge_repeat(last, Settings(repeat_days=30), (), NOW, forced=forced).verdict is verdict


def verdict_on(last: LastInquiry, *features: str, days: int = 30, forced: bool = False) -> Judgement:
    return judge_repeat(last, Settings(repeat_days=days), features, NOW, forced=forced)


def test_an_answer_without_the_wanted_features_is_no_answer() -> None:
    assert verdict_on(asked(1, features=("A", "B")), "B").verdict is Repeat.ANSWER_STORED
    assert verdict_on(asked(1, features=("A",)), "B") == Judgement(Repeat.ASK, (), ("B",))


def stored(name: str, days_ago: int, *features: str) -> StoredAnswer:
    return StoredAnswer(name, NOW - timedelta(days=days_ago), features)


def test_what_several_answers_hold_is_not_asked_again() -> None:
    first, second = stored("first", 2, "A"), stored("second", 1, "B")
    last = LastInquiry("third", NOW, InquiryStatus.FAILED, ("C",), answers=(second, first))
    assert verdict_on(last, "A", "B") == Judgement(Repeat.ANSWER_STORED, (second, first))
    assert verdict_on(last, "A") == Judgement(Repeat.ANSWER_STORED, (first,))
    assert verdict_on(last) == Judgement(Repeat.ANSWER_STORED, (second,))
    assert verdict_on(last, "A", "C") == Judgement(Repeat.ASK, (first,), ("C",))
    assert verdict_on(last, "A", "B", forced=True) == Judgement(Repeat.ASK, (), ("A", "B"))
    assert verdict_on(last, "A", "B", days=2) == Judgement(Repeat.ASK, (second,), ("A",))


def test_an_unknown_outcome_bars_only_what_is_not_stored() -> None:
    first = stored("first", 2, "A")
    last = LastInquiry("second", NOW, InquiryStatus.UNKNOWN, ("B",), answers=(first,))
    assert verdict_on(last, "A") == Judgement(Repeat.ANSWER_STORED, (first,))
    assert verdict_on(last, "A", "B").verdict is Repeat.OUTCOME_UNKNOWN
    assert verdict_on(last, "A", "B", forced=True).verdict is Repeat.ASK


def inquiry(name: str, *features: str, days_ago: int = 0, status: InquiryStatus = InquiryStatus.ASKING) -> Inquiry:
    return Inquiry(
        id=name,
        partner_id="p",
        created_at=NOW - timedelta(days=days_ago),
        status=status,
        document=CPF,
        subject=Subject(SubjectKind.AD_HOC),
        purpose=Purpose.CREDIT_ANALYSIS,
        requested_by="ana",
        panel=Panel.MANAGER,
        shared_key=False,
        branch_id=1,
        billed_cnpj=CNPJ,
        store_id=None,
        integration_id=1,
        provider="serasa",
        environment=Environment.HOMOLOGATION,
        report="R",
        features=features,
    )


def done(one: Inquiry) -> Inquiry:
    return replace(one, status=InquiryStatus.DONE)


def test_a_forced_inquiry_does_not_displace_a_richer_one() -> None:
    rich, bare = inquiry("rich", "A", days_ago=2), inquiry("bare", days_ago=1)
    last = follow_change(follow_new(None, rich), done(rich))
    assert last
    last = follow_change(follow_new(last, bare), done(bare))
    assert last
    assert last.version == 4
    assert [each.inquiry_id for each in verdict_on(last, "A").answers] == ["rich"]
    assert [each.inquiry_id for each in verdict_on(last).answers] == ["bare"]


def test_a_late_answer_of_a_displaced_inquiry_counts() -> None:
    late, forced = inquiry("late", "A", days_ago=1), inquiry("forced", "B")
    doubtful = follow_change(follow_new(None, late), replace(late, status=InquiryStatus.UNKNOWN))
    last = follow_new(doubtful, forced)
    assert follow_change(last, replace(late, status=InquiryStatus.FAILED)) is None
    found = follow_change(last, done(late))
    assert found
    assert (found.inquiry_id, found.status) == ("forced", InquiryStatus.ASKING)
    ended = follow_change(found, done(forced))
    assert ended
    assert verdict_on(ended, "A", "B").verdict is Repeat.ANSWER_STORED


@pytest.mark.parametrize(
    "changes",
    [
        {"parameters": {"SCORE": "HFIN"}},
        {"federal_unit": "RJ"},
        {"zip_code": "01001-000"},
        {"phone_number": "+5584900000000"},
        {"environment": Environment.PRODUCTION},
    ],
)
def test_different_parameters_are_a_different_question(changes: dict[str, Any]) -> None:
    one = inquiry("one", "A")
    assert question_of(replace(one, **changes)) != question_of(one)
    assert question_of(replace(one, id="two", features=(), requested_by="bia")) == question_of(one)


def test_the_spelling_of_a_postcode_is_no_different_question() -> None:
    one = inquiry("one")
    assert question_of(replace(one, zip_code="01001-000")) == question_of(replace(one, zip_code="01001000"))


@given(asks=st.lists(st.tuples(FEATURES, st.booleans()), max_size=8), wanted=FEATURES)
def test_within_the_interval_no_feature_is_asked_twice_unless_forced(
    asks: list[tuple[tuple[str, ...], bool]], wanted: tuple[str, ...]
) -> None:
    last: LastInquiry | None = None
    paid: set[str] = set()
    for number, (features, forced) in enumerate([*asks, (wanted, False)]):
        judged = judge_repeat(last, Settings(repeat_days=30), features, NOW, forced=forced)
        held = {name for answer in judged.answers for name in answer.features}
        if judged.verdict is Repeat.ANSWER_STORED:
            assert set(features) <= held
            continue
        assert judged.verdict is Repeat.ASK
        assert set(judged.missing) == (set(features) if forced else set(features) - paid)
        assert set(features) <= held | set(judged.missing)
        one = inquiry(f"{number:02}", *judged.missing)
        last = follow_change(follow_new(last, one), done(one))
        paid |= set(judged.missing)


@given(answers=st.lists(st.builds(StoredAnswer, st.uuids().map(str), st.just(NOW), FEATURES)))
def test_what_is_remembered_is_bounded_and_loses_no_feature(answers: list[StoredAnswer]) -> None:
    kept = useful_answers(answers)
    assert len(kept) <= min(MAX_ANSWERS, 7)
    assert {name for each in kept for name in each.features} == {name for each in answers for name in each.features}
    assert useful_answers(kept) == kept


def test_an_answer_is_kept_for_a_calendar_year() -> None:
    leap = datetime(2028, 2, 10, 15, tzinfo=UTC)
    assert kept_until(leap) == datetime(2029, 2, 11, 3, tzinfo=UTC)


def test_the_interval_counts_days_in_sao_paulo() -> None:
    late = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)  # 23:30 of 1 March in São Paulo
    last = LastInquiry("one", late, InquiryStatus.DONE)
    settings = Settings(repeat_days=1)
    before_midnight, after = datetime(2026, 3, 2, 2, 59, tzinfo=UTC), datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    assert judge_repeat(last, settings, (), before_midnight, forced=False).verdict is Repeat.ANSWER_STORED
    assert judge_repeat(last, settings, (), after, forced=False).verdict is Repeat.ASK
    assert next_free_day(last.stored[0], settings) == "02/03/2026"


@given(days=st.integers(0, 365), ago=st.integers(0, 400))
def test_no_stored_answer_is_older_than_the_interval(days: int, ago: int) -> None:
    judged = verdict_on(asked(ago), days=days)
    assert (judged.verdict is Repeat.ANSWER_STORED) == (ago < days)
