"""What bureaus push, kept as it came, and what it makes of a listing. Pure."""

from __future__ import annotations

from datetime import datetime

from lastro.kernel.dataclass import dataclass
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Act
from lastro.negativations.listings.model import Listing, find_sending
from lastro.negativations.ports import Standing, Told

NOT_LISTED = "record_not_at_bureau"
ALREADY_LISTED = "record_already_at_bureau"


@dataclass(frozen=True)
class BureauEvent:
    """A message of a bureau. ``listing_id`` once it is joined to its listing."""

    partner_id: str
    bureau: str
    told: Told
    received_at: datetime
    listing_id: str | None = None

    @property
    def name(self) -> str:
        """What tells two messages of one request apart."""
        return f"{'removal' if self.told.removes else 'inclusion'}#{self.told.standing.value}"


def apply_event(listing: Listing, event: BureauEvent) -> Listing:
    """What a message makes of its listing; twice, it changes nothing the second time."""
    told = event.told
    match told.standing:
        case Standing.INCLUDED:
            return changes.include(listing, event.received_at, told.uuid, told.record)
        case Standing.REMOVED:
            return changes.remove(listing, event.received_at, told.uuid)
        case Standing.REFUSED:
            return refuse_or_know(listing, event.received_at, told.uuid, told.code or "unknown")
    return listing


def refuse_or_know(listing: Listing, at: datetime, reference: str, code: str) -> Listing:
    """A refusal, but for two that tell where the record stands: it is there already, or is not there at all."""
    sending = find_sending(listing, reference)
    if sending is None:
        return listing
    if sending.act is Act.INCLUSION:
        if code == ALREADY_LISTED:
            return changes.include(listing, at, reference)
        return changes.refuse(listing, at, reference, code)
    if code == NOT_LISTED:
        if listing.included_at:
            return changes.remove(listing, at, reference)
        # The bureau's explicit word on an inclusion that nobody answered: it has no such record.
        for each in listing.sendings:
            if each.act is Act.INCLUSION:
                listing = changes.refuse(listing, at, each.transaction_id, NOT_LISTED)
    return changes.refuse(listing, at, reference, code)


def adopt(listing: Listing, event: BureauEvent) -> Listing:
    """Take a message's id as that of the one request whose answer was lost, if there is exactly one of its kind."""
    act = Act.REMOVAL if event.told.removes else Act.INCLUSION
    lost = [each for each in listing.sendings if each.act is act and each.receipt is None and each.answer is None]
    if find_sending(listing, event.told.uuid) is not None or len(lost) != 1:
        return listing
    return changes.receive(listing, event.received_at, lost[0].transaction_id, event.told.uuid)
