"""The lists a credit is in beside its partner's own, and the counters of credits by status.

A list by status, by product, by both, by CPF and by store each has a row in the credit's partition that carries
nothing but an index key, so every filter of the Workstation is one query of one index. Counters are spread over sixteen
items by the credit's number: changes of different credits seldom meet in one, and reading all of them is one batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from zlib import crc32

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import Put, Update, Write
from lastro.kernel.calendar import format_moment
from lastro.origination.processes.changes import CreditFilter
from lastro.origination.processes.model import Credit, HistoryEntry
from lastro.origination.processes.rows.items import entity

SHARDS = 16

CPF_FACET = "CPF"
_STATUS, _PRODUCT, _STATUS_AND_PRODUCT, _CPF, _STORE = "STATUS", "PRODUCT", "STATUS_PRODUCT", "CPF", "STORE"


def facet_writes(credit: Credit, entry: HistoryEntry) -> list[Write]:
    """Rows of the lists that this version enters or leaves: all of them at first, then those its status names."""
    if entry.from_status == entry.to_status:
        return []
    values = {
        _STATUS: credit.status.value,
        _STATUS_AND_PRODUCT: f"{credit.status.value}#{credit.product_id}",
    }
    if entry.from_status is None:
        values |= {_PRODUCT: str(credit.product_id), _CPF: credit.cpf}
        if credit.store_id is not None:
            values[_STORE] = str(credit.store_id)
    created_at = format_moment(credit.created_at)
    return [
        Put(
            keys.facet(credit.csn, name),
            {
                **entity("facet", {}),
                **keys.credit_index(credit.partner_id, created_at, credit.csn, facet=name, value=value),
            },
        )
        for name, value in values.items()
    ]


def counter_writes(credits: Sequence[tuple[Credit, HistoryEntry]]) -> list[Write]:
    """One more of each credit in the status it has now, one less in the one it had: at its partner and its store.

    Credits that share a shard share its update: a transaction takes one write an item.
    """
    counts: dict[Key, Counter[str]] = {}
    for credit, entry in credits:
        if entry.from_status == entry.to_status:
            continue
        for place in {credit.partner_id, credit.place}:
            shard = counts.setdefault(keys.totals(place, crc32(credit.csn.encode()) % SHARDS), Counter())
            shard[entry.to_status] += 1
            if entry.from_status is not None:
                shard[entry.from_status] -= 1
    changed = {key: {name: n for name, n in shard.items() if n} for key, shard in counts.items()}
    return [Update(key, add=shard) for key, shard in changed.items() if shard]


def list_of(wanted: CreditFilter) -> str:
    """Index partition of a list that holds everything wanted; those of a store and of a CPF also hold other matches.

    A store's is never left for a narrower one: where a page ends would tell of credits of other stores.
    """
    name, value = "", ""
    if wanted.store_id is not None:
        name, value = _STORE, str(wanted.store_id)
    elif wanted.cpf is not None:
        name, value = _CPF, wanted.cpf
    elif wanted.status is not None and wanted.product_id is not None:
        name, value = _STATUS_AND_PRODUCT, f"{wanted.status.value}#{wanted.product_id}"
    elif wanted.status is not None:
        name, value = _STATUS, wanted.status.value
    elif wanted.product_id is not None:
        name, value = _PRODUCT, str(wanted.product_id)
    return keys.credit_index(wanted.partner_id, facet=name, value=value)["by_owner_pk"]


def matches(credit: Credit, wanted: CreditFilter) -> bool:
    """Whether a credit read from a list is one of those wanted: the index may be a moment behind."""
    return (
        credit.partner_id == wanted.partner_id
        and wanted.store_id in (None, credit.store_id)
        and wanted.status in (None, credit.status)
        and wanted.product_id in (None, credit.product_id)
        and wanted.cpf in (None, credit.cpf)
    )
