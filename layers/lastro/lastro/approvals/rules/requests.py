"""What a partner sends about approval rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from lastro.approvals.rules.check_requests import SentChecks
from lastro.approvals.rules.model import LAST_MONTH, MOST_CYCLES, Cycle
from lastro.wire.amounts import Flag, InPercent, InWhole
from lastro.wire.identifiers import IdempotencyKey, Number
from lastro.wire.objects import Bounding
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request
from lastro.wire.text import Text

Month = Annotated[int, InWhole(0, LAST_MONTH)]
PercentOfTotal = Annotated[Decimal, InPercent(most=100)]
VersionNumber = Annotated[int, InWhole(1, 999_999, written=True)]


class SentCycle(Bounding):
    """One cycle of months; its bounds are inclusive and its percentages are of the total price."""

    answered: ClassVar[frozenset[str]] = frozenset({"number"})

    start_month: Annotated[Month, Field(description="First month, counted from the signing (month 0)", examples=[0])]
    end_month: Annotated[Month, Field(description="Last month", examples=[6])]
    minimum_percent: Annotated[
        PercentOfTotal, Field(description="Least part of the total price due in these months", examples=["10.00"])
    ]
    maximum_percent: Annotated[
        PercentOfTotal | None, Field(description="Greatest part; absent: none", examples=["40.00"])
    ] = None
    cumulative: Annotated[
        Flag, Field(description="Counts everything due from the signing to end_month", examples=[False])
    ] = False

    def to_cycle(self) -> Cycle:
        return Cycle(self.start_month, self.end_month, self.minimum_percent, self.maximum_percent, self.cumulative)


class SentRule(Bounding):
    """A rule for the sales of a development by a price table."""

    answered: ClassVar[frozenset[str]] = frozenset({"id", "version", "created_at", "updated_at"})

    name: Annotated[Text, Field(description="Name of the rule", examples=["Fluxo da tabela 2026"])]
    development: Annotated[Text, Field(description="The development it is for", examples=["Residencial Exemplo"])]
    price_table: Annotated[Text, Field(description="The price table it is for", examples=["Tabela 2026"])]
    cycles: Annotated[
        list[SentCycle],
        Field(min_length=1, max_length=MOST_CYCLES, description="In order of months, none reaching into another"),
    ]
    checks: Annotated[SentChecks | None, Field(description="What is asked beside the cycles")] = None


class CreateRule(Request):
    """Body of ``POST /api/v1/approval_rules``."""

    approval_rule: SentRule
    idempotency_key: IdempotencyKey = None


class FindRule(Request):
    """Path and query of ``GET /api/v1/approval_rules/{approval_rule_id}``."""

    approval_rule_id: Number
    version: Annotated[
        VersionNumber | None, Field(description="The rule as it was; absent: as it is", examples=[1])
    ] = None


class ReplaceRule(Request):
    """Path and body of ``PUT /api/v1/approval_rules/{approval_rule_id}``: the next version of the rule."""

    approval_rule_id: Number
    approval_rule: SentRule


class ListRules(Request):
    """Query of ``GET /api/v1/approval_rules``."""

    cursor: Annotated[
        Number | None, Field(description="next_cursor of the page before; absent: the first page", examples=["25"])
    ] = None
    per_page: Annotated[PerPage, Field(description="Rules of a page", examples=[25])] = 25
