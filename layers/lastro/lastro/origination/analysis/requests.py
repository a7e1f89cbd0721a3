"""What the Workstation sends to decide on a proposal."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from lastro.origination.processes.requests import CamelRequest, Csn
from lastro.wire.text import Line

_BREAKS = re.compile(r"[\r\n\t]+")


class Decision(StrEnum):
    """What a person decides."""

    APPROVE = "APPROVE"
    DENY = "DENY"


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


def _join_lines(value: Any) -> Any:
    """What a person wrote in several lines, in one."""
    return _BREAKS.sub(" ", value) if isinstance(value, str) else value


class DecideProposal(CamelRequest):
    """Path and body of ``POST /v2.1/proposals/{customerServiceNumber}/decision``."""

    customer_service_number: Csn
    decision: Annotated[Decision, BeforeValidator(_upper), Field(description="APPROVE or DENY", examples=["APPROVE"])]
    justification: Annotated[
        str,
        BeforeValidator(_join_lines),
        Line(1000, shortest=10),
        Field(description="Kept in the history", examples=["Renda comprovada por extrato bancário."]),
    ]
