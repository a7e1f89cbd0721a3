"""What a partner sends about the clauses of a product."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from lastro.origination.fields import Words
from lastro.origination.inputs import AskedWhole
from lastro.wire.requests import Request

MAX_OWN_CLAUSES = 20


class ClauseBody(BaseModel):
    """A clause; texts may hold variables and conditions (docs/caas.md)."""

    title: Annotated[
        str,
        StringConstraints(min_length=1, max_length=120),
        Words,
        Field(description="Its title", examples=["Fidelidade"]),
    ]
    paragraphs: Annotated[
        list[Annotated[str, StringConstraints(min_length=1, max_length=4000), Words]],
        Field(
            min_length=1,
            max_length=20,
            description="Its paragraphs; one that turns out empty is left out",
            examples=[["{{ emitente }} participa do programa {{ produto }}."]],
        ),
    ]


class GetProductClauses(Request):
    """Path of ``GET /v2.1/products/{product_id}/clauses``."""

    product_id: Annotated[AskedWhole, Field(ge=1, le=10**12 - 1, description="The product", examples=[1])]


class PutProductClauses(GetProductClauses):
    """Path and body of ``PUT /v2.1/products/{product_id}/clauses``."""

    clauses: Annotated[
        list[ClauseBody], Field(max_length=MAX_OWN_CLAUSES, description="All of them, in order; none removes them")
    ]
    version: Annotated[
        AskedWhole | None, Field(ge=0, description="Only if the clauses are still this version", examples=[0])
    ] = None
