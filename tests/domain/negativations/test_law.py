"""The law as code: deadlines against published examples, holidays against a library, and what holds for every day."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.kernel.business_days import bank_holidays, national_holidays
from lastro.negativations.law.calendars import COUNTRY, PlaceCalendar, state_holidays
from lastro.negativations.law.expiry import last_day_of_record, may_stand
from lastro.negativations.law.notices import (
    Channel,
    PriorNotice,
    effective_from,
    letter_due_on,
    waiting_days,
    wants_letter,
)
from lastro.negativations.law.removal import is_late, removal_due_on
from lastro.wire.persons.places import STATES

YEARS = range(2024, 2041)
SAO_PAULO = PlaceCalendar("SP", frozenset({(1, 25)}), frozenset({date(2025, 6, 19)}))
days = st.dates(date(2024, 1, 1), date(2040, 12, 1))
places = st.builds(
    PlaceCalendar,
    st.sampled_from(["", *STATES]),
    st.frozensets(st.sampled_from([(1, 25), (12, 8), (6, 13)]), max_size=2),
    st.frozensets(st.dates(date(2024, 1, 1), date(2024, 3, 1)), max_size=20),
)
few = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(
    ("available_on", "due_on"),
    [
        (date(2025, 3, 6), date(2025, 3, 13)),
        (date(2025, 3, 7), date(2025, 3, 14)),
        # A Saturday: the first business day after it is Monday.
        (date(2025, 3, 8), date(2025, 3, 14)),
        # Good Friday and Tiradentes (Monday) are passed by.
        (date(2025, 4, 16), date(2025, 4, 25)),
        (date(2025, 12, 24), date(2026, 1, 2)),
    ],
)
def test_removal_is_due_on_the_fifth_business_day(available_on: date, due_on: date) -> None:
    assert removal_due_on(available_on, COUNTRY) == due_on
    assert not is_late(due_on, due_on)
    assert is_late(due_on, due_on + timedelta(days=1))


def test_state_and_local_holidays_move_the_deadline() -> None:
    assert removal_due_on(date(2025, 7, 3), COUNTRY) == date(2025, 7, 10)
    assert removal_due_on(date(2025, 7, 3), PlaceCalendar("SP")) == date(2025, 7, 11)
    assert removal_due_on(date(2025, 6, 13), SAO_PAULO) == date(2025, 6, 23)
    assert not SAO_PAULO.is_business_day(date(2028, 1, 25))


@few
@given(days, places)
def test_a_deadline_is_a_business_day_and_never_sooner_than_five_of_them(day: date, place: PlaceCalendar) -> None:
    due = removal_due_on(day, place)
    assert place.is_business_day(due)
    between = [day + timedelta(days=number) for number in range(1, (due - day).days + 1)]
    assert sum(map(place.is_business_day, between)) == 5
    assert removal_due_on(day, COUNTRY) <= due


@few
@given(days, st.integers(0, 40), places)
def test_a_deadline_is_monotone_in_the_day_of_the_money(day: date, later: int, place: PlaceCalendar) -> None:
    assert removal_due_on(day, place) <= removal_due_on(day + timedelta(days=later), place)


@pytest.mark.parametrize("state", STATES)
def test_holidays_are_those_of_the_library(state: str) -> None:
    # Imported here: the library takes a second, and no other test wants it.
    library = importlib.import_module("holidays")
    for year in YEARS:
        published = library.country_holidays("BR", subdiv=state, years=year)
        ours = national_holidays(year) | state_holidays(state, year)
        assert {day for day in published if day.weekday() < 5} == {day for day in ours if day.weekday() < 5}


def test_banks_rest_on_more_days_than_the_country() -> None:
    assert bank_holidays(2026) - national_holidays(2026) == {date(2026, 2, 16), date(2026, 2, 17), date(2026, 6, 4)}


# five years and prescription ------------------------------------------------------------------------------------------


def test_a_record_stands_for_five_years_or_until_its_prescription() -> None:
    due = date(2024, 2, 29)
    assert last_day_of_record(due) == date(2029, 2, 28)
    assert may_stand(due, date(2029, 2, 28))
    assert not may_stand(due, date(2029, 3, 1))
    assert last_day_of_record(due, 3) == date(2027, 2, 28)
    assert last_day_of_record(due, 10) == last_day_of_record(due)
    with pytest.raises(ValueError, match="year"):
        last_day_of_record(due, 0)


# notices --------------------------------------------------------------------------------------------------------------

LETTER = PriorNotice(Channel.LETTER, "Praça da Sé, 100", date(2026, 3, 2), proof="postagem 1")
MAIL = PriorNotice(Channel.EMAIL, "ana@example.com", date(2026, 3, 2))
DELIVERED = PriorNotice(Channel.EMAIL, "ana@example.com", date(2026, 3, 2), date(2026, 3, 3), "recibo 1")


def test_a_listing_waits_for_its_notice() -> None:
    assert effective_from([], "RJ", COUNTRY) is None
    assert effective_from([LETTER], "RJ", COUNTRY) == date(2026, 3, 13)
    assert effective_from([LETTER], "SP", COUNTRY) == date(2026, 3, 18)
    # Nobody knows where the debtor lives: the longest period there is.
    assert effective_from([LETTER], "", COUNTRY) == date(2026, 3, 18)
    assert (waiting_days("RJ"), waiting_days("SP"), waiting_days("")) == (10, 15, 15)


def test_what_is_not_proven_was_not_told() -> None:
    unproven = PriorNotice(Channel.LETTER, "Praça da Sé, 100", date(2026, 3, 2))
    lost = PriorNotice(Channel.LETTER, "", date(2026, 3, 2), proof="postagem 1")
    assert effective_from([unproven, lost, MAIL], "RJ", COUNTRY) is None
    assert effective_from([MAIL, DELIVERED], "RJ", COUNTRY) == date(2026, 3, 14)
    sent_only = PriorNotice(Channel.SMS, "+5511987654321", date(2026, 3, 2), proof="envio 1")
    assert effective_from([sent_only], "RJ", COUNTRY) is None


def test_an_electronic_notice_without_delivery_is_followed_by_a_letter() -> None:
    since = date(2026, 3, 1)
    assert not wants_letter([MAIL], since, date(2026, 3, 5))
    assert wants_letter([MAIL], since, date(2026, 3, 6))
    assert not wants_letter([MAIL, DELIVERED], since, date(2026, 3, 20))
    assert not wants_letter([MAIL, LETTER], since, date(2026, 3, 20))
    # Sent is not delivered, and of a letter nothing but its posting counts.
    assert wants_letter([replace(MAIL, proof="envio 1")], since, date(2026, 3, 6))
    assert wants_letter([replace(LETTER, proof="", delivered_on=date(2026, 3, 3))], since, date(2026, 3, 6))
    # Nobody told of any notice: counted from the record.
    assert not wants_letter([], since, date(2026, 3, 4))
    assert wants_letter([], since, date(2026, 3, 5))
    assert letter_due_on(date(2026, 3, 6), COUNTRY) == date(2026, 3, 13)


@few
@given(days, st.sampled_from(["", *STATES]), places)
def test_no_listing_counts_before_its_period_is_over(day: date, state: str, place: PlaceCalendar) -> None:
    notice = PriorNotice(Channel.LETTER, "Praça da Sé, 100", day, proof="postagem 1")
    first = effective_from([notice], state, place)
    assert first is not None
    assert first > day + timedelta(days=waiting_days(state))
    assert place.is_business_day(first - timedelta(days=1))
    later = PriorNotice(Channel.EMAIL, "ana@example.com", day, day + timedelta(days=5), "recibo")
    assert effective_from([later, notice], state, place) == first
