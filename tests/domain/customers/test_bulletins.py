"""The board's periods and audiences: days in São Paulo, both ends among them, and whom a bulletin reaches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.customers.bulletins.model import (
    Audience,
    Bulletin,
    BulletinState,
    Everybody,
    OfDevelopments,
    OfGroups,
    OfUnits,
    Period,
    topics_for,
    topics_of,
)
from lastro.customers.portal.people.model import Person, PersonKind, Unit
from lastro.customers.portal.registration.model import Registration
from lastro.kernel.calendar import local_date, start_of_day

AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
NAMES = st.sampled_from(["Residencial Exemplo", "RESIDENCIAL EXEMPLO", "Parque", "Ilha"])
UNITS = st.builds(Unit, NAMES, st.sampled_from(["101", "102"]))
AUDIENCES: st.SearchStrategy[Audience] = st.one_of(
    st.just(Everybody()),
    st.lists(NAMES, min_size=1, max_size=3).map(lambda names: OfDevelopments(tuple(names))),
    st.lists(UNITS, min_size=1, max_size=3).map(lambda units: OfUnits(tuple(units))),
    st.lists(st.sampled_from(PersonKind), min_size=1).map(lambda groups: OfGroups(tuple(groups))),
)


def person(kind: PersonKind, developments: tuple[str, ...] = (), units: tuple[Unit, ...] = ()) -> Person:
    return Person("p", "partner", kind, Registration("Ana"), "a@example.com", None, developments, AT, units=units)


def bulletin(audience: Audience, period: Period) -> Bulletin:
    return Bulletin(1, audience, "Aviso", ("Texto",), period, AT, AT)


@given(first=DAYS, length=st.none() | st.integers(0, 800), offset=st.integers(-900, 900), zone=ZONES)
def test_a_period_is_days_of_sao_paulo_whatever_zone_the_clock_is_in(
    first: date, length: int | None, offset: int, zone: timezone
) -> None:
    period = Period(first, None if length is None else first + timedelta(days=length))
    day = first + timedelta(days=offset)
    begins = start_of_day(day)
    ends = start_of_day(day + timedelta(days=1)) - timedelta(milliseconds=1)
    wanted = offset >= 0 and (length is None or offset <= length)
    for moment in (begins, ends):
        assert period.holds(local_date(moment.astimezone(zone))) is wanted


def test_a_leap_day_is_a_day_of_its_period() -> None:
    period = Period(date(2028, 2, 28), date(2028, 2, 29))
    assert period.holds(local_date(datetime(2028, 3, 1, 2, 59, 59, tzinfo=UTC)))  # still the 29th in São Paulo
    assert not period.holds(local_date(datetime(2028, 3, 1, 3, tzinfo=UTC)))
    assert not period.holds(local_date(datetime(2028, 2, 28, 2, 59, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-11-30", "scheduled"), ("2026-12-01", "published"), ("2026-12-10", "published"), ("2026-12-11", "ended")],
)
def test_where_a_bulletin_is_on_a_day(today: str, state: str) -> None:
    made = bulletin(Everybody(), Period(date(2026, 12, 1), date(2026, 12, 10)))
    assert made.state(date.fromisoformat(today)) is BulletinState(state)


def test_everybody_with_access_is_reached_with_or_without_a_unit() -> None:
    for kind in PersonKind:
        assert bulletin(Everybody(), Period(AT.date())).reaches(person(kind))


@given(audience=AUDIENCES, kind=st.sampled_from(PersonKind), developments=st.lists(NAMES), units=st.lists(UNITS))
def test_an_audience_is_who_it_names(
    audience: Audience, kind: PersonKind, developments: list[str], units: list[Unit]
) -> None:
    who = person(kind, tuple(developments), tuple(units))
    own = {name.casefold() for name in developments} | {unit.development.casefold() for unit in units}
    match audience:
        case Everybody():
            wanted = True
        case OfDevelopments(names):
            wanted = any(name.casefold() in own for name in names)
        case OfUnits(named):
            wanted = bool({(each.development.casefold(), each.name) for each in named} & _plain(units))
        case OfGroups(groups):
            wanted = kind in groups
    assert bulletin(audience, Period(AT.date())).reaches(who) is wanted


def _plain(units: list[Unit]) -> set[tuple[str, str]]:
    return {(unit.development.casefold(), unit.name) for unit in units}


def test_names_are_told_apart_by_where_they_end() -> None:
    one, other = OfUnits((Unit("Parque A", "1"),)), OfUnits((Unit("Parque", "A 1"),))
    assert set(topics_of(one)).isdisjoint(topics_of(other))
    assert len(topics_for(person(PersonKind.OTHER, ("Parque", "PARQUE"), (Unit("parque", "1"),)))) == 4
