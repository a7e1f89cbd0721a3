"""Reading listings: one whole, and a page of the partner's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from lastro.kernel.calendar import format_moment, local_date, start_of_day
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.negativations.errors import PERIOD_REVERSED
from lastro.negativations.listings.asking.acting import find_own
from lastro.negativations.listings.model import Listing, concerns_of
from lastro.negativations.listings.rendering import answer_with, answer_with_page
from lastro.negativations.listings.requests import FindListing, ListListings
from lastro.negativations.pages import read_cursor

if TYPE_CHECKING:
    from lastro.negativations.listings.entries import ListingEntry
    from lastro.negativations.listings.store import ListingStore

MOST_KEYS = 2000
"""Keys that one page of a filtered list walks; a page that found less has a next cursor all the same."""
_LATEST = "~"


@dataclass(frozen=True)
class ListingReading:
    """Reads a partner's listings."""

    store: ListingStore

    def show(self, request: FindListing, caller: Caller) -> str:
        """Raises ``NotFound``."""
        return answer_with(find_own(self.store, request.negativation_id, caller))

    def list_page(self, request: ListListings, caller: Caller) -> str:
        """One page, newest first. Raises ``InvalidInput`` for a cursor that was never given, and for a period that ends
        before it begins.
        """
        after = read_cursor(request.cursor, "listings")
        if request.start and request.end and request.end < request.start:
            raise InvalidInput([PERIOD_REVERSED.at("end")])
        if request.boleto_id is not None:
            # A boleto has few: one page holds them all.
            names = self.store.list_of_boleto(caller.partner_id, request.boleto_id)
            rows = [row for row in self._rows(names) if _fits(row, request)]
            return answer_with_page(reversed(rows))
        if request.debtor_id is not None:
            names = list(islice(self.store.list_of_debtor(caller.partner_id, request.debtor_id), MOST_KEYS))
            rows = [row for row in self._rows(names) if _fits(row, request)]
            return answer_with_page(rows)
        since = format_moment(start_of_day(request.start)) if request.start else ""
        until = format_moment(start_of_day(request.end + timedelta(days=1))) if request.end else _LATEST
        names, last, more = [], "", False
        walked = self.store.list_entries(
            caller.partner_id, since=since, until=min(after, until) if after else until, page=request.per_page + 1
        )
        for number, entry in enumerate(walked):
            if entry.place == after:
                continue
            if len(names) == request.per_page or number > MOST_KEYS:
                more = True
                break
            last = entry.place
            if _may_fit(entry, request):
                names.append(entry.id)
        rows = [row for row in self._rows(names) if _fits(row, request)]
        return answer_with_page(rows, spell_cursor(last, "listings") if more else None)

    def _rows(self, names: Sequence[str]) -> list[Listing]:
        found = self.store.find_many(names)
        return [found[name] for name in names if name in found]


def _may_fit(entry: ListingEntry, request: ListListings) -> bool:
    return (
        request.status in (None, entry.status)
        and request.origin in (None, entry.origin)
        and request.branch_id in (None, entry.branch_id)
        and request.provider in (None, entry.provider)
        and request.critical in (None, _word(entry.critical))
    )


def _fits(row: Listing, request: ListListings) -> bool:
    """Keys of an index are a moment old: what is shown is decided on the listing itself."""
    day = local_date(row.created_at)
    return (
        request.status in (None, row.status.value)
        and request.boleto_id in (None, row.boleto_id)
        and request.debtor_id in (None, row.guarantor_id or row.debtor_id)
        and (request.start or day) <= day <= (request.end or day)
        and request.origin in (None, row.origin.value)
        and request.branch_id in (None, row.branch_id)
        and request.provider in (None, row.provider)
        and request.critical in (None, _word(bool(concerns_of(row))))
    )


def _word(flag: bool) -> str:
    """A flag as a query says it."""
    return "true" if flag else "false"
