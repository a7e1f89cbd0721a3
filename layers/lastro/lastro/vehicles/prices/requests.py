"""What a store sends about its prices of models. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.vehicles.catalogue.codes import Month
from lastro.wire.amounts import MAX_CENTS, Flag, InCents
from lastro.wire.identifiers import Number
from lastro.wire.objects import WireObject
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request

Price = Annotated[int, InCents(1, MAX_CENTS)]


class SentPrice(WireObject):
    """A store's prices of a model, whole."""

    store_id: Annotated[Number | None, Field(description="The store, as in Store-Id")] = None
    vehicle_model_id: Annotated[Number | None, Field(description="The model, as in the path", examples=[1])] = None
    min_price_cents: Annotated[Price, Field(description="The least the store sells it for", examples=[6_900_000])]
    default_price_cents: Annotated[Price, Field(description="What the store asks for it", examples=[7_250_000])]
    price_month: Annotated[Month, Field(description="Month that the prices are of", examples=["2026-11"])]
    active: Annotated[Flag, Field(description="Whether they count", examples=[True])] = True


class FindPrice(Request):
    """Path of a model's prices."""

    vehicle_model_id: Annotated[Number, Field(description="Number of a model of the catalogue")]


class PutPrice(FindPrice):
    """Path and body of ``PUT /api/v1/vehicle_prices/{vehicle_model_id}``."""

    vehicle_price: SentPrice


class ListPrices(Request):
    """Query of ``GET /api/v1/vehicle_prices``."""

    after: Annotated[
        Number | None, Field(description="The last model's number of the page before; absent: the first page")
    ] = None
    per_page: PerPage = 100
