"""Joins what bureaus tell of listings to its adapters, once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.kernel.calendar import CLOCK
from lastro.negativations.listings.wiring import open_listings_queue
from lastro.negativations.wiring import open_event_store, open_listing_store

if TYPE_CHECKING:
    from lastro.negativations.events.issuing import EventTokens
    from lastro.negativations.events.receiving import EventReceiving
    from lastro.negativations.events.sources import EventSources


@cache
def open_event_receiving() -> EventReceiving:
    from lastro.negativations.events.receiving import EventReceiving
    from lastro.vendors.bureaus.serasa.events import read_told

    return EventReceiving(open_event_store(), open_listing_store(), open_listings_queue(), CLOCK, read_told)


@cache
def open_event_tokens() -> EventTokens:
    from lastro.negativations.events.issuing import EventTokens

    return EventTokens(open_event_store(), CLOCK)


@cache
def open_event_sources() -> EventSources:
    from secrets import token_urlsafe

    from lastro.bureaus.wiring import open_listing_branches, open_partner_branches
    from lastro.negativations.events.sources import EventSources

    return EventSources(open_event_store(), open_listing_branches(), open_partner_branches(), token_urlsafe)
