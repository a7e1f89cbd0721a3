"""What a partner reads of approval rules. Percentages are decimal texts with at least two places."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from lastro.approvals.rules.model import ApprovalRule, Cycle
from lastro.kernel.calendar import format_moment

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
RuleId = Annotated[int, Field(description="Number of the rule", examples=[1])]
Version = Annotated[int, Field(description="From 1; each change makes the next", examples=[1])]
CycleNumber = Annotated[int, Field(description="The first cycle is 1", examples=[1])]


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


class RuleView(BaseModel):
    """A rule for the sales of a development by a price table."""

    id: RuleId
    version: Version
    name: Annotated[str, Field(description="Name of the rule", examples=["Fluxo da tabela 2026"])]
    development: Annotated[str, Field(description="The development it is for", examples=["Residencial Exemplo"])]
    price_table: Annotated[str, Field(description="The price table it is for", examples=["Tabela 2026"])]
    cycles: Annotated[list[CycleView], Field(description="In order of months")]
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


def show_percent(percent: Decimal) -> str:
    """``10`` is ``10.00``, ``33.333333`` stays as it is."""
    plain = percent.normalize()
    places = max(2, -int(plain.as_tuple().exponent))
    return f"{plain:.{places}f}"


def show_rule(rule: ApprovalRule) -> RuleView:
    """A rule as partners read it."""
    return RuleView(
        id=rule.id,
        version=rule.version,
        name=rule.name,
        development=rule.development,
        price_table=rule.price_table,
        cycles=[_show_cycle(number, cycle) for number, cycle in enumerate(rule.cycles, start=1)],
        created_at=format_moment(rule.created_at),
        updated_at=format_moment(rule.updated_at),
    )


def _show_cycle(number: int, cycle: Cycle) -> CycleView:
    return CycleView(
        number=number,
        start_month=cycle.start_month,
        end_month=cycle.end_month,
        minimum_percent=show_percent(cycle.minimum_percent),
        maximum_percent=None if cycle.maximum_percent is None else show_percent(cycle.maximum_percent),
        cumulative=cycle.cumulative,
    )
