"""Reservations in the table (keys in ``aws/dynamodb/keys``): one row each, the flow and its evaluation packed."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from lastro.approvals.authorities.model import Limit, Score
from lastro.approvals.reservations.model import Finding, Order, Reservation, Step
from lastro.approvals.reservations.states import Event, State
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.attempts import Attempts
from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import approvals as approval_keys
from lastro.aws.dynamodb.table import ABSENT, Item, Put
from lastro.kernel.attempt import Answered
from lastro.kernel.calendar import format_moment

_SCHEMA = 1
_LAST_ID = 10**12 - 1

Page = tuple[list[Reservation], int | None]
"""Reservations, and the number after which the next page begins."""


class ReservationStore(Attempts):
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
        return self._list(keys.BY_OWNER, place, per_page)

    def list_waiting(self, partner_id: str, rank: int, reservation_id: int, per_page: int) -> Page:
        """The same of what waits for a rank. A page may be short: an index tells late what was decided."""
        place = approval_keys.waiting_reservation_index(partner_id, rank, reservation_id + 1)
        rows, following = self._list(keys.OPEN, place, per_page)
        return [row for row in rows if row.rank == rank], following

    def _list(self, index: str, place: Mapping[str, str], per_page: int) -> Page:
        found = self._table.query(place[f"{index}_pk"], index=index, at_least=place[f"{index}_sk"], limit=per_page + 1)
        named = [Key(row["PK"], row["SK"]) for row in islice(found, per_page + 1)]
        wanted = named[:per_page]
        stored = self._table.get_many(wanted)
        rows = [_to_reservation(stored[key]) for key in wanted if key in stored]
        return rows, int(wanted[-1].sk) if len(named) > per_page else None

    def put_new(self, partner_id: str, reservation: Reservation, answered: Answered | None) -> bool:
        """Keep a new reservation. False when the same attempt was first."""
        key = approval_keys.reservation(partner_id, reservation.id)
        return self._commit([Put(key, _to_item(partner_id, reservation), {"PK": ABSENT})], answered)

    def replace(self, partner_id: str, reservation: Reservation) -> bool:
        """Keep the next version. False when somebody else changed it meanwhile."""
        key = approval_keys.reservation(partner_id, reservation.id)
        return self._commit([Put(key, _to_item(partner_id, reservation), {"version": reservation.version - 1})])


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
        "created_at": format_moment(reservation.created_at),
        "updated_at": format_moment(reservation.updated_at),
        **approval_keys.customer_reservation_index(partner_id, order.customer_id, reservation.id),
        **waiting,
    }


def _to_reservation(item: Mapping[str, Any]) -> Reservation:
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
            flow=gzip.decompress(item["flow"]).decode(),
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
    )


def _to_step(step: Mapping[str, Any]) -> Step:
    moment = datetime.fromisoformat(step["at"])
    return Step(moment, step["by"], Event(step["event"]), step["rank"], step["justification"])
