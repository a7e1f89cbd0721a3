"""Assignments in the table (keys in ``aws/dynamodb/keys``): one row each, and a row for each party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from lastro.approvals.assignments.model import Assignment, AssignmentState, AssignmentStep, leave
from lastro.approvals.sales.model import Party, Sale
from lastro.approvals.sales.store import change_holder, put_sale
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

ASSIGNMENT_RECORD = "assignment"
"""What is kept of each party of an assignment (``kernel/retention.py``), by ``<assignment>-<customer>``."""

_SCHEMA = 1


class AssignmentStore(NumberedStore):
    """A partner's assignments."""

    def reserve_id(self) -> int:
        """The next number; numbers are never used twice, by no partner."""
        return self._table.reserve(keys.sequence("assignment"), 1)

    def find(self, partner_id: str, assignment_id: int) -> Assignment | None:
        """Read consistently; ``None`` when unknown or another partner's."""
        item = self._table.get(approval_keys.assignment(partner_id, assignment_id))
        return _to_assignment(item) if item else None

    def list_after(self, partner_id: str, after: int, per_page: int) -> tuple[list[Assignment], int | None]:
        """A page of assignments with a higher number, in order."""
        rows, following = self._page(lambda number: approval_keys.assignment(partner_id, number), after, per_page)
        return [_to_assignment(row) for row in rows], following

    def list_of_customer(
        self, partner_id: str, customer_id: int, after: int, per_page: int
    ) -> tuple[list[Assignment], int | None]:
        """The same of those in which a customer is either party."""
        rows, following = self._page_of(
            lambda number: approval_keys.assignment_of_customer(partner_id, customer_id, number),
            lambda number: approval_keys.assignment(partner_id, number),
            after,
            per_page,
        )
        return [_to_assignment(row) for row in rows], following

    def find_parties(self, partner_id: str, assignment: Assignment) -> tuple[Party, Party] | None:
        """Who hands over and who takes, also once their own records ended; ``None`` once either's part here ended."""
        numbers = (assignment.from_customer_id, assignment.to_customer_id)
        places = [_party(partner_id, number, assignment.id) for number in numbers if number is not None]
        found = self._table.get_many(places)
        parties = [
            Party(number, found[place]["document"])
            for number in numbers
            if number is not None and (place := _party(partner_id, number, assignment.id)) in found
        ]
        return (parties[0], parties[1]) if len(parties) == 2 else None

    def put_new(
        self,
        partner_id: str,
        assignment: Assignment,
        parties: tuple[Party, Party],
        sale: Sale,
        answered: Answered | None,
    ) -> bool:
        """Keep a new assignment, for which the sale waits from now on.

        False when the same request was first, or the sale was changed meanwhile.
        """
        key = approval_keys.assignment(partner_id, assignment.id)
        writes: list[Write] = [Put(key, _to_item(assignment), {"PK": ABSENT}), put_sale(partner_id, sale)]
        for party in parties:
            item = {"entity": "assignment_of_customer", "schema": _SCHEMA, "document": party.document}
            record = Record(partner_id, party.document, ASSIGNMENT_RECORD, f"{assignment.id}-{party.customer_id}")
            writes += [
                Put(_party(partner_id, party.customer_id, assignment.id), item),
                retain(record, assignment.created_at),
            ]
        left, came = parties
        writes += tally_known(self._table, tally(partner_id, left.customer_id, assignments=1))
        writes += tally_new(self._table, tally(partner_id, came.customer_id, assignments=1))
        return self._commit(writes, answered)

    def replace(self, partner_id: str, assignment: Assignment, sale: Sale, parties: tuple[Party, Party]) -> bool:
        """Keep a decision, and the sale with who holds it now; of what is approved it tells, about who took it.

        False when somebody else changed either meanwhile.
        """
        key = approval_keys.assignment(partner_id, assignment.id)
        writes: list[Write] = [
            Put(key, _to_item(assignment), {"version": assignment.version - 1}),
            put_sale(partner_id, sale),
        ]
        if assignment.state is AssignmentState.APPROVED:
            left, came = parties
            number, at = str(assignment.id), assignment.updated_at
            occurrence = Occurrence(partner_id, Feature.ASSIGNMENT, number, number, at, customer_id=came.customer_id)
            writes += [
                *change_holder(partner_id, sale.id, left, came, at),
                *tally_known(self._table, tally(partner_id, left.customer_id, sales=-1)),
                # Who takes it was there when it was looked for: a sale passes to nobody who is erased since.
                *tally_new(self._table, tally(partner_id, came.customer_id, sales=1)),
                tell(occurrence),
            ]
        return self._commit(writes)

    def erase(self, record: Record, assignment: Assignment, customer_id: int) -> bool:
        """Remove what an assignment says of one party, and the assignment once it says nothing of the other either.

        False when somebody changed it meanwhile.
        """
        partner_id, left = record.partner_id, leave(assignment, customer_id)
        key, where = approval_keys.assignment(partner_id, assignment.id), {"version": assignment.version}
        alone = left.from_customer_id is None and left.to_customer_id is None
        writes: list[Write] = [
            Delete(key, where) if alone else Put(key, _to_item(left), where),
            Delete(_party(partner_id, customer_id, assignment.id)),
            release(record),
        ]
        return self._commit([*writes, *tally_known(self._table, tally(partner_id, customer_id, assignments=-1))])


def _party(partner_id: str, customer_id: int, assignment_id: int) -> Key:
    return approval_keys.assignment_of_customer(partner_id, customer_id, assignment_id)


def _to_item(assignment: Assignment) -> Item:
    return {
        "entity": "assignment",
        "schema": _SCHEMA,
        "version": assignment.version,
        "id": assignment.id,
        "sale_id": assignment.sale_id,
        "development": assignment.development,
        "unit": assignment.unit,
        "from_customer_id": assignment.from_customer_id,
        "to_customer_id": assignment.to_customer_id,
        "assigned_on": assignment.assigned_on.isoformat(),
        "requested_by": assignment.requested_by,
        "state": assignment.state.value,
        "created_at": format_moment(assignment.created_at),
        "updated_at": format_moment(assignment.updated_at),
        "history": [
            {
                "at": format_moment(step.at),
                "by": step.by,
                "state": step.state.value,
                "justification": step.justification,
            }
            for step in assignment.history
        ],
    }


def _to_assignment(item: Mapping[str, Any]) -> Assignment:
    return Assignment(
        id=item["id"],
        sale_id=item["sale_id"],
        development=item["development"],
        unit=item["unit"],
        from_customer_id=item["from_customer_id"],
        to_customer_id=item["to_customer_id"],
        assigned_on=date.fromisoformat(item["assigned_on"]),
        requested_by=item["requested_by"],
        state=AssignmentState(item["state"]),
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        history=tuple(
            AssignmentStep(
                datetime.fromisoformat(step["at"]), step["by"], AssignmentState(step["state"]), step["justification"]
            )
            for step in item["history"]
        ),
        version=item["version"],
    )
