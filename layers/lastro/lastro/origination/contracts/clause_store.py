"""The clauses partners add to their products' contracts, in the table (keys in ``aws/keys.py``)."""

from __future__ import annotations

from lastro.aws import keys
from lastro.aws.table import ABSENT, ConditionFailed, Put, Table
from lastro.origination.contracts.model import ClauseText, ProductClauses

_SCHEMA = 1


class ClauseStore:
    """Implements ``ClauseShelf``."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, partner_id: str, product_id: int) -> ProductClauses:
        item = self._table.get(keys.product_clauses(partner_id, product_id))
        if item is None:
            return ProductClauses(partner_id, product_id)
        clauses = tuple(ClauseText(each["title"], tuple(each["paragraphs"])) for each in item["clauses"])
        return ProductClauses(partner_id, product_id, item["version"], clauses, item["updated_at"])

    def replace(self, clauses: ProductClauses) -> bool:
        item = {
            "entity": "product_clauses",
            "schema": _SCHEMA,
            "version": clauses.version,
            "clauses": [{"title": each.title, "paragraphs": list(each.paragraphs)} for each in clauses.clauses],
            "updated_at": clauses.updated_at,
        }
        before = {"version": clauses.version - 1} if clauses.version > 1 else {"PK": ABSENT}
        try:
            self._table.write(Put(keys.product_clauses(clauses.partner_id, clauses.product_id), item, before))
        except ConditionFailed:
            return False
        return True
