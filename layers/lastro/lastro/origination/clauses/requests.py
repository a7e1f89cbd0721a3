"""What a partner sends about the clauses of a product."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.wire.amounts import InWhole
from lastro.wire.identifiers import Number
from lastro.wire.objects import WireObject
from lastro.wire.requests import Request
from lastro.wire.text import Line

MAX_OWN_CLAUSES = 20
_Version = Annotated[int, InWhole(0, 10**6, written=True)]


class ClauseBody(WireObject):
    """A clause; texts may hold variables and conditions (docs/caas.md)."""

    title: Annotated[
        str,
        Line(120),
        Field(description="Its title", examples=["Fidelidade"]),
    ]
    paragraphs: Annotated[
        list[Annotated[str, Line(4000)]],
        Field(
            min_length=1,
            max_length=20,
            description="Its paragraphs; one that turns out empty is left out",
            examples=[["{{ emitente }} participa do programa {{ produto }}."]],
        ),
    ]


class GetProductClauses(Request):
    """Path of ``GET /v2.1/products/{product_id}/clauses``."""

    product_id: Annotated[Number, Field(description="The product", examples=[1])]


class PutProductClauses(GetProductClauses):
    """Path and body of ``PUT /v2.1/products/{product_id}/clauses``."""

    clauses: Annotated[
        list[ClauseBody], Field(max_length=MAX_OWN_CLAUSES, description="All of them, in order; none removes them")
    ]
    version: Annotated[
        _Version | None, Field(description="Only if the clauses are still this version", examples=[0])
    ] = None
