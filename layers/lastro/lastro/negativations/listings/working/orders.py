"""What a bureau is asked for, made of a listing. Pure."""

from __future__ import annotations

from lastro.negativations.listings.model import Listing
from lastro.negativations.ports import Exclusion, Inclusion


def inclusion_of(listing: Listing, key: str) -> Inclusion:
    """The inclusion of a listing under our id of the request."""
    return Inclusion(key, listing.person, listing.debt, listing.creditor, listing.principal_person)


def exclusion_of(listing: Listing, key: str) -> Exclusion:
    """The removal of a listing under our id of the request."""
    return Exclusion(
        key,
        listing.person.document,
        listing.debt,
        listing.creditor,
        listing.removal.reason if listing.removal else "",
        listing.bureau_key,
        listing.principal_person,
    )
