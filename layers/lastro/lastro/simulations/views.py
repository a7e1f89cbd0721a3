"""What a partner reads of a simulation: every field of reference credere.md §3.2 and §3.4, misspelt ones included, plus
``pending``, ``finished_at``, ``expires_at`` and the dates the figures rest on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from lastro.simulations.reasons import Reason


class TaskResult(BaseModel):
    success: bool


class ProcessTask(BaseModel):
    """A finished piece of work; ``null`` in its place means that it still runs."""

    ended_at: datetime | None = None
    error: bool | None = None
    result: TaskResult | None = None


class ExpensePayload(BaseModel):
    bank_expense_id: str | None = None
    credere_type: str


class ExpenseView(BaseModel):
    """A charge within the financed amount; ``value`` in cents."""

    id: int
    type: str = Field(examples=["iof_value"])
    value: int
    fixed_value: int | None = None
    min_value: int | None = None
    max_value: int | None = None
    percentage: float | None = None
    over_total: bool | None = None
    payload: ExpensePayload


class BankView(BaseModel):
    id: int
    febraban_code: str = Field(examples=["341"])
    name: str
    nickname: str


class ConditionView(BaseModel):
    """One term, one down payment, one bank. Amounts in cents, rates in percent."""

    id: int
    installments: int
    down_payment: int = Field(description="Cents; on a suggested condition the suggested value")
    financed_amount: int | None = Field(description="Cents: asset - down payment + all expenses")
    available: bool | None = Field(description="The bank would do the deal on these terms; null while pending")
    success: bool | None = Field(description="Processing ended well; null while pending")
    error: bool | None = Field(description="Technical failure; null while pending")
    reason: str | None = Field(description="Why it is not available, in Portuguese")
    reason_identifier: Reason | None = Field(description="Stable code of the reason, from the published list")
    credit_condition_code: str | None
    credit_condition_description: str | None
    credit_condition_return: str | None
    pre_approval_status: Literal[0, 1, 2, 3] = Field(description="0 not run, 1 in progress, 2 refused, 3 approved")
    run_pre_approval: bool
    pre_aproval_task: ProcessTask | None = Field(description="Spelt as the vendor spells it")
    first_installment_value: int | None
    last_installment_value: int | None
    fixed_installments: bool | None
    payment_flow: dict[str, int] | None = Field(description="Instalment number to cents", examples=[{"1": 99553}])
    amount_paid_in_financing: int | None
    include_financial_protection_insurance: bool
    products_options: dict[str, bool | None] | None
    process_condition_payload: dict[str, Any]
    process_task: ProcessTask | None = Field(description="null while the condition is pending")
    suggestion_reason: Literal["bank_minimum_down_payment", "bank_suggested_down_payment"] | None
    original_condition_id: int | None
    bank_minimum_down_payment: int | None
    bank_down_payment_suggestion: int | None
    bank_available_amount: int | None
    interest_monthly: float | None = Field(description="Percent a month, two decimals", examples=[1.49])
    interest_annually: float | None
    cet_monthly: float | None
    cet_annually: float | None = Field(description="Total effective cost, percent a year on calendar days")
    expenses: list[ExpenseView]
    min_return: int | None
    max_return: int | None
    return_preference: str | None
    quota_preference: str | None
    bank: BankView
    created_at: datetime
    processed_at: datetime | None
    release_date: date = Field(description="Day the figures take the money to be handed over")
    first_due_date: date | None
    expires_at: datetime | None = Field(description="Until when an available condition stands")


class ItemView(BaseModel):
    id: int
    type: str
    value: int


class SimulationPayload(BaseModel):
    application_id: str | None = None


class SimulationSummary(BaseModel):
    """A simulation without its conditions, as the list shows it."""

    uuid: str
    assets_value: int
    created_at: datetime
    finished_at: datetime | None = Field(description="When the last condition ended; null while one is pending")
    pending: int = Field(description="Conditions not ended; at 0 the simulation is final and never grows again")
    success: bool | None
    error: bool | None
    reason: str | None
    seller_cpf: str | None
    webhook_url: str | None
    process_bank_suggested_conditions: bool
    process_credere_suggested_conditions: bool
    process_task: ProcessTask | None
    items: list[ItemView]
    payload: SimulationPayload
    lead: dict[str, Any] = Field(description="The lead as it was when the simulation was posted")
    vehicle: dict[str, Any]
    commercial: bool


class SimulationView(SimulationSummary):
    conditions: list[ConditionView]


class SimulationAnswer(BaseModel):
    """Envelope of one simulation."""

    data: SimulationView


class SimulationList(BaseModel):
    """Envelope of a page of simulations."""

    data: list[SimulationSummary]
