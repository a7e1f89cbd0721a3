"""How many things name a customer (keys in ``aws/dynamodb/keys``); what counts is ``aws/dynamodb/tallies.py``."""

from __future__ import annotations

from lastro.aws.dynamodb.keys import customers as customer_keys
from lastro.aws.dynamodb.table import Table
from lastro.customers.journeys.model import Tally


class TallyStore:
    """Counts, read consistently."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, partner_id: str, customer_id: int) -> Tally:
        """What nothing was ever counted of is none."""
        item = self._table.get(customer_keys.customer_tally(partner_id, customer_id)) or {}
        return Tally(item.get("reservations", 0), item.get("sales", 0), item.get("assignments", 0))
