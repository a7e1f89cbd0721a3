"""What a person of the portal is answered about its contracts."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lastro.kernel.calendar import format_moment
from lastro.origination.processes.model import Credit

_NUMBER = "20261103090000000000001"
Number = Annotated[str, Field(description="Number of the proposal that became this contract", examples=[_NUMBER])]


class OwnContractRow(BaseModel):
    """A contract that one signed."""

    customer_service_number: Number
    product: Annotated[str, Field(description="Name of the credit", examples=["Crédito pessoal"])]
    proposed_at: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:00:00.000Z"])]


class OwnContractList(BaseModel):
    """A page of one's contracts, newest first."""

    contracts: Annotated[list[OwnContractRow], Field(description="Contracts of this page; it may be short of them")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


class OwnContractView(BaseModel):
    """A contract with its signatures, as a file."""

    customer_service_number: Number
    signed_at: Annotated[str, Field(description="UTC", examples=["2026-11-03T12:05:00.000Z"])]
    url: Annotated[
        str,
        Field(description="Private address of the PDF, good for a minute", examples=["https://files.example.com/a"]),
    ]
    file_name: Annotated[str, Field(description="Name to save it under", examples=[f"contrato-{_NUMBER}.pdf"])]
    expires_at: Annotated[str, Field(description="End of the address, UTC", examples=["2026-11-03T12:06:00.000Z"])]


class OwnContractAnswer(BaseModel):
    """Envelope of a contract."""

    contract: OwnContractView


def show_row(credit: Credit) -> OwnContractRow:
    return OwnContractRow(
        customer_service_number=credit.csn,
        product=credit.product_name,
        proposed_at=format_moment(credit.created_at),
    )
