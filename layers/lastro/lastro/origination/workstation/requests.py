"""What the Workstation asks: lists of proposals, one proposal, totals."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from lastro.kernel.errors import FieldError
from lastro.origination.errors import BEFORE_FROM, UNKNOWN_STATUS, WRONG_CURSOR
from lastro.origination.pricing.inputs import AskedDay
from lastro.origination.processes.requests import CamelRequest, Csn
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.proposals.enumerations import read_word
from lastro.origination.workstation.cursors import PROPOSALS, read_cursor
from lastro.wire.days import read_day
from lastro.wire.identifiers import Number
from lastro.wire.pages import PerPage
from lastro.wire.persons.documents import CpfText


def _read_status(value: Any) -> CreditStatus:
    try:
        return CreditStatus(read_word(value))
    except ValueError as error:
        raise PydanticCustomError(UNKNOWN_STATUS.rule, UNKNOWN_STATUS.text) from error


def _check_cursor(value: str) -> str:
    try:
        return read_cursor(value, PROPOSALS)
    except ValueError as error:
        raise PydanticCustomError(WRONG_CURSOR.rule, WRONG_CURSOR.text) from error


class ListProposals(CamelRequest):
    """Query of ``GET /v2.1/proposals``."""

    status: Annotated[
        Annotated[CreditStatus, BeforeValidator(_read_status)] | None,
        Field(description="Credit status", examples=["AGUARDANDO_DOCUMENTOS"]),
    ] = None
    product_id: Annotated[Number | None, Field(description="Product", examples=[1])] = None
    cpf: Annotated[CpfText | None, Field(description="Bare or masked", examples=["52998224725"])] = None
    start: Annotated[
        AskedDay | None,
        Field(alias="from", description="Created on or after this day in São Paulo", examples=["2026-11-01"]),
    ] = None
    end: Annotated[
        AskedDay | None,
        Field(alias="to", description="Created on or before this day in São Paulo", examples=["2026-11-30"]),
    ] = None
    limit: Annotated[PerPage, Field(description="Proposals of a page", examples=[25])] = 25
    cursor: Annotated[
        Annotated[
            str,
            AfterValidator(_check_cursor),
            WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_-]{78}$"}),
        ]
        | None,
        Field(
            description="`next` of the page before",
            examples=["cHJvcG9zYWxzfjIwMjYtMTEtMDNUMTI6MDA6MDAuMDAwWiMyMDI2MTEwMzA5MDAwMDAwMDAwMDAwMQ"],
        ),
    ] = None

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """A period ends on or after its first day."""
        start, end = raw.get("from"), raw.get("to")
        try:
            backwards = bool(start and end) and read_day(end) < read_day(start)
        except PydanticCustomError:
            return []
        return [BEFORE_FROM.at("to")] if backwards else []


class GetProposal(CamelRequest):
    """Path of ``GET /v2.1/proposals/{customerServiceNumber}``."""

    customer_service_number: Csn
