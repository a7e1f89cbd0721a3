"""Where a store's credential at a bank is kept."""

from __future__ import annotations


def credential_name(store_id: int, bank: str) -> str:
    """Name of the secret, below the deployment's prefix."""
    return f"stores/{store_id}/banks/{bank}"
