"""A simulation and its conditions: what they hold, how they end and what an ending generates. Pure.

Offsets: original ``n`` of a simulation has offset ``3n``, the condition generated from it for the bank's minimum ``3n
+ 1`` and for the bank's suggestion ``3n + 2``. Identifiers follow offsets, so generating twice gives the same
condition. Amounts are cents, rates percentages as decimal strings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID, uuid5

from lastro.kernel.callers.caller import Caller, Panel
from lastro.kernel.dataclass import dataclass
from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.conditions.suggestions import SuggestionReason, suggest_down_payments
from lastro.simulations.returns.model import OutsideRule, bind_again

OFFSETS_PER_ORIGINAL = 3
OFFER_VALIDITY = timedelta(days=2)
"""CDC art. 54-B (Lei 14.181/2021): an offer stands for at least two days."""

_SUGGESTION_STEP = {SuggestionReason.MINIMUM: 1, SuggestionReason.SUGGESTED: 2}


class PreApprovalStatus(IntEnum):
    """``pre_approval_status`` (docs/sources.md, simulations hub)."""

    NOT_RUN = 0
    IN_PROGRESS = 1
    REFUSED = 2
    APPROVED = 3


class ConditionState(StrEnum):
    """How a reader classifies a condition (docs/sources.md, simulations hub)."""

    PENDING = "pending"
    FAILED = "failed"
    AVAILABLE = "available"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Pricing:
    """What an available condition costs; every figure agrees with every other (``pricing.py``)."""

    financed_amount: int
    installments: tuple[int, ...]
    expenses: tuple[tuple[str, int, str | None], ...]
    interest_monthly: str
    interest_annually: str
    cet_monthly: str | None
    cet_annually: str | None
    first_due_date: date


@dataclass(frozen=True)
class ReturnCost:
    """What the dealer's return costs the borrower: the offer less the same bank's offer at return 0.

    Amounts in cents; ``cet_monthly`` and ``cet_annually`` in percentage points as decimal texts.
    """

    first_installment_value: int
    amount_paid_in_financing: int
    cet_monthly: str
    cet_annually: str


@dataclass(frozen=True)
class Condition:
    """One term, one down payment, one bank."""

    id: int
    offset: int
    bank: str
    installments: int
    down_payment: int
    created_at: datetime
    options: Mapping[str, Any] = field(default_factory=dict)
    suggestion_reason: SuggestionReason | None = None
    original_condition_id: int | None = None
    ended_at: datetime | None = None
    success: bool | None = None
    available: bool | None = None
    error: bool | None = None
    reason: Reason | None = None
    pre_approval_status: PreApprovalStatus = PreApprovalStatus.NOT_RUN
    pre_approval_ended_at: datetime | None = None
    minimum: int | None = None
    suggested: int | None = None
    available_amount: int | None = None
    pricing: Pricing | None = None
    return_cost: ReturnCost | None = None
    credit_condition_code: str | None = None
    credit_condition_description: str | None = None
    credit_condition_return: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    generated: tuple[int, ...] = ()
    expires_at: datetime | None = None

    @property
    def is_original(self) -> bool:
        return self.suggestion_reason is None

    @property
    def state(self) -> ConditionState:
        """The first that matches, in the simulations hub's order (docs/sources.md)."""
        if self.ended_at is None:
            return ConditionState.PENDING
        if self.error or self.success is False:
            return ConditionState.FAILED
        return ConditionState.AVAILABLE if self.available else ConditionState.REJECTED


@dataclass(frozen=True)
class Simulation:
    """One purchase put to several banks. ``lead`` and ``vehicle`` are kept as they were when it was posted.

    ``request_id`` is that of the posting request; ``panel`` that of who sells, ``None`` for the partner itself.
    """

    id: str
    partner_id: str
    store_id: int
    first_id: int
    created_at: datetime
    release_date: date
    originals: int
    assets_value: int
    documentation_value: int
    accessory_value: int
    insurance_value: int
    commercial: bool
    process_bank_suggested_conditions: bool
    lead: Mapping[str, Any]
    vehicle: Mapping[str, Any]
    banks: tuple[str, ...]
    process_credere_suggested_conditions: bool = False
    seller_cpf: str | None = None
    webhook_url: str | None = None
    request_id: str | None = None
    panel: str | None = None
    ended: frozenset[int] = frozenset()
    generated: frozenset[int] = frozenset()
    finished_at: datetime | None = None
    success: bool | None = None

    def is_shown_to(self, caller: Caller) -> bool:
        """Whether a call in its store sees it: who sells, what its own panel made."""
        return caller.sees_sold_by(Panel(self.panel) if self.panel else None)

    @property
    def extras(self) -> int:
        """What is financed beside the good."""
        return self.documentation_value + self.accessory_value + self.insurance_value

    @property
    def open_count(self) -> int:
        """Conditions not yet registered as ended, none of one that is final."""
        return 0 if self.finished_at else self.originals + len(self.generated) - len(self.ended)


