"""The notice that a debtor got before a listing counts. Pure."""

from __future__ import annotations

from lastro.kernel.calendar import local_date
from lastro.negativations.law.notices import Channel, Notice
from lastro.negativations.listings.model import Listing


def prior_notice(listing: Listing) -> Notice | None:
    """The letter of the registry's keeper, who sends it when it takes the record (STJ, Súmula 359), to the address that
    it was told; ``None`` before it has the record.

    Its own id of the record, else of the request, is the proof that it did; without one nothing is proven. No bureau
    tells of another channel.
    """
    if not listing.included_at:
        return None
    address = listing.person.address
    proof = listing.bureau_key or next((each.receipt for each in listing.sendings if each.receipt), None) or ""
    where = f"{address.street}, {address.number}, {address.zip_code}"
    return Notice(Channel.LETTER, where, local_date(listing.included_at), proof=proof)
