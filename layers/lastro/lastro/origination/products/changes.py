"""What a partner sends to change a product: what is left out stays as it is."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from lastro.origination.products.reading_requests import ProductId
from lastro.origination.products.requests import CreateProduct
from lastro.wire.amounts import Flag
from lastro.wire.identifiers import Number
from lastro.wire.objects import Patch, describe_changes
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty

Group = dict[str, Any]
_PART = "As in POST; what is left out of it stays"


class PatchProduct(Patch, Request):
    """Path and body of ``PATCH /api/external/v2.1/products/{product_id}``: what is left out stays as it is.

    ``null`` or an empty text brings a field back to what POST takes without it, and is refused where POST needs one.
    """

    product_id: ProductId
    version: Annotated[Number | None, Field(description="Refuse unless this is the version now", examples=[1])] = None
    type: Annotated[str | None, Field(description="As in POST", examples=["CAAS"])] = None
    name: Annotated[str | None, NeverEmpty, Field(description="As in POST", examples=["Crédito pessoal"])] = None
    active: Annotated[Flag | None, Field(description="As in POST", examples=[False])] = None
    logo: Annotated[str | None, Field(description="As in POST; null takes it away")] = None
    value: Annotated[Group | None, NeverEmpty, Field(description=_PART, examples=[{"max": 50000}])] = None
    installments: Annotated[Group | None, NeverEmpty, Field(description=_PART, examples=[{"max": 48}])] = None
    monthly_tax: Annotated[Group | None, NeverEmpty, Field(description=_PART, examples=[{"min": 1.5}])] = None
    cad_value: Annotated[Group | None, Field(description=_PART, examples=[{"default": 50}])] = None
    first_due_days: Annotated[Group | None, Field(description=_PART, examples=[{"max": 45}])] = None
    insurance: Annotated[Any, Field(description="As in POST", examples=[1.5])] = None
    grace: Annotated[str | None, Field(description="As in POST", examples=["compound"])] = None
    day_count: Annotated[str | None, Field(description="As in POST", examples=["calendar_days"])] = None
    amortization: Annotated[str | None, Field(description="As in POST", examples=["sac"])] = None
    due_day_rule: Annotated[str | None, Field(description="As in POST", examples=["next_business_day"])] = None
    person_types: Annotated[list[str] | None, Field(description="As in POST", examples=[["PF", "MEI"]])] = None
    eligibility: Annotated[Group | None, Field(description=_PART, examples=[{"minimum_age": 21}])] = None
    issuer: Annotated[Group | None, NeverEmpty, Field(description=_PART, examples=[{"ombudsman": "0800 000 0000"}])] = (
        None
    )
    contract_template: Annotated[str | None, Field(description="As in POST", examples=["ccb"])] = None
    late_payment: Annotated[Group | None, Field(description=_PART, examples=[{"fine": 1}])] = None
    offer_days: Annotated[Any, Field(description="As in POST", examples=[5])] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Each field as POST describes it: what is sent is checked with all the rest of the product."""
        described = super().__get_pydantic_json_schema__(schema, handler)
        handler.resolve_ref_schema(described)["properties"].update(describe_changes(CreateProduct))
        return described
