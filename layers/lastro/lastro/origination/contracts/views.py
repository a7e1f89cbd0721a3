"""Contracts as partners read them (reference caas.md §3.8, §3.9)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.origination.contracts.model import ProductClauses
from lastro.origination.views import CamelView

_CHECKSUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class ContractFile(CamelView):
    """A PDF and what names its bytes."""

    checksum: Annotated[str, Field(description="SHA-256, hex, of the decoded PDF", examples=[_CHECKSUM])]
    contract: Annotated[str, Field(description="The PDF, Base64", examples=["JVBERi0xLjQK"])]


class ContractsView(CamelView):
    """Every contract of a proposal."""

    customer_service_number: Annotated[str, Field(description="The proposal", examples=["20261103090000000000001"])]
    contracts: Annotated[list[ContractFile], Field(description="Sign by the checksums of all of them")]


class SignatureAnswer(BaseModel):
    """What was accepted, in the shape it was sent."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    accepted_check_sum: Annotated[
        str | list[str],
        Field(alias="aceptedCheckSum", description="The accepted checksums", examples=[_CHECKSUM]),
    ]


class SignedContractView(CamelView):
    """The signed contract."""

    customer_service_number: Annotated[str, Field(description="The proposal", examples=["20261103090000000000001"])]
    accepted_check_sum: Annotated[
        list[str], Field(description="Checksums that the borrower accepted", examples=[[_CHECKSUM]])
    ]
    signed_at: Annotated[
        str, Field(description="When the acceptance was received, UTC", examples=["2026-11-03T12:05:00.120Z"])
    ]
    endorsements: Annotated[int, Field(description="Endorsements that its pages show", examples=[0])]
    contract: ContractFile


class ClauseView(BaseModel):
    """A clause as it was written."""

    title: Annotated[str, Field(description="May hold variables", examples=["Programa de fidelidade"])]
    paragraphs: Annotated[
        list[str],
        Field(description="May hold variables and conditions", examples=[["{{ emitente }} participa do programa."]]),
    ]


class ProductClausesView(BaseModel):
    """The clauses a partner adds to a product's contracts."""

    product_id: Annotated[int, Field(description="The product", examples=[1])]
    version: Annotated[int, Field(description="Grows by one with every change; 0: never written", examples=[1])]
    clauses: Annotated[list[ClauseView], Field(description="In the order of the contract")]
    updated_at: Annotated[str | None, Field(description="UTC", examples=["2026-11-03T12:00:00.000Z"])]


class ProductClausesAnswer(BaseModel):
    """Envelope of a product's clauses."""

    data: ProductClausesView


def show_clauses(kept: ProductClauses) -> ProductClausesAnswer:
    """A product's clauses as they were written."""
    clauses = [ClauseView(title=each.title, paragraphs=list(each.paragraphs)) for each in kept.clauses]
    view = ProductClausesView(
        product_id=kept.product_id, version=kept.version, clauses=clauses, updated_at=kept.updated_at
    )
    return ProductClausesAnswer(data=view)
