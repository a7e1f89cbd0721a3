"""What a store reads of proposals, as the public client spells it (docs/sources.md). Amounts are cents.

Answers are made without these models (``rendering.py``): they say what is in them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from lastro.financing.attempts.states import State
from lastro.financing.attempts.views import AttemptView, IdName
from lastro.financing.fields import Moment


class CustomerOfProposal(BaseModel):
    """The customer, with the document masked."""

    id: int = Field(description="Number of the customer", examples=[1])
    name: str = Field(description="Name", examples=["Ana Exemplo"])
    cpf: str | None = Field(description="CPF", examples=["529.982.247-25"])
    cnpj: str | None = Field(description="CNPJ", examples=[None])


class StoreOfProposal(BaseModel):
    """The store."""

    id: int = Field(description="Number of the store", examples=[1])
    name: str | None = Field(description="Name", examples=["Loja Exemplo"])
    seller_can_send_proposal_to_bank: bool = Field(default=True, description="Always true")


class ModelOfProposal(BaseModel):
    """A model of the partner's catalogue, as it was when the proposal was made."""

    id: int = Field(description="Number of the model", examples=[1])
    name: str = Field(description="Name of the model", examples=["Brisa"])
    brand: str = Field(description="Brand", examples=["Aurora"])
    version: str = Field(description="Version", examples=["1.0 Flex 12V 5p"])
    molicar_code: str = Field(description="Molicar code", examples=["00100001-0"])
    fipe_code: str | None = Field(description="FIPE code", examples=["001001-0"])
    year_start: int = Field(description="First model year", examples=[2020])
    year_end: int = Field(description="Last model year", examples=[2026])


class ProposalView(BaseModel):
    """A proposal; ``proposal_attempt`` is the one that got furthest."""

    object_type: Literal["CdcProposal"] = Field(default="CdcProposal", description="Always the same")
    id: int = Field(description="Number of the proposal", examples=[1])
    state: State = Field(description="Where the attempt that got furthest stands", examples=["in_analysis"])
    customer: CustomerOfProposal
    seller: IdName
    store: StoreOfProposal
    owner: str | None = Field(description="The credential that took it over", examples=["key:0b6f2d0e"])
    several_banks: bool = Field(description="Several banks may be asked at the same time", examples=[False])
    commercial: bool = Field(description="Commercial use of the vehicle", examples=[False])
    year_of_model: int | None = Field(description="Model year", examples=[2022])
    year_of_manufacture: int | None = Field(description="Year it was made in", examples=[2021])
    zero_km: bool | None = Field(description="A new vehicle", examples=[False])
    licensing_uf: str | None = Field(description="State of registration", examples=["SP"])
    licensing_city: str | None = Field(description="City of registration", examples=["São Paulo"])
    chassi_code: str | None = Field(description="Chassis number (VIN)", examples=["9BWZZZ377VT004251"])
    license_plate_code: str | None = Field(description="Plate", examples=["ABC1D23"])
    renavam_code: str | None = Field(description="Renavam", examples=["00891749063"])
    km_mileage: int | None = Field(description="Kilometres", examples=[32_000])
    color: str | None = Field(description="Colour", examples=["prata"])
    vehicle_model: ModelOfProposal | None = Field(description="The model, where the partner's catalogue has it")
    fuel: IdName | None = Field(description="Its fuel, where the partner's catalogue has it")
    comments_count: int = Field(description="Comments so far", examples=[0])
    external_simulation_uuid: str | None = Field(
        description="uuid of the simulation of proposal_attempt", examples=["5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"]
    )
    creation_external_link_id: int | None = Field(default=None, description="Always null", examples=[None])
    sent_to_bank: bool = Field(description="A bank has it", examples=[True])
    proposal_attempt: AttemptView | None = Field(description="The attempt that got furthest")
    created_at: Moment
    updated_at: Moment


class CompleteProposalView(ProposalView):
    """A proposal with all its attempts."""

    proposal_attempts: list[AttemptView] = Field(description="Every attempt, oldest first")


class CompleteProposalAnswer(BaseModel):
    """Envelope of a proposal that was just made."""

    complete_proposal: CompleteProposalView


class ProposalAnswer(BaseModel):
    """Envelope of one proposal."""

    proposal: CompleteProposalView


class ChangedProposalAnswer(CompleteProposalView):
    """A proposal at the top, and once more under ``proposal``."""

    proposal: CompleteProposalView


class ProposalList(BaseModel):
    """A page of the store's proposals, newest first."""

    proposals: list[ProposalView] = Field(description="A page; with filters it may be short, or empty")
    next_cursor: str | None = Field(description="What follows; null at the end", examples=[None])
