"""Reservations in the table (keys in ``aws/dynamodb/keys``): one row each, the flow and its evaluation packed."""

from __future__ import annotations

import gzip
import heapq
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from lastro.approvals.authorities.model import Authority, Limit, Score
from lastro.approvals.authorities.store import key_of
from lastro.approvals.reservations.model import Finding, Order, Reservation, Step
from lastro.approvals.reservations.states import HOLDING, Event, State
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import approvals as approval_keys
from lastro.aws.dynamodb.occurrences import tell
from lastro.aws.dynamodb.retained import release, retain
from lastro.aws.dynamodb.table import ABSENT, AbsentOr, Delete, Item, Put, Update, Write
from lastro.aws.dynamodb.tallies import tally, tally_known, tally_new
from lastro.kernel.calendar import format_moment
from lastro.kernel.callers.caller import Panel
from lastro.kernel.keyed_request import Answered
from lastro.kernel.occurrences import Feature, Occurrence
from lastro.kernel.retention import Record

RESERVATION_RECORD = "reservation"
"""What is kept of a person here (``kernel/retention.py``)."""

_SCHEMA = 1
_LAST_ID = 10**12 - 1

Page = tuple[list[Reservation], int | None]
"""Reservations, and the number after which the next page begins."""


class ReservationStore(FirstAnswers):
    """A partner's reservations."""

    def reserve_id(self) -> int:
        """The next number; numbers are never used twice, by no partner."""
        return self._table.reserve(keys.sequence("reservation"), 1)

    def find(self, partner_id: str, reservation_id: int) -> Reservation | None:
        """Read consistently; ``None`` when unknown or another partner's."""
        item = self._table.get(approval_keys.reservation(partner_id, reservation_id))
        return _to_reservation(item) if item else None

    def list_after(self, partner_id: str, reservation_id: int, per_page: int) -> Page:
        """A page of reservations with a higher number, in order."""
        if reservation_id >= _LAST_ID:
            return [], None
        first, last = (
            approval_keys.reservation(partner_id, reservation_id + 1),
            approval_keys.reservation(partner_id, _LAST_ID),
        )
        found = self._table.query(first.pk, at_least=first.sk, at_most=last.sk, limit=per_page + 1)
        rows = [_to_reservation(item) for item in islice(found, per_page + 1)]
        return rows[:per_page], rows[per_page - 1].id if len(rows) > per_page else None

    def list_of_customer(self, partner_id: str, customer_id: int, reservation_id: int, per_page: int) -> Page:
        """The same of one customer: one query of an index, and one batch of what it names."""
        place = approval_keys.customer_reservation_index(partner_id, customer_id, reservation_id + 1)
        return self._list(keys.BY_OWNER, [place], per_page)

    def list_waiting(self, partner_id: str, ranks: Collection[int], reservation_id: int, per_page: int) -> Page:
        """The same of what waits for any of these ranks, a query of a page each.

        A page may be short: an index tells late what was decided.
        """
        places = [approval_keys.waiting_reservation_index(partner_id, rank, reservation_id + 1) for rank in ranks]
        rows, following = self._list(keys.OPEN, places, per_page)
        return [row for row in rows if row.rank in ranks], following

    def _list(self, index: str, places: Sequence[Mapping[str, str]], per_page: int) -> Page:
        pk, sk, most = f"{index}_pk", f"{index}_sk", per_page + 1
        parts = (self._table.query(place[pk], index=index, at_least=place[sk], limit=most) for place in places)
        found = heapq.merge(*parts, key=lambda row: str(row[sk]))
        named = [Key(row["PK"], row["SK"]) for row in islice(found, most)]
        wanted = named[:per_page]
        stored = self._table.get_many(wanted)
        rows = [_to_reservation(stored[key]) for key in wanted if key in stored]
        return rows, int(wanted[-1].sk) if len(named) > per_page else None

    def find_holding(self, partner_id: str, development: str, unit: str) -> int | None:
        """The number of the reservation that holds a unit; ``None`` for one that is free."""
        item = self._table.get(approval_keys.reserved_unit(partner_id, development, unit))
        return item["reservation_id"] if item else None

    def put_new(
        self,
        partner_id: str,
        reservation: Reservation,
        document: str,
        within: Authority | None,
        answered: Answered | None,
    ) -> bool:
        """Keep a new reservation of the customer with a document, tell of it, and hold its unit for it while it may be
        sold by it.

        False when the same request was first, another holds the unit, or ``within``, the requester's limits it was
        judged by, changed meanwhile.
        """
        key = approval_keys.reservation(partner_id, reservation.id)
        occurrence = Occurrence(
            partner_id,
            Feature.RESERVATION,
            str(reservation.id),
            str(reservation.id),
            reservation.created_at,
            customer_id=reservation.order.customer_id,
        )
        record = Record(partner_id, document, RESERVATION_RECORD, str(reservation.id))
        writes: list[Write] = [
            Put(key, _to_item(partner_id, reservation), {"PK": ABSENT}),
            *tally_new(self._table, tally(partner_id, reservation.order.customer_id, reservations=1)),
            retain(record, reservation.created_at),
            tell(occurrence),
        ]
        if reservation.state in HOLDING:
            writes.append(_hold_unit(partner_id, reservation))
        if within is not None:
            writes.append(_unchanged(partner_id, within))
        return self._commit(writes, answered)

    def replace(self, partner_id: str, reservation: Reservation, by: Authority | None = None) -> bool:
        """Keep the next version, as ``by`` decided where an authority did, and free the unit that is held no longer.

        False when somebody else changed the reservation, or the authority, meanwhile.
        """
        key = approval_keys.reservation(partner_id, reservation.id)
        writes: list[Write] = [Put(key, _to_item(partner_id, reservation), {"version": reservation.version - 1})]
        if by is not None:
            writes.append(_unchanged(partner_id, by))
        if reservation.state not in HOLDING:
            held = approval_keys.reserved_unit(partner_id, reservation.order.development, reservation.order.unit)
            writes.append(Delete(held, {"reservation_id": AbsentOr(reservation.id)}))
        return self._commit(writes)

    def erase(self, record: Record, reservation: Reservation) -> bool:
        """Remove a reservation that holds nothing any more; false when somebody changed it meanwhile."""
        key = approval_keys.reservation(record.partner_id, reservation.id)
        counted = tally(record.partner_id, reservation.order.customer_id, reservations=-1)
        gone: list[Write] = [Delete(key, {"version": reservation.version}), release(record)]
        return self._commit([*gone, *tally_known(self._table, counted)])


