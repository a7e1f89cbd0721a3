"""What a partner reads of a simulation: every field that the hub's clients read, misspelt ones included, plus
``pending``, ``finished_at``, ``expires_at`` and the dates the figures rest on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from lastro.simulations.conditions.reasons import Reason
from lastro.simulations.leads.views import DomainView, LeadView


class TaskResult(BaseModel):
    """How a piece of work ended."""

    success: bool = Field(description="Ended well")


class ProcessTask(BaseModel):
    """A finished piece of work; ``null`` in its place means that it still runs."""

    ended_at: datetime | None = Field(default=None, description="UTC")
    error: bool | None = Field(default=None, description="Ended by a technical failure")
    result: TaskResult | None = Field(default=None, description="How it ended")


class ExpensePayload(BaseModel):
    """What else is known of a charge."""

    bank_expense_id: str | None = Field(default=None, description="The bank's own id of the charge")
    credere_type: str = Field(description="The same as type")


class ExpenseView(BaseModel):
    """A charge within the financed amount; ``value`` in cents."""

    id: int = Field(description="Position in the list, from 1")
    type: str = Field(description="Kind of charge", examples=["iof_value"])
    value: int = Field(description="Cents")
    fixed_value: int | None = Field(default=None, description="Cents; the same as value")
    min_value: int | None = Field(default=None, description="Always null")
    max_value: int | None = Field(default=None, description="Always null")
    percentage: float | None = Field(default=None, description="Always null")
    over_total: bool | None = Field(default=None, description="Always null")
    payload: ExpensePayload


class BankView(BaseModel):
    """A bank."""

    id: int = Field(description="Lastro's own number of the bank")
    febraban_code: str = Field(description="Opaque code of the bank", examples=["341"])
    name: str = Field(description="Usual name")
    nickname: str = Field(description="Short name for screens")


class ReturnDifference(BaseModel):
    """What the dealer's return costs the borrower: this offer less the same bank's at return 0, whose price is asked
    for with it. All zero at return 0."""

    first_installment_value: int = Field(description="Cents", examples=[2410])
    amount_paid_in_financing: int = Field(description="Cents: the sum of the instalments", examples=[115680])
    cet_monthly: float = Field(description="Percentage points", examples=[0.12])
    cet_annually: float = Field(description="Percentage points", examples=[1.71])


class ConditionView(BaseModel):
    """One term, one down payment, one bank. Amounts in cents, rates in percent."""

    id: int = Field(description="Unique; an advised condition has its own")
    installments: int = Field(description="Number of monthly instalments", examples=[48])
    down_payment: int = Field(description="Cents; on a suggested condition the suggested value")
    financed_amount: int | None = Field(description="Cents: asset - down payment + all expenses")
    available: bool | None = Field(description="The bank would do the deal on these terms; null while pending")
    success: bool | None = Field(description="Processing ended well; null while pending")
    error: bool | None = Field(description="Technical failure; null while pending")
    reason: str | None = Field(description="Why it is not available, in Portuguese")
    reason_identifier: Reason | None = Field(description="Stable code of the reason, from the published list")
    credit_condition_code: str | None = Field(description="The bank's table")
    credit_condition_description: str | None = Field(description="The bank's name of the table")
    credit_condition_return: str | None = Field(
        description="Dealer return level that the price pays, from the bank's answer; text although a number"
    )
    difference_to_return_0: ReturnDifference | None = Field(
        description="What the return costs the borrower, cet included; null unless available"
    )
    pre_approval_status: Literal[0, 1, 2, 3] = Field(description="0 not run, 1 in progress, 2 refused, 3 approved")
    run_pre_approval: bool = Field(description="Whether pre-analysis comes before the bank is asked; always true")
    pre_aproval_task: ProcessTask | None = Field(description="Spelt as the vendor spells it")
    first_installment_value: int | None = Field(description="Cents")
    last_installment_value: int | None = Field(description="Cents; takes the residue of rounding")
    fixed_installments: bool | None = Field(description="All instalments but the last are the same")
    payment_flow: dict[str, int] | None = Field(description="Instalment number to cents", examples=[{"1": 99553}])
    amount_paid_in_financing: int | None = Field(description="Cents: the sum of the instalments")
    include_financial_protection_insurance: bool = Field(description="As asked")
    products_options: dict[str, bool | None] | None = Field(description="As asked")
    process_condition_payload: dict[str, Any] = Field(description="What the bank wants back in later steps; opaque")
    process_task: ProcessTask | None = Field(description="null while the condition is pending")
    suggestion_reason: Literal["bank_minimum_down_payment", "bank_suggested_down_payment"] | None = Field(
        description="Which advice of the bank led to this condition; null on originals"
    )
    original_condition_id: int | None = Field(
        description="The condition this one was generated from; null on originals"
    )
    bank_minimum_down_payment: int | None = Field(description="Cents: the bank's minimum for this condition")
    bank_down_payment_suggestion: int | None = Field(description="Cents: the bank's ideal for this condition")
    bank_available_amount: int | None = Field(description="Cents: credit the bank would give")
    interest_monthly: float | None = Field(description="Percent a month, two decimals", examples=[1.49])
    interest_annually: float | None = Field(description="Percent a year: the monthly rate compounded")
    cet_monthly: float | None = Field(description="Percent a month: twelfth root of the annual CET")
    cet_annually: float | None = Field(description="Total effective cost, percent a year on calendar days")
    expenses: list[ExpenseView] = Field(description="What is financed beside the good; empty unless available")
    min_return: int | None = Field(description="As asked, within the store's rule where there is one")
    max_return: int | None = Field(description="As asked, within the store's rule where there is one")
    return_preference: str | None = Field(description="As asked, else of the store's rule")
    plus_return_rule_id: int | None = Field(description="The store's rule of returns that it is of")
    quota_preference: str | None = Field(description="As asked")
    bank: BankView
    created_at: datetime = Field(description="UTC")
    processed_at: datetime | None = Field(description="UTC; null while pending")
    release_date: date = Field(description="Day the figures take the money to be handed over")
    first_due_date: date | None = Field(description="One month after release_date")
    expires_at: datetime | None = Field(description="Until when an available condition stands")


class VehicleModelView(BaseModel):
    """What was said of the model; of a vehicle of the stock also what the partner's catalogue says, else null."""

    id: str | None = Field(description="credere_vehicle_model_id, as sent or of the stock")
    molicar_code: str | None = Field(description="vehicle_molicar_code, as sent or of the stock")
    available: bool | None = Field(default=None, description="Whether the catalogue has it now")
    brand: str | None = Field(default=None, description="Brand")
    model_name: str | None = Field(default=None, description="Name of the model")
    version: str | None = Field(default=None, description="Version")
    category: DomainView | None = Field(default=None, description="Kind of vehicle")
    fipe_code: str | None = Field(default=None, description="FIPE code")
    fuel_type: DomainView | None = Field(default=None, description="Fuel")
    year_start: int | None = Field(default=None, description="First model year")
    year_end: int | None = Field(default=None, description="Last model year")


