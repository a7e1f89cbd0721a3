"""What a partner sends to endorse a CCB."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StringConstraints
from pydantic_core import PydanticCustomError

from lastro.documents import Cnpj, InvalidDocument
from lastro.origination.contracts.fields import Drawable
from lastro.origination.fields import PersonName
from lastro.origination.inputs import AskedReais
from lastro.origination.requests import CamelRequest, Csn, IdempotencyKey

MAX_CENTS = 10**12


def _cnpj(text: str) -> str:
    try:
        return Cnpj.parse(text).value
    except InvalidDocument as error:
        raise PydanticCustomError("cnpj", "Send a valid CNPJ.") from error


class ListEndorsements(CamelRequest):
    """Path of ``GET /v2.1/proposals/{customerServiceNumber}/endorsements``."""

    customer_service_number: Csn


class CreateEndorsement(CamelRequest):
    """Body of ``POST /v2.1/proposals/{customerServiceNumber}/endorsements``: an endorsement names its endorsee."""

    customer_service_number: Csn
    endorsee_name: Annotated[PersonName, Drawable, Field(description="Company name", examples=["Fundo Exemplo FIDC"])]
    endorsee_cnpj: Annotated[
        str,
        StringConstraints(max_length=18),
        AfterValidator(_cnpj),
        Field(description="Bare or masked, with letters too", examples=["12.ABC.345/01DE-35"]),
    ]
    value: Annotated[
        AskedReais, Field(ge=1, le=MAX_CENTS, description="Value of the assignment, R$", examples=[9800.0])
    ]
    recourse: Annotated[
        StrictBool, Field(description="The endorser answers for the debtor (coobrigação)", examples=[False])
    ]
    idempotency_key: IdempotencyKey = None
