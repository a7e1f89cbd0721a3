"""What a store reads of attempts, as the public client spells it (docs/sources.md). Amounts are cents.

Answers are made without these models (``rendering.py``): they say what is in them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lastro.financing.attempts.states import State
from lastro.financing.fields import Moment
from lastro.financing.ports import DocumentKind, RefusalReason

Cents = Annotated[int | None, Field(description="Cents", examples=[4_100_000])]


class IdName(BaseModel):
    """Something by number and name."""

    id: int = Field(description="Number", examples=[1])
    name: str | None = Field(description="Name", examples=["Ana Exemplo"])


class BankOfAttempt(BaseModel):
    """The bank of an attempt."""

    id: int = Field(description="Number of the bank, as in GET /banks", examples=[1])
    name: str = Field(description="Name", examples=["Itaú"])
    tradename: str = Field(description="Trade name", examples=["Itaú Unibanco S.A."])
    febraban_code: str = Field(description="Code of the bank", examples=["341"])


class PlanView(BaseModel):
    """The dealer's return of the offer."""

    return_: str | None = Field(alias="return", description="Level of the dealer's return", examples=["3"])
    return_offset: int | None = Field(default=None, description="Always null", examples=[None])


class TableView(BaseModel):
    """The bank's table."""

    code: str | None = Field(description="Code of the table", examples=["EXEMPLO"])
    description: str | None = Field(description="What the table is called", examples=["Tabela exemplo"])


class LabelView(BaseModel):
    """A choice by its label."""

    id: int = Field(description="Number", examples=[1])
    name: str = Field(description="Label", examples=["CDC"])


class IntegrationErrorView(BaseModel):
    """Why an attempt never reached its bank."""

    error: str = Field(description="Code", examples=["bank_validation_error"])
    message: str = Field(description="What to do about it", examples=["O banco recusou os dados enviados."])
    error_details: list[str] = Field(description="Always empty", examples=[[]])


class AttemptExpense(BaseModel):
    """A charge within the financed amount."""

    type: str = Field(description="Kind of charge", examples=["iof_value"])
    value_cents: int = Field(description="Cents", examples=[52_310])


class InstallmentView(BaseModel):
    """One instalment."""

    installment_number: int = Field(description="From 1", examples=[1])
    value_cents: int = Field(description="Cents", examples=[150_000])


class FormalizationView(BaseModel):
    """The contract at the bank, with the lien on the vehicle."""

    contract_number: str | None = Field(description="The bank's number of the contract", examples=["CT341-P000001"])
    lien_registration_number: str | None = Field(
        description="Registration number of the lien on the vehicle", examples=["SNG000001"]
    )


class AttemptView(BaseModel):
    """An offer put to its bank, or the counter-offer that took its place."""

    object_type: Literal["ProposalAttemp"] = Field(default="ProposalAttemp", description="Always the same")
    id: int = Field(description="Number of the attempt", examples=[97])
    active: bool = Field(description="Still goes on", examples=[True])
    bank: BankOfAttempt
    state: State = Field(description="Where it stands", examples=["in_analysis"])
    state_rank: int = Field(description="How far that is, from 0", examples=[7])
    refusal_reason: RefusalReason | None = Field(description="Why the bank refused", examples=[None])
    pending_documents: list[DocumentKind] = Field(
        description="Documents that the bank waits for", examples=[["identity", "income"]]
    )
    value_in_cents: Cents
    input_financing_in_cents: Annotated[int, Field(description="Down payment, cents", examples=[2_000_000])]
    financed_amount_in_cents: Cents
    quota_in_cents: Annotated[int, Field(description="First instalment, cents", examples=[150_000])]
    term_financing: int = Field(description="Number of instalments", examples=[36])
    first_payment_in_days: int | None = Field(description="Days to the first instalment", examples=[30])
    payment_flow: list[InstallmentView] = Field(description="Every instalment")
    expenses: list[AttemptExpense] = Field(description="Charges within the financed amount")
    coefficient: str | None = Field(description="First instalment for each unit financed", examples=["0.03658"])
    cet_monthly: str | None = Field(description="Total effective cost a month, percent", examples=["2.10"])
    cet_annually: str | None = Field(description="Total effective cost a year, percent", examples=["28.32"])
    fixed_installments: bool = Field(description="All instalments are alike", examples=[True])
    plan: PlanView
    table: TableView
    funding_type: LabelView
    payment_type: LabelView
    value_of_the_license_plate_in_cents: int = Field(
        description="What of the financed amount pays for documentation of the vehicle, plates included", examples=[0]
    )
    has_license_plate: bool = Field(description="Documentation of the vehicle is financed", examples=[False])
    value_of_the_accessory_in_cents: int = Field(
        description="What of the financed amount pays for accessories", examples=[0]
    )
    has_accessory: bool = Field(description="Accessories are financed", examples=[False])
    return_value_cents: int | None = Field(
        description="What the bank pays the store: 0 at level 0; null: no bank tells what another level comes to",
        examples=[None],
    )
    input_origin: str | None = Field(default=None, description="Always null", examples=[None])
    application: IdName | None = Field(default=None, description="Always null", examples=[None])
    honda_id: int | None = Field(default=None, description="Always null", examples=[None])
    obs: str | None = Field(default=None, description="Always null", examples=[None])
    external_simulation_uuid: str = Field(
        description="uuid of the simulation", examples=["5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"]
    )
    simulation_condition_id: int = Field(description="id of the condition", examples=[7])
    simulation_pre_approval_status: int = Field(description="pre_approval_status of the condition", examples=[3])
    external_proposal_uuid: str | None = Field(default=None, description="Always null", examples=[None])
    bank_proposal_identifier: str | None = Field(description="The bank's number", examples=["341-P000001"])
    formalization_state: str | None = Field(description="formalised, paid or returned", examples=["formalised"])
    formalization: FormalizationView | None = Field(description="The contract, once there is one")
    replaced_by_proposal_attempt_id: int | None = Field(
        description="The attempt that a counter-offer made of it", examples=[98]
    )
    replaces_proposal_attempt_id: int | None = Field(description="The attempt that it took the place of", examples=[97])
    integration_error: IntegrationErrorView | None = Field(description="Why it never reached its bank")
    created_at: Moment
    offer_expires_at: Annotated[
        str, Field(description="Until when the offer stands", examples=["2026-11-30T15:20:00.000-03:00"])
    ]


class AttemptAnswer(BaseModel):
    """Envelope of one attempt."""

    proposal_attempt: AttemptView


class AttemptList(BaseModel):
    """Every attempt of a proposal, oldest first."""

    proposal_attempts: list[AttemptView] = Field(description="Oldest first")
