"""A product's clauses as partners read them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lastro.kernel.calendar import format_moment
from lastro.origination.contracts.model import ProductClauses


class ClauseView(BaseModel):
    """A clause as it was written."""

    title: Annotated[str, Field(description="May hold variables", examples=["Programa de fidelidade"])]
    paragraphs: Annotated[
        list[str],
        Field(description="May hold variables and conditions", examples=[["{{ emitente }} participa do programa."]]),
    ]


class ProductClausesView(BaseModel):
    """The clauses a partner adds to a product's contracts."""

    product_id: Annotated[int, Field(description="The product", examples=[1])]
    version: Annotated[int, Field(description="Grows by one with every change; 0: never written", examples=[1])]
    clauses: Annotated[list[ClauseView], Field(description="In the order of the contract")]
    updated_at: Annotated[str | None, Field(description="UTC", examples=["2026-11-03T12:00:00.000Z"])]


class ProductClausesAnswer(BaseModel):
    """Envelope of a product's clauses."""

    data: ProductClausesView


def show_clauses(kept: ProductClauses) -> ProductClausesAnswer:
    """A product's clauses as they were written."""
    clauses = [ClauseView(title=each.title, paragraphs=list(each.paragraphs)) for each in kept.clauses]
    view = ProductClausesView(
        product_id=kept.product_id, version=kept.version, clauses=clauses, updated_at=format_moment(kept.updated_at)
    )
    return ProductClausesAnswer(data=view)
