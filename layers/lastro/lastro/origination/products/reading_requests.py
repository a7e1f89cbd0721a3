"""What a partner sends to read products. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.wire.amounts import InWhole
from lastro.wire.identifiers import Number
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request

ProductId = Annotated[Number, Field(description="Number of the product", examples=[1])]


class GetProduct(Request):
    """Path and query of ``GET /api/external/v2.1/products/{product_id}``."""

    product_id: ProductId
    version: Annotated[
        Annotated[int, InWhole(1, 10**6 - 1, written=True)] | None,
        Field(description="An earlier version", examples=[1]),
    ] = None


class ListProducts(Request):
    """Query of ``GET /api/external/v2.1/products``."""

    after: Annotated[
        int,
        InWhole(0, 10**12 - 1, written=True),
        Field(description="Products with a higher number only", examples=[0]),
    ] = 0
    per_page: Annotated[PerPage, Field(description="Products a page", examples=[50])] = 50
