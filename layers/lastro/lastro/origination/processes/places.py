"""Where a person's processes are: with a partner, or with one of its stores. Pure."""

from __future__ import annotations


def place_of(partner_id: str, store_id: int | None) -> str:
    """A name of the place: each holds registrations, limits of calls and totals of its own.

    What was made for no store is in the partner's own place.
    """
    return partner_id if store_id is None else f"{partner_id}@{store_id}"
