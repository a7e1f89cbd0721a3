"""Contracts as partners read them (docs/sources.md, CaaS API)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.origination.processes.views import CamelView

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
