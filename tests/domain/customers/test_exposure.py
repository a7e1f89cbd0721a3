"""Who counts as politically exposed on a day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lastro.customers.people.exposure import contradicts_itself, exposed_until, is_exposed

days = st.dates(date(1950, 1, 1), date(2050, 12, 31))


def test_the_condition_lasts_five_years_beyond_the_office() -> None:
    leap = {"pep": {"since": "2016-01-01", "until": "2020-02-29"}}
    assert exposed_until(leap["pep"]) == date(2025, 2, 28)
    assert is_exposed(leap, date(2025, 2, 28))
    assert not is_exposed(leap, date(2025, 3, 1))
    assert not is_exposed(leap, date(2015, 12, 31))


@given(days, st.integers(0, 9000), days)
def test_exposure_is_one_unbroken_time(since: date, length: int, today: date) -> None:
    until = since + timedelta(days=length)
    data = {"pep": {"since": since.isoformat(), "until": until.isoformat()}}
    last = exposed_until(data["pep"])
    assert last is not None
    assert is_exposed(data, today) == (since <= today <= last)
    assert is_exposed({**data, "public_person": True}, today)
    assert contradicts_itself({**data, "public_person": False}, today) == is_exposed(data, today)
