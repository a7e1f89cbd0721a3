"""The log of changes: fields that differ, the months of the report, and what who may not read them reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.customers.portal.changes.model import (
    FieldChange,
    Period,
    compare,
    days_of,
    mask,
    month_of,
    months_back,
)
from lastro.customers.portal.registration.model import Registration, RegistrationField

TEXTS = st.none() | st.text("ab@", min_size=1, max_size=5)
REGISTRATIONS = st.builds(
    Registration,
    name=st.text("ab ", min_size=1),
    rg=TEXTS,
    family_income_cents=st.none() | st.integers(0, 10**9),
    mobile=TEXTS,
    email=TEXTS,
    zip_code=TEXTS,
    address=TEXTS,
)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(before=REGISTRATIONS, after=REGISTRATIONS)
def test_what_differs_is_told_and_nothing_else(before: Registration, after: Registration) -> None:
    changes = {change.field: change for change in compare(before, after)}
    for name in RegistrationField:
        same = before.value(name) == after.value(name)
        assert (name in changes) is not same
        if not same:
            assert changes[name] == FieldChange(name, before.value(name), after.value(name))
    assert compare(before, before) == ()
    assert len(compare(after, before)) == len(changes)


@given(today=DAYS)
def test_months_follow_each_other_without_a_gap(today: date) -> None:
    first, last = days_of(Period.CURRENT_MONTH, today)
    earlier_first, earlier_last = days_of(Period.PREVIOUS_MONTH, today)
    assert first <= today <= last
    assert earlier_last + timedelta(days=1) == first
    assert (first.day, earlier_first.day, (last + timedelta(days=1)).day) == (1, 1, 1)
    assert list(months_back(earlier_first, last)) == [month_of(first), month_of(earlier_first)]


def test_the_month_before_january_and_a_leap_february() -> None:
    assert days_of(Period.PREVIOUS_MONTH, date(2028, 3, 31)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert days_of(Period.PREVIOUS_MONTH, date(2027, 1, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    with pytest.raises(ValueError, match="own days"):
        days_of(Period.CUSTOM, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("name", "value", "masked"),
    [
        (RegistrationField.NAME, "Ana Souza", "A. S."),
        (RegistrationField.EMAIL, "ana@example.com", "***@example.com"),
        (RegistrationField.MOBILE, "+5511987654321", "***4321"),
        (RegistrationField.RG, "123456789", "***"),
        (RegistrationField.FAMILY_INCOME, "650000", "***"),
        (RegistrationField.ZIP_CODE, "01001000", "***"),
        (RegistrationField.ADDRESS, "Rua Um, 1", "***"),
        (RegistrationField.ADDRESS, None, None),
    ],
)
def test_who_may_not_know_reads_that_it_changed(name: RegistrationField, value: str | None, masked: str | None) -> None:
    assert mask(name, value) == masked
