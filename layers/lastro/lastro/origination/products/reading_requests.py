"""What a partner sends to read products. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.wire.requests import Request

MAX_PAGE = 100

ProductId = Annotated[int, Field(ge=1, lt=10**12, description="Number of the product", examples=[1])]


class GetProduct(Request):
    """Path and query of ``GET /api/external/v2.1/products/{product_id}``."""

    product_id: ProductId
    version: Annotated[int | None, Field(ge=1, lt=10**6, description="An earlier version", examples=[1])] = None


class ListProducts(Request):
    """Query of ``GET /api/external/v2.1/products``."""

    after: Annotated[int, Field(ge=0, lt=10**12, description="Products with a higher number only", examples=[0])] = 0
    per_page: Annotated[int, Field(ge=1, le=MAX_PAGE, description="Products a page", examples=[50])] = 50
