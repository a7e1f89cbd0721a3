"""Whether listings of a branch want a second person (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.table import Put, Table


class SettingsStore:
    """Settings of listings, a row a branch."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def needs_approval(self, partner_id: str, branch_id: int) -> bool:
        """Whether a second person has to agree; without a setting nobody has to."""
        item = self._table.get(keys.listing_settings(partner_id, branch_id))
        return bool(item and item["approval"])

    def put(self, partner_id: str, branch_id: int, *, approval: bool) -> None:
        """Replace the settings of a branch. The whole of them is one answer that was sent: the last one told holds."""
        item = {"entity": "listing_settings", "schema": 1, "version": 1, "approval": approval}
        self._table.write(Put(keys.listing_settings(partner_id, branch_id), item))