class VehicleView(BaseModel):
    """The financed vehicle. Fields that neither the request nor the stock carries are null."""

    id: int = Field(description="Number of the vehicle")
    stock_vehicle_id: int | None = Field(default=None, description="The vehicle of the stock that was named")
    asset_value: int = Field(description="Cents")
    chassi_code: str | None = Field(default=None, description="Chassis number (VIN), of the stock")
    color: str | None = Field(default=None, description="Colour, of the stock")
    fuel_type: DomainView | None = Field(default=None, description="Fuel")
    km_mileage: int | None = Field(default=None, description="Kilometres, of the stock")
    license_plate_code: str | None = Field(default=None, description="Plate, of the stock")
    licensing_uf: str = Field(description="State of registration")
    licensing_city: str | None = Field(description="City of registration")
    manufacture_year: int = Field(description="Four digits")
    model_year: int = Field(description="Four digits")
    renavam_code: str | None = Field(default=None, description="Renavam, of the stock")
    zero_km: bool = Field(description="A new vehicle")
    vehicle_model: VehicleModelView


class ItemView(BaseModel):
    """What is financed beside the good."""

    id: int = Field(description="Position in the list, from 1")
    type: str = Field(description="documentation, accessory or insurance")
    value: int = Field(description="Cents")


class SimulationPayload(BaseModel):
    """What the vendor's clients look for; empty here."""

    application_id: str | None = Field(default=None, description="Always null; kept for the vendor's clients")


class SimulationSummary(BaseModel):
    """A simulation without its conditions, as the list shows it."""

    uuid: str = Field(description="Names the simulation")
    assets_value: int = Field(description="Value of the goods, in cents")
    created_at: datetime = Field(description="UTC")
    finished_at: datetime | None = Field(description="When the last condition ended; null while one is pending")
    pending: int = Field(description="Conditions not ended; at 0 the simulation is final and never grows again")
    success: bool | None = Field(description="At least one condition did not fail; null while one is pending")
    error: bool | None = Field(description="Every condition failed; null while one is pending")
    reason: str | None = Field(description="Why it failed, in Portuguese")
    seller_cpf: str | None = Field(description="With punctuation")
    webhook_url: str | None = Field(description="As sent")
    process_bank_suggested_conditions: bool = Field(description="As sent")
    process_credere_suggested_conditions: bool = Field(description="As sent")
    process_task: ProcessTask | None = Field(description="null while a condition is pending")
    items: list[ItemView] = Field(description="What is financed beside the good")
    payload: SimulationPayload
    lead: LeadView = Field(description="The lead as it was when the simulation was posted")
    vehicle: VehicleView
    commercial: bool = Field(description="Commercial use of the vehicle")


class SimulationView(SimulationSummary):
    """A simulation with its conditions."""

    conditions: list[ConditionView] = Field(
        description="Every original condition, each followed by those generated from it"
    )


class SimulationAnswer(BaseModel):
    """Envelope of one simulation."""

    data: SimulationView


class SimulationList(BaseModel):
    """Envelope of a page of simulations."""

    data: list[SimulationSummary] = Field(description="Simulations of this page")
