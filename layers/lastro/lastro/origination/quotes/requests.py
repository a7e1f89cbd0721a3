"""What a partner sends to simulate a credit. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from lastro.kernel.errors import InvalidInput
from lastro.origination.errors import ONE_FIGURE_MISSING, ONE_FIGURE_ONLY
from lastro.origination.pricing.inputs import AskedCount, AskedDay, AskedFee, AskedPercent, AskedReais
from lastro.origination.pricing.inversion import Figure, Wanted
from lastro.origination.products.words import PersonType
from lastro.origination.proposals.enumerations import Listed
from lastro.wire.amounts import WrittenFlag
from lastro.wire.identifiers import Number
from lastro.wire.persons.documents import DocumentText
from lastro.wire.requests import Request
from lastro.wire.rule import given

Person = Annotated[PersonType, Listed, Field(description="Decides the IOF rates", examples=["PF"])]
ProductNumber = Annotated[Number, Field(description="A product of type CAAS", examples=[1])]


class SimulationRequest(Request):
    """What calls that simulate have in common: a field that they do not know is passed over, as at the vendor."""

    model_config = ConfigDict(extra="ignore")


class SimulateCredit(SimulationRequest):
    """Body of ``POST /api/external/caas/simulation``."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [given(name) for name in ("value", "installment_value", "gross_value")]}
    )

    only_simulation: Annotated[
        WrittenFlag, Field(description="false keeps the offer, so that a proposal may refer to it", examples=[True])
    ] = True
    value: Annotated[
        AskedReais | None,
        Field(
            description="What the borrower receives, R$; exactly one of value, installment_value and gross_value",
            examples=[10000],
        ),
    ] = None
    installment_value: Annotated[
        AskedReais | None,
        Field(description="In place of value: the instalment, R$; the largest value that does not exceed it is found"),
    ] = None
    gross_value: Annotated[
        AskedReais | None,
        Field(description="In place of value: all that is financed, R$; found in the same way"),
    ] = None
    tax_number: DocumentText
    person_type: Person
    release_date: Annotated[AskedDay, Field(description="May lie in the past", examples=["2025-08-01"])]
    due_date: Annotated[AskedDay, Field(description="First due date", examples=["2025-09-01"])]
    monthly_tax: Annotated[AskedPercent, Field(description="Percent a month", examples=[2.5])]
    installments: Annotated[AskedCount, Field(description="Number of instalments", examples=[12])]
    product_id: ProductNumber
    cad_value: Annotated[
        AskedFee | None,
        Field(description="Registration fee, R$; left out: the product's own", examples=[0]),
    ] = None
    idempotency_key: str | None = None

    @property
    def wanted(self) -> Wanted | None:
        """What the amount released is to be found from; ``None`` where ``value`` gives it.

        Raises ``InvalidInput`` unless exactly one of the three is given.
        """
        sent = [name for name in ("value", *Figure) if getattr(self, name) is not None]
        if not sent:
            raise InvalidInput([ONE_FIGURE_MISSING.at("value")])
        if len(sent) > 1:
            raise InvalidInput([ONE_FIGURE_ONLY.at(name) for name in sent])
        if self.value is not None:
            return None
        figure = Figure(sent[0])
        return Wanted(figure, getattr(self, figure))
