"""What a partner asks of its catalogue. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.vehicles.catalogue.codes import FipeCode, MolicarCode, Year
from lastro.wire.pages import Page, PerPage
from lastro.wire.requests import Request
from lastro.wire.text import Text


class ListModels(Request):
    """Query of ``GET /api/v1/vehicle_models``; what is absent narrows nothing."""

    molicar_code: Annotated[
        MolicarCode | None, Field(description="Only the model of this Molicar code", examples=["00100001-0"])
    ] = None
    fipe_code: Annotated[FipeCode | None, Field(description="Only models of this FIPE code", examples=["001001-0"])] = (
        None
    )
    year_start_less_than_or_equal_to: Annotated[
        Year | None, Field(description="Only models made since this model year or before", examples=[2022])
    ] = None
    year_end_greater_than_or_equal_to: Annotated[
        Year | None, Field(description="Only models made until this model year or later", examples=[2022])
    ] = None
    page: Page = 1
    per_page: PerPage = 25


class SearchModel(Request):
    """Query of ``GET /api/v1/vehicle_models/search``."""

    q: Annotated[
        Text, Field(description="Brand, name, version, year; in any order and case", examples=["aurora 1.0 2022"])
    ]
    manufacture_year: Annotated[
        Year | None, Field(description="The model year or the year before", examples=[2021])
    ] = None
    model_year: Annotated[Year | None, Field(description="A year the model was made for", examples=[2022])] = None
