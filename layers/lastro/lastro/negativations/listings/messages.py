"""The queue message of one listing: somebody has to look at what is to be done about it."""

from __future__ import annotations

from lastro.kernel.observing.tracing import request_after
from lastro.negativations.listings.model import Listing
from lastro.wire.messages import QueueMessage


class ListingMessage(QueueMessage):
    """Take a listing on: send its inclusion or removal, look up what was lost, join what was told.

    ``uuid`` names a message of the bureau that fits the listing by its contract alone.
    """

    listing_id: str
    uuid: str = ""

    @property
    def subject(self) -> str:
        return self.listing_id


def listing_message(listing: Listing, uuid: str = "") -> ListingMessage:
    request_id = request_after(listing.request_id)
    return ListingMessage(partner_id=listing.partner_id, request_id=request_id, listing_id=listing.id, uuid=uuid)
