"""Making reservations: the flow is evaluated by the rule of the sale, and who is to decide is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lastro.approvals.authorities.model import Score
from lastro.approvals.errors import (
    NO_RULE_FOR_SALE,
    PRE_REGISTRATION_MISSING,
    RULE_NOT_FOR_SALE,
    SEVERAL_RULES,
    UNIT_RESERVED,
    UNKNOWN_CUSTOMER,
    UNKNOWN_RULE,
)
from lastro.approvals.evaluation.outcome import evaluate_sale
from lastro.approvals.evaluation.requests import read_flow, sum_payments
from lastro.approvals.evaluation.sale import find_missing_facts
from lastro.approvals.evaluation.views import show_evaluation
from lastro.approvals.reservations.model import Finding, Order, make_reservation
from lastro.approvals.reservations.views import ReservationAnswer, show_reservation
from lastro.approvals.rules.model import ApprovalRule, adds_pre_registration, is_for_sale
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, FieldError, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.texts.names import same_person

if TYPE_CHECKING:
    from lastro.approvals.authorities.store import AuthorityStore
    from lastro.approvals.reservations.requests import CreateReservation, SentReservation
    from lastro.approvals.reservations.store import ReservationStore
    from lastro.approvals.rules.store import RuleStore
    from lastro.bureaus.service import SubjectScores
    from lastro.customers.service import KnownCustomers
    from lastro.kernel.calendar import Clock
    from lastro.kernel.callers.caller import Caller

REPORT_AGE = timedelta(days=90)
"""How old a bureau's report may be that limits are held against."""


@dataclass(frozen=True)
class Reservations:
    """A partner's reservations."""

    store: ReservationStore
    rules: RuleStore
    authorities: AuthorityStore
    scores: SubjectScores
    customers: KnownCustomers
    clock: Clock

    def create(self, request: CreateReservation, caller: Caller) -> ReservationAnswer:
        """A new reservation with its evaluation. The same request again gives the first answer again.

        Raises ``InvalidInput`` for a flow that cannot be, for facts of the sale that the rule checks and that are not
        sent, for a customer there is not, and for a sale that no rule or more than one is for; ``Conflict`` for a unit
        that another reservation holds, and for an ``Idempotency-Key`` that came with another request or is being
        worked.
        """
        sent = request.reservation
        flow = read_flow(sent.flow, "reservation.flow")
        keyed = KeyedRequest.of(f"create_reservation#{caller.holder}", request.idempotency_key, sent.model_dump_json())

        def create_once() -> ReservationAnswer | None:
            now = self.clock.now()
            first = self.store.find_answer(keyed, now)
            if first is not None:
                return ReservationAnswer.model_validate_json(first)
            document = self.customers.find_document(caller.partner_id, sent.customer_id)
            if document is None:
                raise InvalidInput([UNKNOWN_CUSTOMER.at("reservation.customer_id")])
            rule = self._find_rule(caller.partner_id, sent)
            _check_facts(rule, sent)
            held = self.store.find_holding(caller.partner_id, sent.development, sent.unit)
            if held is not None:
                raise UNIT_RESERVED(reservation=held)
            authorities = self.authorities.list(caller.partner_id)
            outcome = evaluate_sale(rule, flow, sent.flow.to_facts())
            reservation = make_reservation(
                self.store.reserve_id(),
                _order(sent, show_evaluation(outcome).model_dump_json()),
                Finding(outcome.met_percent(), outcome.blocked),
                find_score(self.scores, caller.partner_id, sent.customer_id, now),
                authorities,
                now,
            )
            reservation = replace(reservation, panel=caller.panel)
            answer = show_reservation(reservation, scored=reservation.scores_are_shown_to(caller))
            answered = Answered.to(keyed, answer.model_dump_json(), now)
            own = next((one for one in authorities if same_person(one.name, sent.requested_by)), None)
            return answer if self.store.put_new(caller.partner_id, reservation, document, own, answered) else None

        return until_committed(create_once, IN_PROGRESS)

    def _find_rule(self, partner_id: str, sent: SentReservation) -> ApprovalRule:
        number = sent.approval_rule_id
        if number is None:
            found = self.rules.list_for_sale(partner_id, sent.development, sent.price_table)
            if not found:
                raise InvalidInput([NO_RULE_FOR_SALE.at("reservation.price_table")])
            if len(found) > 1:
                several = ", ".join(map(str, found))
                raise InvalidInput([SEVERAL_RULES.at("reservation.approval_rule_id", rules=several)])
            number = found[0]
        rule = self.rules.find(partner_id, number)
        if rule is None:
            raise InvalidInput([UNKNOWN_RULE.at("reservation.approval_rule_id")])
        if not is_for_sale(rule, sent.development, sent.price_table):
            raise InvalidInput([RULE_NOT_FOR_SALE.at("reservation.approval_rule_id", rule=number)])
        return rule


def find_score(scores: SubjectScores, partner_id: str, customer_id: int, now: datetime) -> Score | None:
    """What a bureau last said of a customer, whose number is the id of the client that was inquired about."""
    found = scores.find_latest(partner_id, str(customer_id), now - REPORT_AGE)
    return Score(found.inquiry_id, found.value) if found else None


def _check_facts(rule: ApprovalRule, sent: SentReservation) -> None:
    faults: list[FieldError] = find_missing_facts(rule.checks, sent.flow.to_facts(), "reservation.flow")
    if adds_pre_registration(rule.checks) and sent.pre_registration_id is None:
        faults.append(PRE_REGISTRATION_MISSING.at("reservation.pre_registration_id"))
    if faults:
        raise InvalidInput(faults)


def _order(sent: SentReservation, evaluation: str) -> Order:
    return Order(
        development=sent.development,
        unit=sent.unit,
        price_table=sent.price_table,
        customer_id=sent.customer_id,
        requested_by=sent.requested_by,
        lots=sent.lots,
        owed_cents=sent.owed_cents,
        pre_registration_id=sent.pre_registration_id,
        total_cents=sent.flow.total_cents,
        paid_cents=sum_payments(sent.flow),
        flow=sent.flow.model_dump_json(),
        evaluation=evaluation,
    )
