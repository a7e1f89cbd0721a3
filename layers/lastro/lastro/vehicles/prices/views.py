"""What a store reads of its prices of models, by the names the vendor's clients read. Amounts in cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, Field

from lastro.kernel.calendar import format_moment
from lastro.vehicles.catalogue.model import VehicleModel
from lastro.vehicles.prices.model import ModelPrice, PriceChange

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class PricedModel(BaseModel):
    """The model of a price."""

    id: int = Field(description="Number of the model", examples=[1])
    name: str = Field(description="Name of the model", examples=["Brisa"])
    brand: str = Field(description="Brand", examples=["Aurora"])
    version: str = Field(description="Version", examples=["1.0 Flex 12V 5p"])
    molicar_code: str = Field(description="Molicar code", examples=["00100001-0"])
    fipe_code: str | None = Field(description="FIPE code", examples=["001001-0"])
    year_start: int = Field(description="First model year", examples=[2020])
    year_end: int = Field(description="Last model year", examples=[2026])
    public_price_cents: int | None = Field(description="Reference price of the table", examples=[7_250_000])
    public_price_month: str | None = Field(description="Month of the reference price", examples=["2026-11"])


class PricingStore(BaseModel):
    """The store of a price."""

    id: int = Field(description="Number of the store", examples=[1])
    name: str | None = Field(description="Name of the store", examples=["Loja Centro"])
    display_name: str | None = Field(description="Name of the store", examples=["Loja Centro"])
    uf: str | None = Field(description="State, two letters", examples=["SP"])
    limit_vehicle_prices: bool = Field(default=False, description="Always false")


class VehiclePriceView(BaseModel):
    """A store's prices of one model."""

    id: int = Field(description="Number of the price", examples=[1])
    store_id: int = Field(description="Number of the store", examples=[1])
    min_price_cents: int = Field(description="The least the store sells it for", examples=[6_900_000])
    default_price_cents: int = Field(description="What the store asks for it", examples=[7_250_000])
    price_month: str = Field(description="Month that the prices are of", examples=["2026-11"])
    active: bool = Field(description="Whether they count", examples=[True])
    vehicle_model: PricedModel
    store: PricingStore
    created_at: Moment
    updated_at: Moment


class VehiclePriceAnswer(BaseModel):
    """Envelope of one price."""

    vehicle_price: VehiclePriceView


class VehiclePriceList(BaseModel):
    """A page of the store's prices, in order of the models' numbers."""

    vehicle_prices: list[VehiclePriceView] = Field(description="Prices of this page")


class PriceChangeView(BaseModel):
    """Prices as one act left them."""

    version: int = Field(description="From 1", examples=[1])
    min_price_cents: int = Field(description="The least the store sold it for", examples=[6_900_000])
    default_price_cents: int = Field(description="What the store asked for it", examples=[7_250_000])
    price_month: str = Field(description="Month that the prices are of", examples=["2026-11"])
    active: bool = Field(description="Whether they counted", examples=[True])
    at: Moment
    principal: str = Field(description="The credential that did it", examples=["key:0b6f2d0e"])


class PriceHistory(BaseModel):
    """Every price that the store gave a model, oldest first."""

    history: list[PriceChangeView] = Field(description="Oldest first")


def show_price(store_id: int, store: Mapping[str, Any], price: ModelPrice, model: VehicleModel) -> VehiclePriceView:
    listed = model.listed
    name = store.get("name")
    return VehiclePriceView(
        id=price.id,
        store_id=store_id,
        **asdict(price.asked),
        vehicle_model=PricedModel(
            id=model.id,
            name=listed.name,
            brand=listed.brand,
            version=listed.version,
            molicar_code=listed.molicar_code,
            fipe_code=listed.fipe_code,
            year_start=listed.year_start,
            year_end=listed.year_end,
            public_price_cents=listed.price_cents,
            public_price_month=listed.price_month,
        ),
        store=PricingStore(id=store_id, name=name, display_name=name, uf=store.get("uf")),
        created_at=format_moment(price.created_at),
        updated_at=format_moment(price.updated_at),
    )


def show_price_change(change: PriceChange) -> PriceChangeView:
    return PriceChangeView(
        version=change.version, **asdict(change.asked), at=format_moment(change.at), principal=change.principal
    )
