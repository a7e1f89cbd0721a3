"""The clauses partners add to their products' contracts, in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from datetime import datetime

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import ABSENT, Put
from lastro.kernel.calendar import read_moment
from lastro.origination.contracts.model import ClauseText, ProductClauses

_SCHEMA = 1


class ClauseStore(FirstAnswers):
    """Clauses of products' contracts. Every version is an item of its own and never changes."""

    def find(self, partner_id: str, product_id: int) -> ProductClauses:
        """The clauses as they are now; version 0 without any when none were written."""
        return self._newest(partner_id, product_id)

    def find_at(self, partner_id: str, product_id: int, moment: datetime) -> ProductClauses:
        """The clauses as they were at a moment."""
        return self._newest(partner_id, product_id, moment)

    def replace(self, clauses: ProductClauses) -> bool:
        """Keep the next version. False when somebody else wrote meanwhile."""
        product = keys.product_clauses(clauses.partner_id, clauses.product_id)
        key = keys.row(product, f"{product.sk}#{clauses.version:06d}")
        item = {
            "entity": "product_clauses",
            "schema": _SCHEMA,
            "version": clauses.version,
            "clauses": [{"title": each.title, "paragraphs": list(each.paragraphs)} for each in clauses.clauses],
            "updated_at": clauses.updated_at,
        }
        return self._commit([Put(key, item, {"PK": ABSENT})])

    def _newest(self, partner_id: str, product_id: int, moment: datetime | None = None) -> ProductClauses:
        product = keys.product_clauses(partner_id, product_id)
        for item in self._table.query(product.pk, prefix=f"{product.sk}#", newest_first=True, limit=1):
            updated_at = read_moment(item["updated_at"])
            if moment is None or updated_at <= moment:
                clauses = tuple(ClauseText(each["title"], tuple(each["paragraphs"])) for each in item["clauses"])
                return ProductClauses(partner_id, product_id, item["version"], clauses, updated_at)
        return ProductClauses(partner_id, product_id)
