"""A payment flow as a partner sends it: dated amounts, and series that repeat one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from lastro.approvals.errors import (
    DUE_BEFORE_SIGNING,
    DUE_TOO_LATE,
    IMPLAUSIBLE_PAYMENTS,
    ONE_PAYMENT,
    TOO_MANY_PAYMENTS,
)
from lastro.approvals.evaluation.flow import MONTHS_BETWEEN, Flow, Payment, PaymentKind
from lastro.approvals.evaluation.sale import Facts
from lastro.approvals.rules.requests import VersionNumber
from lastro.kernel.calendar import add_months
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.wire.amounts import InCents, InWhole
from lastro.wire.days import LAST_DAY, Day
from lastro.wire.identifiers import Number
from lastro.wire.objects import WireObject
from lastro.wire.requests import Request

MOST_PAYMENTS = 600
MOST_TIMES_TOTAL = 10
"""How many times the price its payments may come to: beyond, a digit was typed too many, or R$ were sent for cents."""


class SentPayment(WireObject):
    """One dated amount, or a series: ``installments`` times the amount, the first of them due on ``due_date``."""

    due_date: Annotated[Day, Field(description="The day it is due; of a series, the first day")]
    amount_cents: Annotated[
        int, InCents(least=1), Field(description="Of each instalment, in cents", examples=[5000000])
    ]
    kind: Annotated[PaymentKind, Field(description="How the payment repeats", examples=["monthly"])] = (
        PaymentKind.SINGLE
    )
    installments: Annotated[
        int, InWhole(1, MOST_PAYMENTS), Field(description="How many times it is due", examples=[36])
    ] = 1


class SentFlow(WireObject):
    """What the buyer is to pay, and the price that percentages are taken of."""

    signed_on: Annotated[Day, Field(description="Day of the signing: its month is month 0")]
    total_cents: Annotated[int, InCents(least=1), Field(description="Total price, in cents", examples=[50000000])]
    payments: Annotated[
        list[SentPayment],
        Field(min_length=1, max_length=MOST_PAYMENTS, description="At most 600, the instalments of series counted"),
    ]

    table_price_cents: Annotated[
        int | None, InCents(least=1), Field(description="Price in the table, in cents", examples=[52000000])
    ] = None
    keys_on: Annotated[Day | None, Field(description="Day on which the keys are handed over")] = None
    occupancy_permit_on: Annotated[Day | None, Field(description="Day of the occupancy permit (habite-se)")] = None
    customer_income_cents: Annotated[
        int | None, InCents(least=1), Field(description="The customer's income of a month, in cents", examples=[900000])
    ] = None
    associates_income_cents: Annotated[
        int | None, InCents(), Field(description="The associates' income of a month, in cents", examples=[300000])
    ] = None
    pre_registration_installment_cents: Annotated[
        int | None, InCents(), Field(description="Instalment of the pre-registration, in cents", examples=[150000])
    ] = None

    def to_facts(self) -> Facts:
        return Facts(
            self.table_price_cents,
            self.keys_on,
            self.occupancy_permit_on,
            self.customer_income_cents,
            self.associates_income_cents,
            self.pre_registration_installment_cents,
        )


class EvaluateRule(Request):
    """Path, query and body of ``POST /api/v1/approval_rules/{approval_rule_id}/evaluate``."""

    query_fields = frozenset({"version"})

    approval_rule_id: Number
    version: Annotated[VersionNumber | None, Field(description="Evaluates by the rule as it was; absent: as it is")] = (
        None
    )
    flow: SentFlow


def read_flow(sent: SentFlow, at: str = "flow") -> Flow:
    """The flow with every series written out, in the order sent; ``at`` is where it stands in the request.

    Raises ``InvalidInput`` naming the payments that are due before the signing or after the year 2100, that repeat
    although their kind does not, that there are too many of, or that come to more than ten times the price.
    """
    faults: list[FieldError] = []
    payments: list[Payment] = []
    count = sum(payment.installments for payment in sent.payments)
    if count > MOST_PAYMENTS:
        raise InvalidInput([TOO_MANY_PAYMENTS.at(f"{at}.payments", count=count, most=MOST_PAYMENTS)])
    for position, payment in enumerate(sent.payments):
        path = f"{at}.payments.{position}"
        apart = MONTHS_BETWEEN.get(payment.kind, 0)
        if payment.due_date < sent.signed_on:
            faults.append(DUE_BEFORE_SIGNING.at(f"{path}.due_date"))
        elif not apart and payment.installments > 1:
            faults.append(ONE_PAYMENT.at(f"{path}.installments"))
        elif _last_due(payment, apart) > LAST_DAY:
            faults.append(DUE_TOO_LATE.at(f"{path}.installments"))
        else:
            payments += [
                Payment(add_months(payment.due_date, apart * each), payment.amount_cents, payment.kind)
                for each in range(payment.installments)
            ]
    paid = sum_payments(sent)
    if paid > MOST_TIMES_TOTAL * sent.total_cents:
        faults.append(IMPLAUSIBLE_PAYMENTS.at(f"{at}.payments", paid=paid, most=MOST_TIMES_TOTAL))
    if faults:
        raise InvalidInput(faults)
    return Flow(sent.signed_on, sent.total_cents, tuple(payments))


def sum_payments(sent: SentFlow) -> int:
    """What all payments come to, series written out, in cents."""
    return sum(payment.amount_cents * payment.installments for payment in sent.payments)


def _last_due(payment: SentPayment, apart: int) -> date:
    return add_months(payment.due_date, apart * (payment.installments - 1))
