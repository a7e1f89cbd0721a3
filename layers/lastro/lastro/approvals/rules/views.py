"""What a partner reads of approval rules. Percentages are decimal texts with at least two places."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from lastro.approvals.evaluation.flow import PaymentKind
from lastro.approvals.fields import CycleNumber, Maximum, Minimum, Moment, RuleId, Version, show_percent
from lastro.approvals.rules.checks import Checks, Divisor, Measure, PhaseCheck, RiskCheck
from lastro.approvals.rules.model import ApprovalRule, Cycle
from lastro.kernel.calendar import format_moment

Excluded = Annotated[list[PaymentKind], Field(description="Kinds of payments left out", examples=[["down_payment"]])]


class CycleView(BaseModel):
    """One cycle of months, its bounds inclusive."""

    number: CycleNumber
    start_month: Annotated[int, Field(description="First month, counted from the signing (month 0)", examples=[0])]
    end_month: Annotated[int, Field(description="Last month", examples=[6])]
    minimum_percent: Annotated[str, Field(description="Of the total price", examples=["10.00"])]
    maximum_percent: Annotated[str | None, Field(description="Of the total price", examples=["40.00"])]
    cumulative: Annotated[
        bool, Field(description="Counts everything due from the signing to end_month", examples=[False])
    ]


class TotalCheckView(BaseModel):
    """The total price as a part of the price in the table (VGV)."""

    minimum_percent: Minimum
    maximum_percent: Maximum


class PhaseCheckView(BaseModel):
    """The instalments of a phase as a part of the total price or of a month's income."""

    measure: Annotated[Measure, Field(description="What is taken of the instalments", examples=["average"])]
    divisor: Annotated[Divisor, Field(description="What it is a part of", examples=["family_income"])]
    minimum_percent: Minimum
    maximum_percent: Maximum
    pre_registration_percent: Annotated[
        str | None,
        Field(description="Part of the pre-registration's instalment that is added; null: none", examples=["100.00"]),
    ]
    excluded_kinds: Excluded


class RiskCheckView(BaseModel):
    """The part of the total price that may still be due."""

    maximum_percent: Annotated[str, Field(description="Greatest percentage, itself included", examples=["30.00"])]
    excluded_kinds: Excluded


class ChecksView(BaseModel):
    """What the rule asks beside its cycles; null: not checked."""

    total_value: Annotated[TotalCheckView | None, Field(description="Total price against the price table")]
    pre_keys: Annotated[PhaseCheckView | None, Field(description="Instalments due until the keys")]
    post_keys: Annotated[PhaseCheckView | None, Field(description="Instalments due after the keys")]
    pre_work_risk: Annotated[RiskCheckView | None, Field(description="What is due until the keys")]
    post_work_risk: Annotated[
        RiskCheckView | None, Field(description="What is due after the occupancy permit (habite-se)")
    ]


class RuleView(BaseModel):
    """A rule for the sales of a development by a price table."""

    id: RuleId
    version: Version
    name: Annotated[str, Field(description="Name of the rule", examples=["Fluxo da tabela 2026"])]
    development: Annotated[str, Field(description="The development it is for", examples=["Residencial Exemplo"])]
    price_table: Annotated[str, Field(description="The price table it is for", examples=["Tabela 2026"])]
    cycles: Annotated[list[CycleView], Field(description="In order of months")]
    checks: ChecksView
    created_at: Moment
    updated_at: Moment


class RuleAnswer(BaseModel):
    """Envelope of one rule."""

    approval_rule: RuleView


class RuleList(BaseModel):
    """A page of the partner's rules, in order of number."""

    approval_rules: Annotated[list[RuleView], Field(description="Rules of this page")]
    next_cursor: Annotated[
        str | None, Field(description="Asks for the next page; null: this is the last", examples=["25"])
    ]


def show_rule(rule: ApprovalRule) -> RuleView:
    """A rule as partners read it."""
    return RuleView(
        id=rule.id,
        version=rule.version,
        name=rule.name,
        development=rule.development,
        price_table=rule.price_table,
        cycles=[_show_cycle(number, cycle) for number, cycle in enumerate(rule.cycles, start=1)],
        checks=_show_checks(rule.checks),
        created_at=format_moment(rule.created_at),
        updated_at=format_moment(rule.updated_at),
    )


def _show_cycle(number: int, cycle: Cycle) -> CycleView:
    return CycleView(
        number=number,
        start_month=cycle.start_month,
        end_month=cycle.end_month,
        minimum_percent=show_percent(cycle.minimum_percent),
        maximum_percent=_percent(cycle.maximum_percent),
        cumulative=cycle.cumulative,
    )


def _show_checks(checks: Checks) -> ChecksView:
    total = checks.total_value
    return ChecksView(
        total_value=TotalCheckView(
            minimum_percent=_percent(total.minimum_percent), maximum_percent=_percent(total.maximum_percent)
        )
        if total
        else None,
        pre_keys=_show_phase(checks.pre_keys),
        post_keys=_show_phase(checks.post_keys),
        pre_work_risk=_show_risk(checks.pre_work_risk),
        post_work_risk=_show_risk(checks.post_work_risk),
    )


def _show_phase(check: PhaseCheck | None) -> PhaseCheckView | None:
    if check is None:
        return None
    return PhaseCheckView(
        measure=check.measure,
        divisor=check.divisor,
        minimum_percent=_percent(check.minimum_percent),
        maximum_percent=_percent(check.maximum_percent),
        pre_registration_percent=_percent(check.pre_registration_percent),
        excluded_kinds=list(check.excluded_kinds),
    )


def _show_risk(check: RiskCheck | None) -> RiskCheckView | None:
    if check is None:
        return None
    return RiskCheckView(maximum_percent=show_percent(check.maximum_percent), excluded_kinds=list(check.excluded_kinds))


def _percent(percent: Decimal | None) -> str | None:
    return None if percent is None else show_percent(percent)
