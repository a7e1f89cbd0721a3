"""What a partner sends to simulate a credit. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from lastro.origination.enumerations import Listed
from lastro.origination.inputs import AskedCount, AskedDay, AskedFee, AskedPercent, AskedReais
from lastro.origination.products.wire import PersonType
from lastro.wire.documents import DocumentText
from lastro.wire.identifiers import Number
from lastro.wire.requests import Request
from lastro.wire.rule import MayBeEmpty

Person = Annotated[PersonType, Listed, Field(description="Decides the IOF rates", examples=["PF"])]
ProductNumber = Annotated[Number, Field(description="A product of type CAAS", examples=[1])]


class SimulationRequest(Request):
    model_config = ConfigDict(extra="ignore")


class SimulateCredit(SimulationRequest):
    """Body of ``POST /api/external/caas/simulation``."""

    only_simulation: Annotated[
        bool, Field(description="false keeps the offer, so that a proposal may refer to it", examples=[True])
    ] = True
    value: Annotated[AskedReais, Field(description="What the borrower receives, R$", examples=[10000])]
    tax_number: DocumentText
    person_type: Person
    release_date: Annotated[AskedDay, Field(description="May lie in the past", examples=["2025-08-01"])]
    due_date: Annotated[AskedDay, Field(description="First due date", examples=["2025-09-01"])]
    monthly_tax: Annotated[AskedPercent, Field(description="Percent a month", examples=[2.5])]
    installments: Annotated[AskedCount, Field(description="Number of instalments", examples=[12])]
    product_id: ProductNumber
    cad_value: Annotated[
        AskedFee | None,
        MayBeEmpty,
        Field(description="Registration fee, R$; left out: the product's own", examples=[0]),
    ] = None
    idempotency_key: str | None = None
