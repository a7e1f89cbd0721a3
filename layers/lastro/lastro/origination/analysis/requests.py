"""What the Workstation sends to decide on a proposal."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from lastro.origination.processes.requests import CamelRequest, Csn


class Decision(StrEnum):
    """What a person decides."""

    APPROVE = "APPROVE"
    DENY = "DENY"


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


class DecideProposal(CamelRequest):
    """Path and body of ``POST /v2.1/proposals/{customerServiceNumber}/decision``."""

    customer_service_number: Csn
    decision: Annotated[Decision, BeforeValidator(_upper), Field(description="APPROVE or DENY", examples=["APPROVE"])]
    justification: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=10, max_length=1000),
        Field(description="Kept in the history", examples=["Renda comprovada por extrato bancário."]),
    ]
