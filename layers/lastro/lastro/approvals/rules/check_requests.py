"""The checks of a rule as a partner sends them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from lastro.approvals.errors import BOUNDS_CROSSED, NO_BOUND
from lastro.approvals.evaluation.flow import PaymentKind
from lastro.approvals.rules.checks import NO_CHECKS, Checks, Divisor, Measure, PhaseCheck, RiskCheck, TotalCheck
from lastro.kernel.errors import FieldError
from lastro.wire.amounts import InPercent
from lastro.wire.objects import Bounding

Percent = Annotated[Decimal, InPercent()]
Minimum = Annotated[Percent | None, Field(description="Least percentage, itself included", examples=["95.00"])]
Maximum = Annotated[Percent | None, Field(description="Greatest percentage, itself included", examples=["105.00"])]
Excluded = Annotated[
    list[PaymentKind],
    Field(max_length=len(PaymentKind), description="Kinds of payments left out", examples=[["down_payment"]]),
]


class SentTotalCheck(Bounding):
    """The total price as a part of the price in the table (VGV). One bound at least."""

    minimum_percent: Minimum = None
    maximum_percent: Maximum = None

    def to_check(self) -> TotalCheck:
        return TotalCheck(self.minimum_percent, self.maximum_percent)


class SentPhaseCheck(Bounding):
    """The instalments of a phase as a part of the total price or of a month's income. One bound at least."""

    measure: Annotated[Measure, Field(description="What is taken of the instalments", examples=["average"])]
    divisor: Annotated[Divisor, Field(description="What it is a part of", examples=["family_income"])] = Divisor.TOTAL
    minimum_percent: Minimum = None
    maximum_percent: Maximum = None
    pre_registration_percent: Annotated[
        Percent | None,
        Field(description="Part of the pre-registration's instalment that is added; absent: none", examples=["100"]),
    ] = None
    excluded_kinds: Excluded = Field(default_factory=list)

    def to_check(self) -> PhaseCheck:
        return PhaseCheck(
            self.measure,
            self.divisor,
            self.minimum_percent,
            self.maximum_percent,
            self.pre_registration_percent,
            tuple(dict.fromkeys(self.excluded_kinds)),
        )


class SentRiskCheck(Bounding):
    """The part of the total price that is still due: above the maximum the sale is not approved."""

    maximum_percent: Annotated[Percent, Field(description="Greatest percentage, itself included", examples=["30.00"])]
    excluded_kinds: Excluded = Field(default_factory=list)

    def to_check(self) -> RiskCheck:
        return RiskCheck(self.maximum_percent, tuple(dict.fromkeys(self.excluded_kinds)))


class SentChecks(Bounding):
    """What the rule asks beside its cycles; what is left out is not checked."""

    total_value: Annotated[SentTotalCheck | None, Field(description="Total price against the price table")] = None
    pre_keys: Annotated[SentPhaseCheck | None, Field(description="Instalments due until the keys")] = None
    post_keys: Annotated[SentPhaseCheck | None, Field(description="Instalments due after the keys")] = None
    pre_work_risk: Annotated[SentRiskCheck | None, Field(description="What is due until the keys")] = None
    post_work_risk: Annotated[
        SentRiskCheck | None, Field(description="What is due after the occupancy permit (habite-se)")
    ] = None

    def to_checks(self) -> Checks:
        return Checks(
            self.total_value.to_check() if self.total_value else None,
            self.pre_keys.to_check() if self.pre_keys else None,
            self.post_keys.to_check() if self.post_keys else None,
            self.pre_work_risk.to_check() if self.pre_work_risk else None,
            self.post_work_risk.to_check() if self.post_work_risk else None,
        )


def read_checks(sent: SentChecks | None) -> tuple[Checks, list[FieldError]]:
    """The checks, and what is wrong with their bounds."""
    if sent is None:
        return NO_CHECKS, []
    return sent.to_checks(), list(_faults(sent))


def _faults(sent: SentChecks) -> Iterator[FieldError]:
    for name in ("total_value", "pre_keys", "post_keys"):
        check: SentTotalCheck | SentPhaseCheck | None = getattr(sent, name)
        if check is None:
            continue
        least, most = check.minimum_percent, check.maximum_percent
        if least is None and most is None:
            yield NO_BOUND.at(f"checks.{name}.minimum_percent")
        elif least is not None and most is not None and most < least:
            yield BOUNDS_CROSSED.at(f"checks.{name}.maximum_percent")
