"""Types of request and answer fields that several operations take."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.wire.amounts import InCents
from lastro.wire.identifiers import Code, Number, OwnId, Uuid
from lastro.wire.text import ShortText

MAX_AMOUNT = 10**11

DebtorId = Annotated[Uuid, Field(description="UUID of a debtor", examples=["0d0f6f0e-6c1b-5c43-a86b-8a4c1f2f9d11"])]
BoletoId = Annotated[Uuid, Field(description="UUID of a boleto", examples=["7a6f0b9e-52d1-5b0e-9a39-52b3a3b0d7c2"])]
BranchId = Annotated[Number, Field(description="Number of a branch", examples=[1])]
ExternalId = Annotated[OwnId, Field(description="The partner's own id", examples=["boleto-1042"])]
Amount = Annotated[int, InCents(1, MAX_AMOUNT), Field(description="In cents", examples=[18990])]
NatureCode = Annotated[Code, Field(description="The bureau's code for the kind of debt", examples=["TI"])]
ContractNumber = Annotated[ShortText, Field(description="Contract of the debt", examples=["2024-000123"])]
Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class View(BaseModel):
    """What a partner reads. Built at the first answer: a cold start does not pay for models it never fills."""

    model_config = ConfigDict(defer_build=True)
