"""Sales in the table (keys in ``aws/dynamodb/keys``): one row each, the flow packed, and a row for each holder."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lastro.approvals.reservations.model import Reservation
from lastro.approvals.reservations.store import put_sold
from lastro.approvals.sales.model import Party, Sale, leave
from lastro.approvals.store import NumberedStore
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import approvals as approval_keys
from lastro.aws.dynamodb.occurrences import tell
from lastro.aws.dynamodb.retained import release, retain
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Write
from lastro.aws.dynamodb.tallies import tally, tally_known, tally_new
from lastro.kernel.calendar import format_moment
from lastro.kernel.keyed_request import Answered
from lastro.kernel.occurrences import Feature, Occurrence
from lastro.kernel.retention import Record

SALE_RECORD = "sale"
"""What is kept of each who holds a sale (``kernel/retention.py``), by ``<sale>-<customer>``."""

_SCHEMA = 1


class SaleStore(NumberedStore):
    """A partner's sales."""

    def reserve_id(self) -> int:
        """The next number; numbers are never used twice, by no partner."""
        return self._table.reserve(keys.sequence("sale"), 1)

    def find(self, partner_id: str, sale_id: int) -> Sale | None:
        """Read consistently; ``None`` when unknown or another partner's."""
        item = self._table.get(approval_keys.sale(partner_id, sale_id))
        return _to_sale(item) if item else None

    def find_of_reservation(self, partner_id: str, reservation_id: int) -> int | None:
        """The number of the sale that a reservation became."""
        item = self._table.get(approval_keys.sale_of_reservation(partner_id, reservation_id))
        return item["sale_id"] if item else None

    def list_after(self, partner_id: str, after: int, per_page: int) -> tuple[list[Sale], int | None]:
        """A page of sales with a higher number, in order."""
        rows, following = self._page(lambda number: approval_keys.sale(partner_id, number), after, per_page)
        return [_to_sale(row) for row in rows], following

    def list_of_customer(
        self, partner_id: str, customer_id: int, after: int, per_page: int
    ) -> tuple[list[Sale], int | None]:
        """The same of those that a customer holds."""
        rows, following = self._page_of(
            lambda number: approval_keys.sale_of_customer(partner_id, customer_id, number),
            lambda number: approval_keys.sale(partner_id, number),
            after,
            per_page,
        )
        return [_to_sale(row) for row in rows], following

    def find_holder(self, partner_id: str, sale_id: int, customer_id: int) -> Party | None:
        """A customer that holds a sale, also once its own record ended; ``None`` for any other."""
        item = self._table.get(_holder(partner_id, customer_id, sale_id))
        return Party(customer_id, item["document"]) if item else None

    def put_new(
        self, partner_id: str, sale: Sale, buyers: Sequence[Party], sold: Reservation, answered: Answered | None
    ) -> bool:
        """Keep a new sale of these customers, tell of it, and keep its reservation as sold.

        False when the same request was first, or the reservation was sold or cancelled meanwhile.
        """
        named = {"entity": "sale_of_reservation", "schema": _SCHEMA, "version": 1, "sale_id": sale.id}
        writes: list[Write] = [
            Put(approval_keys.sale(partner_id, sale.id), sale_item(sale), {"PK": ABSENT}),
            Put(approval_keys.sale_of_reservation(partner_id, sale.reservation_id), named, {"PK": ABSENT}),
            put_sold(partner_id, sold),
            tell(_occurrence(partner_id, sale)),
        ]
        for buyer in buyers:
            writes += _take(partner_id, sale.id, buyer, sale.created_at)
        writes += tally_new(self._table, *(tally(partner_id, buyer.customer_id, sales=1) for buyer in buyers))
        return self._commit(writes, answered)

    def erase(self, record: Record, sale: Sale, customer_id: int) -> bool:
        """Remove what a sale says of one who holds it, and the sale once nobody does.

        False when somebody changed it meanwhile.
        """
        partner_id, left = record.partner_id, leave(sale, customer_id)
        writes: list[Write] = [Delete(_holder(partner_id, customer_id, sale.id)), release(record)]
        writes += tally_known(self._table, tally(partner_id, customer_id, sales=-1))
        if left.customer_ids:
            writes.append(put_sale(partner_id, left))
        else:
            writes.append(Delete(approval_keys.sale(partner_id, sale.id), {"version": sale.version}))
            writes.append(Delete(approval_keys.sale_of_reservation(partner_id, sale.reservation_id)))
        return self._commit(writes)


def _occurrence(partner_id: str, sale: Sale) -> Occurrence:
    """About the first buyer."""
    number = str(sale.id)
    return Occurrence(partner_id, Feature.SALE, number, number, sale.created_at, customer_id=sale.customer_ids[0])


def put_sale(partner_id: str, sale: Sale) -> Put:
    """The write of the next version, in the transaction of the assignment that makes it."""
    return Put(approval_keys.sale(partner_id, sale.id), sale_item(sale), {"version": sale.version - 1})


def change_holder(partner_id: str, sale_id: int, left: Party, came: Party, at: datetime) -> list[Write]:
    """What changes in the lists and records of two customers when a sale passes from one to the other."""
    return [
        Delete(_holder(partner_id, left.customer_id, sale_id)),
        release(record_of(partner_id, sale_id, left)),
        *_take(partner_id, sale_id, came, at),
    ]


def record_of(partner_id: str, sale_id: int, party: Party) -> Record:
    """The record by which what a sale says of a customer is found."""
    return Record(partner_id, party.document, SALE_RECORD, f"{sale_id}-{party.customer_id}")


def _holder(partner_id: str, customer_id: int, sale_id: int) -> Key:
    return approval_keys.sale_of_customer(partner_id, customer_id, sale_id)


def _take(partner_id: str, sale_id: int, party: Party, at: datetime) -> list[Write]:
    """The rows of who holds a sale from a moment on. The document leads to its record, also once the customer ended."""
    item = {"entity": "sale_of_customer", "schema": _SCHEMA, "document": party.document}
    place = _holder(partner_id, party.customer_id, sale_id)
    return [Put(place, item), retain(record_of(partner_id, sale_id, party), at)]


def sale_item(sale: Sale) -> Item:
    """A sale as its row."""
    return {
        "entity": "sale",
        "schema": _SCHEMA,
        "version": sale.version,
        "id": sale.id,
        "reservation_id": sale.reservation_id,
        "development": sale.development,
        "unit": sale.unit,
        "price_table": sale.price_table,
        "customer_ids": list(sale.customer_ids),
        "total_cents": sale.total_cents,
        "paid_cents": sale.paid_cents,
        "flow": gzip.compress(sale.flow.encode(), mtime=0),
        "signed_on": sale.signed_on.isoformat(),
        "sold_by": sale.sold_by,
        "open_assignment": sale.open_assignment,
        "created_at": format_moment(sale.created_at),
        "updated_at": format_moment(sale.updated_at),
    }


def _to_sale(item: Mapping[str, Any]) -> Sale:
    return Sale(
        id=item["id"],
        reservation_id=item["reservation_id"],
        development=item["development"],
        unit=item["unit"],
        price_table=item["price_table"],
        customer_ids=tuple(item["customer_ids"]),
        total_cents=item["total_cents"],
        paid_cents=item["paid_cents"],
        flow=gzip.decompress(item["flow"]).decode(),
        signed_on=date.fromisoformat(item["signed_on"]),
        sold_by=item["sold_by"],
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        open_assignment=item["open_assignment"],
        version=item["version"],
    )
