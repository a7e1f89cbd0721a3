"""Kept offers in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import ABSENT, Put
from lastro.kernel.calendar import read_moment
from lastro.kernel.keyed_request import Answered
from lastro.origination.processes.rows.items import to_terms
from lastro.origination.quotes.model import KeptOffer, Offer

_SCHEMA = 1
KEPT_AFTER = timedelta(days=30)
"""How long a lapsed offer stays readable, so that a late proposal is told that it lapsed."""


class OfferStore(FirstAnswers):
    """Kept offers; they lapse by their ``valid_until``, the row's end is housekeeping."""

    def put_offer(self, offer: Offer, answered: Answered | None) -> bool:
        """Keep an offer. False when the same request was first."""
        kept = offer.kept
        item = {
            "entity": "offer",
            "schema": _SCHEMA,
            "version": 1,
            "id": kept.id,
            "partner_id": offer.partner_id,
            "store_id": kept.store_id,
            "product_id": kept.product_id,
            "product_version": kept.product_version,
            "tax_number": kept.tax_number,
            "created_at": kept.created_at,
            "valid_until": kept.valid_until,
            "terms": asdict(kept.terms),
            "expires": int((kept.valid_until + KEPT_AFTER).timestamp()),
        }
        return self._commit([Put(keys.offer(kept.id), item, {"PK": ABSENT})], answered)

    def find_offer(self, partner_id: str, offer_id: str) -> KeptOffer | None:
        """An offer of this partner, lapsed or not."""
        item = self._table.get(keys.offer(offer_id))
        if item is None or item["partner_id"] != partner_id:
            return None
        return KeptOffer(
            id=item["id"],
            product_id=item["product_id"],
            product_version=item["product_version"],
            tax_number=item["tax_number"],
            created_at=read_moment(item["created_at"]),
            valid_until=read_moment(item["valid_until"]),
            terms=to_terms(item["terms"]),
            store_id=item.get("store_id"),
        )