@dataclass(frozen=True)
class Verdict:
    """How a condition ends: technically failed, or answered by the bank with or without an offer."""

    error: bool = False
    reason: Reason | None = None
    pre_approval_status: PreApprovalStatus = PreApprovalStatus.NOT_RUN
    pre_approval_ended_at: datetime | None = None
    minimum: int | None = None
    suggested: int | None = None
    available_amount: int | None = None
    pricing: Pricing | None = None
    return_cost: ReturnCost | None = None
    credit_condition_code: str | None = None
    credit_condition_description: str | None = None
    credit_condition_return: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


def original_of(offset: int) -> int:
    """The offset of the original that a condition is or was generated from."""
    return offset - offset % OFFSETS_PER_ORIGINAL


def act_key(simulation_id: str, what: str) -> str:
    """Idempotency key of one act at a bank, derived so that every attempt of the same act carries the same key."""
    return str(uuid5(UUID(simulation_id), what))


def condition_key(simulation: Simulation, condition: Condition) -> str:
    """Key of pricing one condition."""
    return act_key(simulation.id, f"price:{condition.bank}:{condition.offset}")


def bare_key(simulation: Simulation, condition: Condition) -> str:
    """Key of pricing one condition at return 0, beside the return that it asks for."""
    return act_key(simulation.id, f"price:{condition.bank}:{condition.offset}:return_0")


def end_condition(
    simulation: Simulation, condition: Condition, verdict: Verdict, now: datetime
) -> tuple[Condition, tuple[Condition, ...]]:
    """End a condition and say which new conditions that generates.

    An original offering less than the bank's minimum is unavailable whatever else the bank said. Only an original of a
    simulation with suggestions on generates, only when the bank really answered, and a generated condition keeps the
    advice its original got. Returns the ended condition and the generated ones, still pending.
    """
    minimum, suggested = verdict.minimum, verdict.suggested
    reason = verdict.reason
    if not verdict.error and minimum is not None and minimum > condition.down_payment:
        reason = Reason.UNSUPPORTED_DOWN_PAYMENT
    available = not verdict.error and reason is None
    generated: tuple[Condition, ...] = ()
    if condition.is_original and simulation.process_bank_suggested_conditions and not verdict.error:
        generated = _generate(simulation, condition, minimum, suggested, now)
    if not condition.is_original:
        minimum, suggested = condition.minimum, condition.suggested
    ended = replace(
        condition,
        ended_at=now,
        success=not verdict.error,
        available=available,
        error=verdict.error,
        reason=reason,
        pre_approval_status=verdict.pre_approval_status,
        pre_approval_ended_at=verdict.pre_approval_ended_at,
        minimum=minimum,
        suggested=suggested,
        available_amount=verdict.available_amount,
        pricing=verdict.pricing if available else None,
        return_cost=verdict.return_cost if available else None,
        credit_condition_code=verdict.credit_condition_code,
        credit_condition_description=verdict.credit_condition_description,
        credit_condition_return=verdict.credit_condition_return,
        payload=verdict.payload,
        generated=tuple(extra.offset for extra in generated),
        expires_at=now + OFFER_VALIDITY if available else None,
    )
    return ended, generated


def generated_by(simulation: Simulation, ended: Condition) -> tuple[Condition, ...]:
    """What an ended condition generated, as it was before it ended in turn: all of it follows from that end."""
    if not ended.generated or ended.ended_at is None:
        return ()
    return _generate(simulation, ended, ended.minimum, ended.suggested, ended.ended_at)


def _generate(
    simulation: Simulation, original: Condition, minimum: int | None, suggested: int | None, moment: datetime
) -> tuple[Condition, ...]:
    found = []
    for suggestion in suggest_down_payments(original.down_payment, minimum, suggested):
        try:
            options = bind_again(original.options, simulation.assets_value - suggestion.down_payment)
        except OutsideRule:
            # As a posted one would be refused: the store's rule for that value leaves no level of what was asked.
            continue
        offset = original.offset + _SUGGESTION_STEP[suggestion.reason]
        found.append(
            Condition(
                id=simulation.first_id + offset,
                offset=offset,
                bank=original.bank,
                installments=original.installments,
                down_payment=suggestion.down_payment,
                created_at=moment,
                options=options,
                suggestion_reason=suggestion.reason,
                original_condition_id=original.id,
                minimum=minimum,
                suggested=suggested,
            )
        )
    return tuple(found)


def count_pending(conditions: Sequence[Condition]) -> int:
    """Conditions not ended, generated ones whose original already ended but which are not visible yet included."""
    known = {condition.offset for condition in conditions}
    announced = {offset for condition in conditions for offset in condition.generated}
    return sum(condition.ended_at is None for condition in conditions) + len(announced - known)


def close_simulation(conditions: Sequence[Condition]) -> tuple[datetime, bool] | None:
    """Moment and success of a simulation whose conditions all ended, ``None`` while one is pending.

    It failed when every condition failed technically (docs/sources.md, simulations hub).
    """
    if not conditions or count_pending(conditions):
        return None
    finished_at = max(condition.ended_at for condition in conditions if condition.ended_at)
    return finished_at, any(condition.state is not ConditionState.FAILED for condition in conditions)
