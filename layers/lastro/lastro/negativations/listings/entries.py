"""What the key of a listing tells in its partner's list."""

from __future__ import annotations

from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
class ListingEntry:
    """What the key of a listing tells in its partner's list.

    ``created_at`` is UTC, ISO 8601; ``amount`` in cents; ``included_on`` and ``removed_on`` are days in São Paulo,
    empty where there is none.
    """

    id: str
    place: str
    created_at: str
    status: str
    origin: str
    branch_id: int
    provider: str
    amount: int
    included_on: str
    removed_on: str
    reason: str
    critical: bool


def read_entry(place: str) -> ListingEntry:
    """What the sort key of a listing's place says."""
    created_at, name, status, origin, branch, provider, amount, included, removed, reason, critical = place.split("#")
    return ListingEntry(
        id=name,
        place=f"{created_at}#{name}",
        created_at=created_at,
        status=status,
        origin=origin,
        branch_id=int(branch),
        provider=provider,
        amount=int(amount),
        included_on=included,
        removed_on=removed,
        reason=reason,
        critical=critical == "1",
    )
