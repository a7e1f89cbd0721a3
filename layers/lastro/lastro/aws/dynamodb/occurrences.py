"""An occurrence as a write, for the transaction of what occurred: nothing that happened is left without its surveys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lastro.aws.dynamodb.keys import surveys as keys
from lastro.aws.dynamodb.table import Put
from lastro.kernel.calendar import format_moment
from lastro.kernel.occurrences import Feature, Occurrence

_KEPT = timedelta(days=30)
"""An occurrence is worked within a minute or two; one that never is goes with its data of a person."""


def tell(occurrence: Occurrence) -> Put:
    """The write that tells of an occurrence. Telling it twice is telling it once."""
    moment = format_moment(occurrence.at)
    item = {
        "entity": "occurrence",
        "schema": 1,
        "version": 1,
        "partner_id": occurrence.partner_id,
        "feature": occurrence.feature.value,
        "id": occurrence.id,
        "service_id": occurrence.service_id,
        "at": moment,
        "customer_id": occurrence.customer_id,
        "person_id": occurrence.person_id,
        "document": occurrence.document,
        "happening": occurrence.happening,
        "expires": int((occurrence.at + _KEPT).timestamp()),
        **keys.occurrence_index(occurrence.partner_id, occurrence.name, moment),
    }
    return Put(keys.occurrence(occurrence.partner_id, occurrence.name), item)


def to_occurrence(item: Mapping[str, Any]) -> Occurrence:
    """The occurrence that a row tells of."""
    return Occurrence(
        partner_id=item["partner_id"],
        feature=Feature(item["feature"]),
        id=item["id"],
        service_id=item["service_id"],
        at=datetime.fromisoformat(item["at"]),
        customer_id=item["customer_id"],
        person_id=item["person_id"],
        document=item["document"],
        happening=item["happening"],
    )
