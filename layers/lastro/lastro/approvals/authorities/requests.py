"""What a partner sends about who approves."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from lastro.approvals.authorities.model import MOST_LOTS, WHOLE, Limits
from lastro.wire.amounts import Flag, InCents, InPercent, InWhole
from lastro.wire.identifiers import PathOwnId
from lastro.wire.objects import Bounding
from lastro.wire.requests import Request

MOST_RANK = 100
MOST_SCORE = 1000


class SentAuthority(Bounding):
    """How far a user may go; every bound is inclusive, one that is left out does not hold."""

    answered: ClassVar[frozenset[str]] = frozenset({"name", "updated_at"})

    rank: Annotated[
        int, InWhole(1, MOST_RANK), Field(description="Order of being asked: the lowest first", examples=[1])
    ]
    enabled: Annotated[Flag, Field(description="false: no longer asked, and decides nothing", examples=[True])] = True
    maximum_cents: Annotated[
        int | None,
        InCents(),
        Field(description="Greatest total price, and greatest sum of the payments, in cents", examples=[50000000]),
    ] = None
    maximum_lots: Annotated[
        int | None, InWhole(0, MOST_LOTS), Field(description="Greatest number of lots", examples=[2])
    ] = None
    maximum_owed_cents: Annotated[
        int | None, InCents(), Field(description="Greatest amount the customer owes already, in cents", examples=[0])
    ] = None
    minimum_score: Annotated[
        int | None, InWhole(0, MOST_SCORE), Field(description="Least score of the bureau", examples=[500])
    ] = None
    minimum_percent: Annotated[
        Annotated[Decimal, InPercent(most=100)] | None,
        Field(description="Least part of what the rule asks that the flow has to meet; absent: all", examples=["95"]),
    ] = None
    without_bureau_report: Annotated[
        Flag, Field(description="May approve without a report of a bureau", examples=[False])
    ] = False

    def to_limits(self) -> Limits:
        return Limits(
            self.maximum_cents,
            self.maximum_lots,
            self.maximum_owed_cents,
            self.minimum_score,
            WHOLE if self.minimum_percent is None else self.minimum_percent,
            self.without_bureau_report,
        )


class PutAuthority(Request):
    """Path and body of ``PUT /api/v1/approval_authorities/{authority_name}``."""

    authority_name: Annotated[PathOwnId, Field(description="A user, as the partner names them", examples=["bia.lima"])]
    authority: SentAuthority
