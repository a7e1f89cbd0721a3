"""A partner looks through its own requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from lastro.access.calls.model import DEFAULT_PERIOD, LONGEST_PERIOD, Call, Wanted, name_principal, own_alone
from lastro.access.calls.requests import ListRequests
from lastro.access.calls.views import RequestList, RequestView
from lastro.access.errors import PERIOD_ORDER, PERIOD_TOO_LONG, WRONG_CURSOR
from lastro.kernel.calendar import Clock, end_of_day, format_moment, local_date, start_of_day
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import place_behind, spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import digest_key

if TYPE_CHECKING:
    from lastro.access.calls.store import CallStore

MOST_LOOKED_AT = 2_000
"""Places that one page walks over; with a filter it may hold few, or none, and still go on."""
_PLACE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z#[^#]{1,80}#[0-9]{3}#[0-9a-f]{12}#(?:[0-9a-f]{16}|-)")


@dataclass(frozen=True)
class RequestLog:
    """The log of one partner."""

    calls: CallStore
    clock: Clock

    def list_page(self, request: ListRequests, caller: Caller) -> RequestList:
        """One page, newest first; the one request where its id is named.

        Raises ``InvalidInput`` for a wrong period and for a cursor that was never given.
        """
        wanted, after = _wanted(request, caller), _read_cursor(request.cursor)
        if request.request_id:
            call = self.calls.find_call(request.request_id)
            own = call and call.partner_id == caller.partner_id
            seen = call and own and wanted.takes(call.place) and _is_of_its_days(request, call)
            return RequestList(requests=[_view(call)] if call and seen else [], next_cursor=None)
        since, until = self._period(request)
        places: list[str] = []
        cursor, before = None, ""
        for looked_at, place in enumerate(self._walk(caller.partner_id, since, until, after)):
            if len(places) == request.per_page or looked_at == MOST_LOOKED_AT:
                cursor = before
                break
            before = place
            if wanted.takes(place):
                places.append(place)
        found = self.calls.find_calls([place.split("#")[1] for place in places])
        return RequestList(
            requests=[_view(call) for call in found], next_cursor=spell_cursor(cursor, "requests") if cursor else None
        )

    def _period(self, request: ListRequests) -> tuple[datetime, datetime]:
        last = request.until or local_date(self.clock.now())
        first = request.since or last - DEFAULT_PERIOD
        if first > last:
            raise InvalidInput([PERIOD_ORDER.at("since")])
        if last - first >= LONGEST_PERIOD:
            raise InvalidInput([PERIOD_TOO_LONG.at("since", days=LONGEST_PERIOD.days)])
        return start_of_day(first), end_of_day(last)

    def _walk(self, partner_id: str, since: datetime, until: datetime, after: str) -> Iterator[str]:
        """Places older than ``after``, day by day in UTC: nothing is asked of a day before it is come to."""
        first, last = format_moment(since), f"{format_moment(until)}~"
        last = min(last, after) if after else last
        day = date.fromisoformat(last[:10])
        while day.isoformat() >= first[:10]:
            for place in self.calls.walk_day(partner_id, day.isoformat(), since=first, until=last):
                if place != after:
                    yield place
            day -= timedelta(days=1)


def _read_cursor(cursor: str | None) -> str:
    try:
        place = place_behind(cursor, _PLACE, "requests") if cursor else ""
        if place:
            # The walk begins on this day, which has to be one.
            date.fromisoformat(place[:10])
    except ValueError as error:
        raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
    return place


def _wanted(request: ListRequests, caller: Caller) -> Wanted:
    return Wanted(
        status=request.status,
        principal=name_principal(caller.principal) if own_alone(caller) else None,
        key_digest=digest_key(caller.partner_id, request.key) if request.key else None,
    )


def _is_of_its_days(request: ListRequests, call: Call) -> bool:
    day = local_date(datetime.fromisoformat(call.at))
    return (request.since or day) <= day <= (request.until or day)


def _view(call: Call) -> RequestView:
    return RequestView(
        request_id=call.id,
        at=call.at,
        method=call.method,
        resource=call.resource,
        operation=call.operation,
        status=call.status,
        code=call.code,
        duration_ms=call.duration_ms,
        store_id=call.store_id,
        credential_id=call.principal,
        idempotency_key=call.key,
    )
