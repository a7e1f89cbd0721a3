"""Published limits of calls about one CPF: what is over them is refused until the window ends.

docs/sources.md, CaaS API: more than 20 signups a day, or more than 50 calls an hour to contract, signature, status and
expiry together. A call is counted by one atomic addition, so two at once never share a number, and it counts whatever
comes of it. A partner, or the store of its that calls, is blocked for that CPF only; days and hours are São Paulo's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import SAO_PAULO
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import TooManyRequests
from lastro.origination.errors import CLIENT_BLOCKED

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

SIGNUPS_PER_DAY = 20
CALLS_PER_HOUR = 50

_KEPT_LONGER = timedelta(hours=1)


@dataclass(frozen=True)
class CallLimits:
    """Counts calls of a partner, or of one of its stores, about a CPF."""

    counter: OriginationStore

    def count_signup(self, place: str, cpf: str, now: datetime) -> None:
        """Raises ``TooManyRequests`` ``client_blocked`` from the 21st signup of a CPF in a day on."""
        window, end = _day(now)
        self._count("signup", place, cpf, window, end, now, SIGNUPS_PER_DAY)

    def count_call(self, place: str, cpf: str, now: datetime) -> None:
        """Count a call to contract, signature, status or expiry.

        Raises ``TooManyRequests`` ``client_blocked`` from the 51st call about a CPF in an hour on.
        """
        window, end = _hour(now)
        self._count("call", place, cpf, window, end, now, CALLS_PER_HOUR)

    def is_blocked(self, place: str, cpf: str, now: datetime) -> bool:
        """Whether the next signup or call about this CPF would be refused. Counts nothing."""
        day, _ = _day(now)
        hour, _ = _hour(now)
        return (
            self.counter.read_count(_scope("signup", place, cpf), day) >= SIGNUPS_PER_DAY
            or self.counter.read_count(_scope("call", place, cpf), hour) >= CALLS_PER_HOUR
        )

    def is_over_signups(self, place: str, cpf: str, now: datetime) -> bool:
        """Whether more signups of this CPF were called for today than are allowed. Counts nothing."""
        day, _ = _day(now)
        return self.counter.read_count(_scope("signup", place, cpf), day) > SIGNUPS_PER_DAY

    def _count(self, what: str, place: str, cpf: str, window: str, end: datetime, now: datetime, limit: int) -> None:
        expires = int((end + _KEPT_LONGER).timestamp())
        if self.counter.count_call(_scope(what, place, cpf), window, expires) > limit:
            wait = max(1, int((end - now).total_seconds()) + 1)
            raise TooManyRequests(CLIENT_BLOCKED.say(most=limit), retry_after=wait, code=CLIENT_BLOCKED.code)


def _scope(what: str, place: str, cpf: str) -> str:
    return f"{what}#{place}#{cpf}"


def _day(now: datetime) -> tuple[str, datetime]:
    start = now.astimezone(SAO_PAULO).replace(hour=0, minute=0, second=0, microsecond=0)
    return start.date().isoformat(), start + timedelta(days=1)


def _hour(now: datetime) -> tuple[str, datetime]:
    start = now.astimezone(SAO_PAULO).replace(minute=0, second=0, microsecond=0)
    return start.strftime("%Y-%m-%dT%H"), start + timedelta(hours=1)
