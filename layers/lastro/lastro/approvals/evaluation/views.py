"""What a partner reads of an evaluation. Amounts are cents; positions count from 0, cycles from 1."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from lastro.approvals.evaluation.change import Move
from lastro.approvals.evaluation.cycles import CycleOutcome
from lastro.approvals.evaluation.outcome import SaleOutcome
from lastro.approvals.evaluation.sale import CheckOutcome
from lastro.approvals.fields import CycleNumber, Maximum, Minimum, RuleId, Version, show_percent
from lastro.kernel.money import EXACT

Position = Annotated[int, Field(description="Position in payments, from 0", examples=[0])]
Cents = Annotated[int, Field(description="In cents", examples=[5000000])]


class UsedRule(BaseModel):
    """The rule, in the version that was used."""

    id: RuleId
    version: Version


class PaymentView(BaseModel):
    """One instalment of the flow; series are written out."""

    due_date: Annotated[str, Field(description="YYYY-MM-DD", examples=["2026-12-10"])]
    amount_cents: Cents
    month: Annotated[int, Field(description="Whole months from the signing; its day is month 0", examples=[6])]


class OutcomeView(BaseModel):
    """What one cycle asks and what was found."""

    number: CycleNumber
    approved: Annotated[bool, Field(description="Within both bounds, themselves included", examples=[True])]
    required_cents: Cents
    maximum_cents: Annotated[int | None, Field(description="Null: the cycle has no maximum", examples=[20000000])]
    found_cents: Cents
    found_percent: Annotated[
        str, Field(description="Of the total price, four places, half to even; the cents decide", examples=["12.0000"])
    ]
    missing_cents: Annotated[int, Field(description="How far it is below its minimum, 0 if it is not", examples=[0])]
    excess_cents: Annotated[int, Field(description="How far it is above its maximum, 0 if it is not", examples=[0])]
    margin_cents: Annotated[
        int, Field(description="Found less required: what it could lose and still have its minimum", examples=[1000000])
    ]
    room_cents: Annotated[
        int | None, Field(description="Maximum less found: what it could gain; null without a maximum", examples=[0])
    ]
    payments: Annotated[list[int], Field(description="Positions in payments that counted, from 0", examples=[[0, 1]])]


class CheckView(BaseModel):
    """What one check beside the cycles asks and what was found."""

    name: Annotated[str, Field(description="As in the rule's checks", examples=["pre_keys"])]
    approved: Annotated[bool, Field(description="Within its bounds, themselves included", examples=[True])]
    found_percent: Annotated[
        str, Field(description="Four places, half to even; the exact figure decides", examples=["27.5000"])
    ]
    minimum_percent: Minimum
    maximum_percent: Maximum
    divided_by_cents: Annotated[
        int, Field(description="What the percentage is taken of, in cents", examples=[50000000])
    ]
    payments: Annotated[list[int], Field(description="Positions in payments that counted, from 0", examples=[[0, 1]])]


class MoveView(BaseModel):
    """Cents that would have to be due in other months."""

    from_payment: Position
    from_month: Annotated[int, Field(description="The month they are due in now", examples=[36])]
    to_cycle: Annotated[
        int | None, Field(description="The cycle they have to be due in; null: months of no cycle", examples=[1])
    ]
    to_first_month: Annotated[int, Field(description="First of the months that will do", examples=[0])]
    to_last_month: Annotated[
        int | None, Field(description="Last of them; null: every later month will do", examples=[6])
    ]
    amount_cents: Cents


class EvaluationView(BaseModel):
    """Whether a flow meets a rule, and what it would take."""

    approved: Annotated[bool, Field(description="Every cycle and every check is met", examples=[False])]
    approval_rule: UsedRule
    cycles: Annotated[list[OutcomeView], Field(description="In the rule's order")]
    checks: Annotated[list[CheckView], Field(description="The checks that the rule makes beside its cycles")]
    smallest_change: Annotated[
        list[MoveView] | None,
        Field(
            description="The fewest cents to move so that the flow is approved, moved cents being due on the first day "
            "of their months: empty when it is, null when no move of its own payments meets every cycle, or a "
            "check would still refuse it"
        ),
    ]
    payments: Annotated[list[PaymentView], Field(description="The flow as it was read, in the order sent")]


class EvaluationAnswer(BaseModel):
    """Envelope of an evaluation."""

    evaluation: EvaluationView


def show_evaluation(outcome: SaleOutcome) -> EvaluationView:
    """An evaluation as partners read it."""
    flow, moves = outcome.flow, outcome.smallest_change
    months = flow.months()
    return EvaluationView(
        approved=outcome.approved,
        approval_rule=UsedRule(id=outcome.rule_id, version=outcome.rule_version),
        cycles=[_show_outcome(number, one, flow.total_cents) for number, one in enumerate(outcome.cycles, start=1)],
        checks=[_show_check(check) for check in outcome.checks],
        smallest_change=None if moves is None else [_show_move(move, months) for move in moves],
        payments=[
            PaymentView(due_date=payment.due_date.isoformat(), amount_cents=payment.amount_cents, month=month)
            for payment, month in zip(flow.payments, months, strict=True)
        ],
    )


def _show_outcome(number: int, outcome: CycleOutcome, total_cents: int) -> OutcomeView:
    found = EXACT.divide(Decimal(100 * outcome.found_cents), Decimal(total_cents))
    maximum = outcome.maximum_cents
    return OutcomeView(
        number=number,
        approved=outcome.approved,
        required_cents=outcome.required_cents,
        maximum_cents=maximum,
        found_cents=outcome.found_cents,
        found_percent=f"{EXACT.quantize(found, Decimal('0.0001')):f}",
        missing_cents=outcome.missing_cents,
        excess_cents=outcome.excess_cents,
        margin_cents=outcome.found_cents - outcome.required_cents,
        room_cents=None if maximum is None else maximum - outcome.found_cents,
        payments=list(outcome.payments),
    )


def _show_check(check: CheckOutcome) -> CheckView:
    return CheckView(
        name=check.name,
        approved=check.approved,
        found_percent=f"{check.found_percent():f}",
        minimum_percent=None if check.minimum_percent is None else show_percent(check.minimum_percent),
        maximum_percent=None if check.maximum_percent is None else show_percent(check.maximum_percent),
        divided_by_cents=check.divided_by_cents,
        payments=list(check.payments),
    )


def _show_move(move: Move, months: Sequence[int]) -> MoveView:
    return MoveView(
        from_payment=move.from_payment,
        from_month=months[move.from_payment],
        to_cycle=None if move.to.cycle is None else move.to.cycle + 1,
        to_first_month=move.to.first_month,
        to_last_month=move.to.last_month,
        amount_cents=move.amount_cents,
    )
