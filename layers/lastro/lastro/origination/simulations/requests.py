"""What a partner sends to simulate a credit (reference caas.md §3.2, §3.3). Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from lastro.documents import InvalidDocument, parse_document
from lastro.origination.inputs import AskedDay, AskedPercent, AskedReais, AskedWhole
from lastro.origination.products.requests import MAX_INSTALLMENTS
from lastro.origination.products.wire import PersonType


def _read_document(value: Any) -> str:
    # Sent as a number, a document loses its leading zeros (reference caas.md §10).
    text = str(value).zfill(11) if isinstance(value, int) and 0 <= value < 10**11 else value
    try:
        return parse_document(text).value
    except InvalidDocument as error:
        raise PydanticCustomError("document", "Send a CPF or CNPJ with right check digits.") from error


def _read_person(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


Person = Annotated[
    PersonType, BeforeValidator(_read_person), Field(description="Decides the IOF rates", examples=["PF"])
]
ProductNumber = Annotated[AskedWhole, Field(description="A product of type CAAS", examples=[1])]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore")


class SimulateCredit(_Wire):
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


def _read_caas(value: Any) -> str:
    if _read_person(value) != "CAAS":
        raise PydanticCustomError("caas", "Only CAAS is simulated here.")
    return "CAAS"


class SimulateCcb(_Wire):
    """Body of ``POST /api/external/v2/ccb/simulation``; ``product_id`` is optional and adds the product's bounds."""

    type: Annotated[str, BeforeValidator(_read_caas), Field(description="Always CAAS", examples=["CAAS"])] = "CAAS"
    release_date: Annotated[
        AskedDay,
        Field(
            validation_alias=AliasChoices("releaseDate", "releasedDate", "release_date"),
            description="Release date",
            examples=["2022-10-30"],
        ),
    ]
    due_date: Annotated[
        AskedDay,
        Field(
            validation_alias=AliasChoices("dueDate", "due_date"), description="First due date", examples=["2022-11-30"]
        ),
    ]
    installments: Annotated[
        AskedWhole, Field(ge=1, le=MAX_INSTALLMENTS, description="Number of instalments", examples=[10])
    ]
    monthly_tax: Annotated[
        AskedPercent,
        Field(
            ge=0,
            le=100,
            validation_alias=AliasChoices("monthly_tax", "monthlyTax", "monthly_Tax"),
            description="Percent a month",
            examples=[7.9],
        ),
    ]
    cad_value: Annotated[
        AskedReais | None,
        Field(
            ge=0,
            le=10**12,
            validation_alias=AliasChoices("cadValue", "cad_value"),
            description="Registration fee, R$",
            examples=[150.2],
        ),
    ] = None
    value: Annotated[
        AskedReais, Field(ge=1, le=10**12, description="What the borrower receives, R$", examples=[28500.5])
    ]
    product_id: Annotated[
        AskedWhole | None,
        Field(
            validation_alias=AliasChoices("product_id", "productId"),
            description="A product of type CAAS",
            examples=[1],
        ),
    ] = None
    person_type: Annotated[
        PersonType,
        BeforeValidator(_read_person),
        Field(
            validation_alias=AliasChoices("person_type", "personType"),
            description="Decides the IOF rates",
            examples=["PF"],
        ),
    ] = PersonType.PF
