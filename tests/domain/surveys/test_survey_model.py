"""What surveys come to, on what they are sent, and the protocol that is never empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.occurrences import FEATURES, Feature, Occurrence
from lastro.surveys.model import Recipient, Survey, Tally, add_tallies, send
from lastro.surveys.reporting import TRIGGERS

AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
IDS = st.text(st.sampled_from("a1#:"), max_size=4)
SCORES = st.lists(st.integers(0, 10))


SURVEY = Survey(1, "A", "B", 0, 10, (Feature.TICKET,), True, AT, AT, AT)


def tally(scores: list[int], sent: int = 0) -> Tally:
    return Tally(sent, {score: scores.count(score) for score in set(scores)})


@given(scores=SCORES, other=SCORES)
def test_tallies_add_up_in_any_order_and_the_mean_is_exact_to_two_places(scores: list[int], other: list[int]) -> None:
    whole = add_tallies([tally(scores), tally(other)])
    assert whole == add_tallies([tally(other), tally(scores)])
    assert (whole.answered, whole.total) == (len(scores + other), sum(scores + other))
    if scores + other:
        exact = Decimal(sum(scores + other)) / len(scores + other)
        assert whole.mean is not None
        assert abs(whole.mean - exact) <= Decimal("0.005")
        assert abs(float(whole.mean) - mean(scores + other)) < 0.0051
    else:
        assert whole.mean is None


def test_a_mean_is_rounded_half_to_even() -> None:
    assert tally([0] * 7 + [1]).mean == Decimal("0.12")
    assert tally([0] * 5 + [1] * 3).mean == Decimal("0.38")


@given(left=st.tuples(IDS, IDS, IDS), right=st.tuples(IDS, IDS, IDS))
def test_events_are_told_apart_by_each_of_their_parts(left: tuple[str, str, str], right: tuple[str, str, str]) -> None:
    one, other = (
        Occurrence("p", Feature.TICKET, parts[0] or None, parts[1], AT, happening=parts[2]) for parts in (left, right)
    )
    assert (one.name == other.name) is (left == right)


@given(number=st.none() | st.text(min_size=1), service=st.text(min_size=1))
def test_a_sent_survey_has_the_protocol_of_its_cause_and_one_id_for_it(number: str | None, service: str) -> None:
    occurrence = Occurrence("p", Feature.TICKET, number, service, AT)
    sent = send(SURVEY, occurrence, Recipient(customer_id=1), AT)
    later = send(replace(SURVEY, name="C"), occurrence, Recipient(person_id="x"), AT + timedelta(days=1))
    assert sent.protocol == (number or service) != ""
    assert sent.id == later.id != send(replace(SURVEY, id=2), occurrence, Recipient(customer_id=1), AT).id


def test_what_occurred_before_a_survey_was_switched_on_is_not_asked_about() -> None:
    occurrence = Occurrence("p", Feature.TICKET, None, "1", AT)
    assert SURVEY.follows(occurrence)
    assert not replace(SURVEY, enabled_at=AT + timedelta(milliseconds=1)).follows(occurrence)
    assert not replace(SURVEY, enabled=False).follows(occurrence)
    assert not replace(SURVEY, triggers=(Feature.SALE,)).follows(occurrence)


def test_every_feature_says_who_tells_of_it_and_has_a_heading() -> None:
    assert set(FEATURES) == set(TRIGGERS) == set(Feature)