def put_sold(partner_id: str, reservation: Reservation) -> Put:
    """The write of what was sold, in the transaction of its sale: who cancels it meanwhile ends one or the other."""
    key = approval_keys.reservation(partner_id, reservation.id)
    return Put(key, _to_item(partner_id, reservation), {"version": reservation.version - 1})


def _hold_unit(partner_id: str, reservation: Reservation) -> Put:
    item = {"entity": "reserved_unit", "schema": _SCHEMA, "version": 1, "reservation_id": reservation.id}
    return Put(
        approval_keys.reserved_unit(partner_id, reservation.order.development, reservation.order.unit),
        item,
        {"PK": ABSENT},
    )


def _unchanged(partner_id: str, authority: Authority) -> Update:
    """Writes the version that it requires: whoever changes the authority meanwhile ends the transaction."""
    return Update(key_of(partner_id, authority), {"version": authority.version}, where={"version": authority.version})


def _to_item(partner_id: str, reservation: Reservation) -> Item:
    order, score = reservation.order, reservation.score
    waiting = {}
    if reservation.rank is not None:
        waiting = approval_keys.waiting_reservation_index(partner_id, reservation.rank, reservation.id)
    return {
        "entity": "reservation",
        "schema": _SCHEMA,
        "version": reservation.version,
        "id": reservation.id,
        "development": order.development,
        "unit": order.unit,
        "price_table": order.price_table,
        "customer_id": order.customer_id,
        "requested_by": order.requested_by,
        "lots": order.lots,
        "owed_cents": order.owed_cents,
        "pre_registration_id": order.pre_registration_id,
        "total_cents": order.total_cents,
        "paid_cents": order.paid_cents,
        "flow": gzip.compress(order.flow.encode(), mtime=0),
        "evaluation": gzip.compress(order.evaluation.encode(), mtime=0),
        "met_percent": str(reservation.finding.met_percent),
        "blocked": reservation.finding.blocked,
        "state": reservation.state.value,
        "rank": reservation.rank,
        "exceeded": [limit.value for limit in reservation.exceeded],
        "score": {"inquiry_id": score.inquiry_id, "value": score.value} if score else None,
        "history": [
            {
                "at": format_moment(step.at),
                "by": step.by,
                "event": step.event.value,
                "rank": step.rank,
                "justification": step.justification,
            }
            for step in reservation.history
        ],
        "panel": reservation.panel.value if reservation.panel else None,
        "created_at": format_moment(reservation.created_at),
        "updated_at": format_moment(reservation.updated_at),
        **approval_keys.customer_reservation_index(partner_id, order.customer_id, reservation.id),
        **waiting,
    }


def _sum_payments(flow: str) -> int:
    """Of a row that was kept without the sum."""
    return sum(payment["amount_cents"] * payment["installments"] for payment in json.loads(flow)["payments"])


def _to_reservation(item: Mapping[str, Any]) -> Reservation:
    flow = gzip.decompress(item["flow"]).decode()
    return Reservation(
        id=item["id"],
        order=Order(
            development=item["development"],
            unit=item["unit"],
            price_table=item["price_table"],
            customer_id=item["customer_id"],
            requested_by=item["requested_by"],
            lots=item["lots"],
            owed_cents=item["owed_cents"],
            pre_registration_id=item["pre_registration_id"],
            total_cents=item["total_cents"],
            paid_cents=item["paid_cents"] if "paid_cents" in item else _sum_payments(flow),
            flow=flow,
            evaluation=gzip.decompress(item["evaluation"]).decode(),
        ),
        finding=Finding(Decimal(item["met_percent"]), item["blocked"]),
        state=State(item["state"]),
        rank=item["rank"],
        exceeded=tuple(Limit(name) for name in item["exceeded"]),
        score=Score(item["score"]["inquiry_id"], item["score"]["value"]) if item["score"] else None,
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        history=tuple(map(_to_step, item["history"])),
        version=item["version"],
        panel=Panel(item["panel"]) if item.get("panel") else None,
    )


def _to_step(step: Mapping[str, Any]) -> Step:
    moment = datetime.fromisoformat(step["at"])
    return Step(moment, step["by"], Event(step["event"]), step["rank"], step["justification"])
