"""Imports in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import OPEN
from lastro.aws.dynamodb.keys import negativations as keys
from lastro.aws.dynamodb.table import ABSENT, AbsentOr, Item, Put, Update, Write
from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.observing.tracing import request_after
from lastro.negativations.boletos.store import change_boleto, put_new_boleto
from lastro.negativations.debtors.store import debtor_writes
from lastro.negativations.imports.model import Counts, FileFormat, Import, ImportStatus

if TYPE_CHECKING:
    from lastro.kernel.keyed_request import Answered
    from lastro.negativations.boletos.model import Boleto, Event
    from lastro.negativations.debtors.model import Debtor

_SCHEMA = 1


class ImportStore(FirstAnswers):
    """Imports of every partner."""

    def find(self, partner_id: str, import_id: str) -> Import | None:
        item = self._table.get(keys.boleto_import(partner_id, import_id))
        return _to_import(item) if item else None

    def put(self, each: Import, answered: Answered | None = None) -> bool:
        """Put an import in the place of the version before it; false when that is no longer there."""
        where: dict[str, Any] = {"version": each.version - 1} if each.version > 1 else {"PK": ABSENT}
        return self._commit([Put(keys.boleto_import(each.partner_id, each.id), _import_item(each), where)], answered)

    def keep(
        self, debtors: Sequence[Debtor], boletos: Sequence[tuple[Boleto, Event | None]], before: Import, after: Import
    ) -> bool:
        """Keep debtors and boletos, each new (version 1) or its next version, with how far the import's step is then,
        all or none; ``Event`` is what changed a boleto. Twenty-four of both at most.

        False when one is stored otherwise, or somebody else works the step: read again.
        """
        writes: list[Write] = [write for debtor in debtors for write in debtor_writes(debtor)]
        for boleto, event in boletos:
            writes += change_boleto(boleto, event) if event else put_new_boleto(boleto)
        if not writes:
            return True  # done again it finds the same
        at = keys.boleto_import(before.partner_id, before.id)
        told = {"within": after.within, "within_counts": asdict(after.within_counts)}
        # A row of before has no such field; it is put whole before a step begins (``put``).
        where = {"version": before.version, "within": AbsentOr(before.within)}
        return self._table.commit([*writes, Update(at, assign=told, where=where)])

    def list_open(self, before: datetime) -> Iterator[tuple[str, str]]:
        """(partner, import) of those that are not ended and were not moved on since a moment."""
        for item in self._table.query(
            keys.open_import_index()["open_pk"], index=OPEN, at_most=f"{format_moment(before)}~"
        ):
            _, partner_id, import_id = item["PK"].split("#")
            yield partner_id, import_id


def _import_item(each: Import) -> Item:
    item: Item = {name: getattr(each, name) for name in Import.__dataclass_fields__}
    item |= {
        "format": each.format.value,
        "status": each.status.value,
        "counts": asdict(each.counts),
        "within_counts": asdict(each.within_counts),
        "parts": list(each.parts),
        "request_id": request_after(each.request_id),
    }
    if each.is_open:
        item |= keys.open_import_index(format_moment(each.updated_at or each.created_at), each.id)
    return {"entity": "boleto_import", "schema": _SCHEMA, **item}


def _to_import(item: Item) -> Import:
    known = {name: item[name] for name in Import.__dataclass_fields__ if name in item}
    return Import(
        **{
            **known,
            "format": FileFormat(item["format"]),
            "status": ImportStatus(item["status"]),
            "counts": Counts(**item["counts"]),
            "within_counts": Counts(**item.get("within_counts", {})),
            "parts": tuple(item["parts"]),
            **{name: read_moment(item.get(name)) for name in ("created_at", "started_at", "updated_at", "ended_at")},
        }
    )
