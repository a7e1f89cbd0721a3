"""Assigning sales: asked for by one, decided by another, and reading assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.approvals.assignments.model import STATE_TEXTS, Assignment, AssignmentState, AssignmentStep, Verdict, decide
from lastro.approvals.assignments.views import (
    AssignmentAnswer,
    AssignmentList,
    show_assignment,
    show_assignment_row,
)
from lastro.approvals.errors import (
    ASSIGNEE_GONE,
    ASSIGNMENT_BUSY,
    ASSIGNMENT_DECIDED,
    ASSIGNMENT_NOT_FOUND,
    BEFORE_SALE,
    HOLDS_SALE,
    NO_AUTHORITY,
    NOT_OF_SALE,
    OWN_ASSIGNMENT,
    SALE_ASSIGNED,
    UNKNOWN_CUSTOMER,
    UNKNOWN_SALE,
)
from lastro.approvals.sales.model import Party, Sale, close, open_for
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.texts.names import same_person

if TYPE_CHECKING:
    from lastro.approvals.assignments.requests import (
        CreateAssignment,
        DecideAssignment,
        FindAssignment,
        ListAssignments,
        SentAssignment,
    )
    from lastro.approvals.assignments.store import AssignmentStore
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.sales.store import SaleStore
    from lastro.customers.service import KnownCustomers
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller


@dataclass(frozen=True)
class Assigning:
    """What asks for assignments and decides on them."""

    store: AssignmentStore
    sales: SaleStore
    authorities: AuthorityStore
    customers: KnownCustomers
    clock: Clock

    def create(self, request: CreateAssignment, caller: Caller) -> AssignmentAnswer:
        """Ask for an assignment; a sale has one at a time. The same request again gives the first answer again.

        Raises ``InvalidInput`` for a sale or a customer there is not, and for parties that do not fit the sale;
        ``Conflict`` for a sale with an assignment that waits for a decision, and for an ``Idempotency-Key`` that came
        with another request or is being worked.
        """
        sent = request.assignment
        partner_id = caller.partner_id
        keyed = KeyedRequest.of(f"create_assignment#{caller.holder}", request.idempotency_key, sent.model_dump_json())

        def create_once() -> AssignmentAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return AssignmentAnswer.model_validate_json(first)
            sale = self.sales.find(partner_id, sent.sale_id)
            if sale is None:
                raise InvalidInput([UNKNOWN_SALE.at("assignment.sale_id")])
            parties = self._find_parties(partner_id, sale, sent)
            if sale.open_assignment is not None:
                raise SALE_ASSIGNED(assignment=sale.open_assignment)
            assignment = Assignment(
                id=self.store.reserve_id(),
                sale_id=sale.id,
                development=sale.development,
                unit=sale.unit,
                from_customer_id=sent.from_customer_id,
                to_customer_id=sent.to_customer_id,
                assigned_on=sent.assigned_on,
                requested_by=sent.requested_by,
                state=AssignmentState.AWAITING_DECISION,
                created_at=now,
                updated_at=now,
                history=(AssignmentStep(now, sent.requested_by, AssignmentState.AWAITING_DECISION, None),),
            )
            answer = show_assignment(assignment)
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            waiting = open_for(sale, assignment.id, now)
            return answer if self.store.put_new(partner_id, assignment, parties, waiting, answered) else None

        return until_committed(create_once, IN_PROGRESS)

    def decide(self, request: DecideAssignment, caller: Caller) -> AssignmentAnswer:
        """Approve, and the sale is the other customer's; or refuse, and it stays where it is.

        Raises ``NotFound``; ``Forbidden`` to who asked for it, and to who is no authority where the partner named any;
        ``Conflict`` for what was decided before and for approving one to a
        customer that was erased meanwhile.
        """
        asked, partner_id = request.decision, caller.partner_id

        def decide_once() -> AssignmentAnswer | None:
            before = self.store.find(partner_id, request.assignment_id)
            if before is None:
                raise ASSIGNMENT_NOT_FOUND()
            if before.state is not AssignmentState.AWAITING_DECISION:
                raise ASSIGNMENT_DECIDED(state=STATE_TEXTS[before.state])
            if same_person(asked.decided_by, before.requested_by):
                raise OWN_ASSIGNMENT()
            named = self.authorities.list(partner_id)
            if named and not any(one.enabled and same_person(one.name, asked.decided_by) for one in named):
                raise NO_AUTHORITY()
            now = self.clock.now()
            after = decide(before, Verdict(asked.verdict), asked.decided_by, asked.justification, now)
            sale = self.sales.find(partner_id, before.sale_id)
            if sale is None or sale.open_assignment != before.id:
                return None
            parties = self.store.find_parties(partner_id, before)
            if parties is None:
                return None
            left, came = parties
            approved = after.state is AssignmentState.APPROVED
            if approved and self.customers.find_document(partner_id, came.customer_id) is None:
                raise ASSIGNEE_GONE()
            closed = close(sale, now, (left.customer_id, came.customer_id) if approved else None)
            return show_assignment(after) if self.store.replace(partner_id, after, closed, parties) else None

        return until_committed(decide_once, ASSIGNMENT_BUSY)

    def _find_parties(self, partner_id: str, sale: Sale, sent: SentAssignment) -> tuple[Party, Party]:
        holder = self.sales.find_holder(partner_id, sale.id, sent.from_customer_id)
        document = self.customers.find_document(partner_id, sent.to_customer_id)
        faults = []
        if sent.assigned_on < sale.signed_on:
            faults.append(BEFORE_SALE.at("assignment.assigned_on", signed_on=sale.signed_on.isoformat()))
        if holder is None:
            faults.append(NOT_OF_SALE.at("assignment.from_customer_id"))
        if sent.to_customer_id in sale.customer_ids:
            faults.append(HOLDS_SALE.at("assignment.to_customer_id"))
        elif document is None:
            faults.append(UNKNOWN_CUSTOMER.at("assignment.to_customer_id"))
        if holder is None or document is None or faults:
            raise InvalidInput(faults)
        return holder, Party(sent.to_customer_id, document)


@dataclass(frozen=True)
class AssignmentReading:
    """A partner's assignments, as they are."""

    store: AssignmentStore

    def show(self, request: FindAssignment, caller: Caller) -> AssignmentAnswer:
        """Raises ``NotFound``."""
        assignment = self.store.find(caller.partner_id, request.assignment_id)
        if assignment is None:
            raise ASSIGNMENT_NOT_FOUND()
        return show_assignment(assignment)

    def list_page(self, request: ListAssignments, caller: Caller) -> AssignmentList:
        """One page."""
        partner_id, after, per_page = caller.partner_id, request.cursor or 0, request.per_page
        if request.customer_id is None:
            rows, following = self.store.list_after(partner_id, after, per_page)
        else:
            rows, following = self.store.list_of_customer(partner_id, request.customer_id, after, per_page)
        cursor = None if following is None else str(following)
        return AssignmentList(assignments=[show_assignment_row(row) for row in rows], next_cursor=cursor)
