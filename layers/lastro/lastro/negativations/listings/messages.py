"""The queue message of one listing: somebody has to look at what is to be done about it."""

from __future__ import annotations

from datetime import date

from lastro.kernel.observing.tracing import request_after
from lastro.negativations.listings.model import Listing
from lastro.wire.messages import QueueMessage


class ListingMessage(QueueMessage):
    """Take a listing on: send its inclusion or removal, look up what was lost, join what was told.

    ``uuid`` names a message of the bureau that fits the listing by its contract alone. ``business_date`` is the day by
    which the waiting period of its notice is looked at, where that is not today.
    """

    listing_id: str
    uuid: str = ""
    business_date: date | None = None

    @property
    def subject(self) -> str:
        return self.listing_id


def listing_message(listing: Listing, business_date: date | None = None) -> ListingMessage:
    return ListingMessage(
        partner_id=listing.partner_id,
        request_id=request_after(listing.request_id),
        listing_id=listing.id,
        business_date=business_date,
    )
