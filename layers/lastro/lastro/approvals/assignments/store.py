"""Assignments in the table (keys in ``aws/dynamodb/keys``): one row each, and a row for each party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from lastro.approvals.assignments.model import Assignment, AssignmentState, AssignmentStep
from lastro.approvals.sales.model import Sale
from lastro.approvals.sales.store import change_holder, put_sale
from lastro.approvals.store import NumberedStore
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.keys import approvals as approval_keys
from lastro.aws.dynamodb.occurrences import tell
from lastro.aws.dynamodb.table import ABSENT, Item, Put, Write
from lastro.aws.dynamodb.tallies import tally
from lastro.kernel.attempt import Answered
from lastro.kernel.calendar import format_moment
from lastro.kernel.occurrences import Feature, Occurrence

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

    def put_new(self, partner_id: str, assignment: Assignment, sale: Sale, answered: Answered | None) -> bool:
        """Keep a new assignment, for which the sale waits from now on.

        False when the same attempt was first, or the sale was changed meanwhile.
        """
        key = approval_keys.assignment(partner_id, assignment.id)
        writes: list[Write] = [Put(key, _to_item(assignment), {"PK": ABSENT}), put_sale(partner_id, sale)]
        for customer_id in (assignment.from_customer_id, assignment.to_customer_id):
            place = approval_keys.assignment_of_customer(partner_id, customer_id, assignment.id)
            writes += [
                Put(place, {"entity": "assignment_of_customer", "schema": _SCHEMA}),
                tally(partner_id, customer_id, assignments=1),
            ]
        return self._commit(writes, answered)

    def replace(self, partner_id: str, assignment: Assignment, sale: Sale) -> bool:
        """Keep a decision, and the sale with who holds it now; of what is approved it tells, about who took it.

        False when somebody else changed either meanwhile.
        """
        key = approval_keys.assignment(partner_id, assignment.id)
        writes: list[Write] = [
            Put(key, _to_item(assignment), {"version": assignment.version - 1}),
            put_sale(partner_id, sale),
        ]
        if assignment.state is AssignmentState.APPROVED:
            left, came = assignment.from_customer_id, assignment.to_customer_id
            number, at = str(assignment.id), assignment.updated_at
            occurrence = Occurrence(partner_id, Feature.ASSIGNMENT, number, number, at, customer_id=came)
            writes += [*change_holder(partner_id, sale.id, left, came), tell(occurrence)]
        return self._commit(writes)


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
