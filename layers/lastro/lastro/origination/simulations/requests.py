"""What a partner sends to simulate a credit (reference caas.md §3.2). Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from lastro.documents import InvalidDocument, parse_document
from lastro.origination.enumerations import Listed
from lastro.origination.inputs import AskedDay, AskedPercent, AskedReais, AskedWhole
from lastro.origination.products.wire import PersonType
from lastro.wire.requests import Request


def _read_document(value: Any) -> str:
    # Sent as a number, a document loses its leading zeros (reference caas.md §10).
    text = str(value).zfill(11) if isinstance(value, int) and 0 <= value < 10**11 else value
    try:
        return parse_document(text).value
    except InvalidDocument as error:
        raise PydanticCustomError("document", "Send a CPF or CNPJ with right check digits.") from error


Person = Annotated[PersonType, Listed, Field(description="Decides the IOF rates", examples=["PF"])]
ProductNumber = Annotated[AskedWhole, Field(description="A product of type CAAS", examples=[1])]


class SimulationRequest(Request):
    model_config = ConfigDict(extra="ignore")


class SimulateCredit(SimulationRequest):
    """Body of ``POST /api/external/caas/simulation``."""

    only_simulation: Annotated[
        bool, Field(description="false keeps the offer, so that a proposal may refer to it", examples=[True])
    ] = True
    value: Annotated[AskedReais, Field(description="What the borrower receives, R$", examples=[10000])]
    tax_number: Annotated[
        str, BeforeValidator(_read_document), Field(description="CPF or CNPJ", examples=["529.982.247-25"])
    ]
    person_type: Person
    release_date: Annotated[AskedDay, Field(description="May lie in the past", examples=["2025-08-01"])]
    due_date: Annotated[AskedDay, Field(description="First due date", examples=["2025-09-01"])]
    monthly_tax: Annotated[AskedPercent, Field(description="Percent a month", examples=[2.5])]
    installments: Annotated[AskedWhole, Field(description="Number of instalments", examples=[12])]
    product_id: ProductNumber
    cad_value: Annotated[
        AskedReais | None, Field(description="Registration fee, R$; left out: the product's own", examples=[0])
    ] = None
    idempotency_key: str | None = None
