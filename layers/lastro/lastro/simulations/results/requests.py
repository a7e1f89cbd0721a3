"""What a partner sends to read simulations (wire names: docs/sources.md). Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from lastro.wire.amounts import InWhole
from lastro.wire.days import AnyDay
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request


class GetSimulation(Request):
    """Path of ``GET /api/v1/banks_api/simulations/{uuid}``."""

    uuid: Annotated[
        str,
        StringConstraints(max_length=64),
        Field(description="What POST answered", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"]),
    ]


class ListSimulations(Request):
    """Query of ``GET /api/v1/proposal_simulations``."""

    after: Annotated[
        AnyDay | None,
        Field(description="Created on or after this day in São Paulo", examples=["2026-11-01"]),
    ] = None
    page: Annotated[int, InWhole(1, 1000, written=True), Field(description="From 1", examples=[1])] = 1
    per_page: Annotated[PerPage, Field(description="Simulations of a page", examples=[25])] = 25
    sort: Annotated[Literal["created_at_desc", "created_at_asc"], Field(description="Newest or oldest first")] = (
        "created_at_desc"
    )
