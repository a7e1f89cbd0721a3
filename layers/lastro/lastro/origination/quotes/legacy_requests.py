"""What a partner sends to the legacy simulation, in every spelling clients use."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from lastro.origination.errors import ONLY_CAAS
from lastro.origination.pricing.inputs import AskedDay, AskedFee, AskedPercent, AskedReais
from lastro.origination.products.model import MAX_INSTALLMENTS
from lastro.origination.products.words import PersonType
from lastro.origination.proposals.enumerations import Listed, read_word
from lastro.origination.quotes.requests import SimulationRequest
from lastro.wire.amounts import InWhole
from lastro.wire.identifiers import Number


def _read_caas(value: Any) -> str:
    if read_word(value) != "CAAS":
        raise PydanticCustomError(ONLY_CAAS.rule, ONLY_CAAS.text)
    return "CAAS"


class SimulateCcb(SimulationRequest):
    """Body of ``POST /api/external/v2/ccb/simulation``; ``product_id`` is optional and adds the product's bounds."""

    type: Annotated[
        str,
        BeforeValidator(_read_caas),
        WithJsonSchema({"type": "string", "enum": ["CAAS"]}),
        Field(description="Always CAAS", examples=["CAAS"]),
    ] = "CAAS"
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
        int, InWhole(1, MAX_INSTALLMENTS, written=True), Field(description="Number of instalments", examples=[10])
    ]
    monthly_tax: Annotated[
        AskedPercent,
        Field(
            validation_alias=AliasChoices("monthly_tax", "monthlyTax", "monthly_Tax"),
            description="Percent a month",
            examples=[7.9],
        ),
    ]
    cad_value: Annotated[
        AskedFee | None,
        Field(
            validation_alias=AliasChoices("cadValue", "cad_value"),
            description="Registration fee, R$",
            examples=[150.2],
        ),
    ] = None
    value: Annotated[AskedReais, Field(description="What the borrower receives, R$", examples=[28500.5])]
    product_id: Annotated[
        Number | None,
        Field(
            validation_alias=AliasChoices("product_id", "productId"),
            description="A product of type CAAS",
            examples=[1],
        ),
    ] = None
    person_type: Annotated[
        PersonType,
        Listed,
        Field(
            validation_alias=AliasChoices("person_type", "personType"),
            description="Decides the IOF rates",
            examples=["PF"],
        ),
    ] = PersonType.PF
