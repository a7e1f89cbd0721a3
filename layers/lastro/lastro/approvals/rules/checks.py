"""What a rule asks of a sale beside its cycles: its total, the instalments of each phase, and what stays at risk. Pure.

Source: docs/sources.md, approval rules. Percentages are exact, every bound is inclusive.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from lastro.approvals.evaluation.flow import PaymentKind
from lastro.kernel.dataclass import dataclass


class Measure(StrEnum):
    """What is taken of the instalments of a phase."""

    FIRST_INSTALLMENT = "first_installment"
    AVERAGE = "average"
    SUM = "sum"


class Divisor(StrEnum):
    """What it is a part of: the total price, or a month's income."""

    TOTAL = "total"
    CUSTOMER_INCOME = "customer_income"
    FAMILY_INCOME = "family_income"


@dataclass(frozen=True)
class TotalCheck:
    """The total price as a part of the price in the table."""

    minimum_percent: Decimal | None = None
    maximum_percent: Decimal | None = None


@dataclass(frozen=True)
class PhaseCheck:
    """The instalments due until the keys are handed over, or after that day.

    ``pre_registration_percent`` of the instalment that the customer's pre-registration names is added to what is
    measured. Payments of ``excluded_kinds`` are left out.
    """

    measure: Measure
    divisor: Divisor = Divisor.TOTAL
    minimum_percent: Decimal | None = None
    maximum_percent: Decimal | None = None
    pre_registration_percent: Decimal | None = None
    excluded_kinds: tuple[PaymentKind, ...] = ()


@dataclass(frozen=True)
class RiskCheck:
    """The part of the total price that is due before the keys, or from the occupancy permit on: at most so much."""

    maximum_percent: Decimal
    excluded_kinds: tuple[PaymentKind, ...] = ()


@dataclass(frozen=True)
class Checks:
    """The checks of a rule; ``None`` for those it does not make."""

    total_value: TotalCheck | None = None
    pre_keys: PhaseCheck | None = None
    post_keys: PhaseCheck | None = None
    pre_work_risk: RiskCheck | None = None
    post_work_risk: RiskCheck | None = None


NO_CHECKS = Checks()
