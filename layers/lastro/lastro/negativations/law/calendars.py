"""Days on which somebody at a place works: weekdays but for national, state and local holidays.

Sources: national, ``kernel/business_days.py`` (Carnival and Corpus Christi are no national holidays: who has to take a
listing down works on them, unless the place says otherwise). States: the laws named beside each; the tests compare the
table with the ``holidays`` library, year by year. Municipal holidays (Lei 9.093/1995 art. 2) are too many for a table:
the branch names its own.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from lastro.kernel.business_days import easter_of, national_holidays
from lastro.kernel.dataclass import dataclass

_SATURDAY = 5
_DAY = timedelta(days=1)
_TUESDAY, _THURSDAY, _FRIDAY = 1, 3, 4

_STATE_DAYS: dict[str, tuple[tuple[int, int], ...]] = {
    "AC": ((1, 23), (3, 8), (6, 15), (9, 5), (11, 17)),  # Leis 1.538/2004, 1.411/2001, 14/1964, 1.526/2004, 57/1965
    "AL": ((6, 24), (6, 29), (9, 16), (11, 30)),  # Leis 5.508/1993, 5.509/1993, 7.482/2013
    "AM": ((9, 5),),  # Lei 25/1977
    "AP": ((3, 19), (7, 25), (9, 13)),  # Leis 667/2002, 1.696/2012; Constituição Federal, ADCT art. 14 (created 1943)
    "BA": ((7, 2),),  # Constituição do Estado, art. 6 §3
    "CE": ((3, 19), (3, 25), (8, 15)),  # Lei 3.546/1957; Emenda 73/2011; Lei 13.551/2004
    "DF": ((11, 30),),  # Lei 963/1995
    "GO": ((7, 26), (10, 24)),  # Lei 20.756/2020 art. 269
    "MA": ((7, 28),),  # Lei 2.457/1964
    "MS": ((10, 11),),  # Lei 10/1979
    "PA": ((8, 15),),  # Lei 5.999/1996
    "PB": ((8, 5),),  # Lei 10.601/2015
    "PE": ((3, 6),),  # Lei 16.059/2017
    "PI": ((10, 19),),  # Lei 176/1937
    "RJ": ((4, 23),),  # Lei 5.198/2008
    "RN": ((8, 7), (10, 3)),  # Leis 7.831/2000, 8.913/2006
    "RO": ((1, 4), (6, 18)),  # Leis 2.291/2010, 1.026/2001
    "RR": ((10, 5),),  # Constituição do Estado
    "RS": ((9, 20),),  # Decreto 36.180/1995
    "SE": ((7, 8),),  # Constituição do Estado, art. 269
    "SP": ((7, 9),),  # Lei 9.497/1997
    "TO": ((3, 18), (9, 8), (10, 5)),  # Leis 960/1998, 627/1993
}
"""Fixed days by federal unit. Santa Catarina's (Leis 10.306/1996, 12.906/2004) fall on Sundays; Minas Gerais, Mato
Grosso and Paraná have none beside the national ones."""

_STATE_FROM_EASTER = {"ES": 8, "RJ": -47}
"""Nossa Senhora da Penha (Lei 11.010/2019) and Carnival's Tuesday (Lei 5.243/2008)."""

_MOVED_IN_ACRE = ((1, 23), (3, 8), (9, 5), (11, 17))
"""From Tuesday to Thursday they are kept on the Friday (Lei 2.126/2009)."""


@lru_cache(maxsize=1024)
def state_holidays(state: str, year: int) -> frozenset[date]:
    """The holidays of a federal unit in ``year`` beside the national ones; none for a unit that is not told."""
    days = {date(year, month, day) for month, day in _STATE_DAYS.get(state, ())}
    if state in _STATE_FROM_EASTER:
        days.add(easter_of(year) + timedelta(days=_STATE_FROM_EASTER[state]))
    if state == "AC":
        days = {_kept_in_acre(day) for day in days}
    return frozenset(days)


def _kept_in_acre(day: date) -> date:
    moves = (day.month, day.day) in _MOVED_IN_ACRE and _TUESDAY <= day.weekday() <= _THURSDAY
    return day + timedelta(days=_FRIDAY - day.weekday()) if moves else day


@dataclass(frozen=True)
class PlaceCalendar:
    """Where somebody works: a federal unit (empty: not told) and the local days, each year's or one year's only."""

    state: str = ""
    yearly: frozenset[tuple[int, int]] = frozenset()
    single: frozenset[date] = frozenset()

    def is_business_day(self, day: date) -> bool:
        if day.weekday() >= _SATURDAY or day in self.single or (day.month, day.day) in self.yearly:
            return False
        return day not in national_holidays(day.year) and day not in state_holidays(self.state, day.year)

    def business_day_from(self, day: date) -> date:
        """``day`` itself when it is a business day, else the next."""
        while not self.is_business_day(day):
            day += _DAY
        return day

    def business_days_after(self, day: date, count: int) -> date:
        """The ``count``-th business day after ``day``, which itself is not counted (Código Civil art. 132)."""
        for _ in range(count):
            day = self.business_day_from(day + _DAY)
        return day


COUNTRY = PlaceCalendar()
"""National holidays alone: the earliest deadline where nobody said where the work is done."""
