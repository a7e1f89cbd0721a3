"""What a partner reads of its catalogue, by the names the vendor's clients read. Amounts in cents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lastro.kernel.calendar import format_moment
from lastro.kernel.money import format_brl
from lastro.vehicles.catalogue.model import VehicleModel

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class BrandView(BaseModel):
    """A brand; its number stays the same in every load."""

    id: Annotated[int, Field(description="Number of the brand", examples=[1])]
    name: Annotated[str, Field(description="As the table has it", examples=["Aurora"])]


class FuelView(BaseModel):
    """What the vehicle runs on."""

    object_type: Annotated[Literal["Fuel"], Field(description="Always Fuel")] = "Fuel"
    id: Annotated[int, Field(description="Number of the fuel", examples=[3])]
    name: Annotated[str, Field(description="In Portuguese", examples=["Flex"])]
    created_at: Moment
    updated_at: Moment


class VehicleTypeView(BaseModel):
    """Car, motorcycle or truck."""

    id: Annotated[int, Field(description="Number of the kind", examples=[1])]
    name: Annotated[str, Field(description="In Portuguese", examples=["Carro"])]


class CatalogueModelView(BaseModel):
    """A model of the partner's table."""

    object_type: Annotated[Literal["VehicleModel"], Field(description="Always VehicleModel")] = "VehicleModel"
    id: Annotated[int, Field(description="Number of the model, the same in every load", examples=[1])]
    name: Annotated[str, Field(description="Name of the model", examples=["Brisa"])]
    brand: Annotated[str, Field(description="Name of the brand", examples=["Aurora"])]
    version: Annotated[str, Field(description="Version", examples=["1.0 Flex 12V 5p"])]
    molicar_code: Annotated[str, Field(description="Molicar code", examples=["00100001-0"])]
    fipe_code: Annotated[str | None, Field(description="FIPE code", examples=["001001-0"])]
    year_start: Annotated[int, Field(description="First model year", examples=[2020])]
    year_end: Annotated[int, Field(description="Last model year", examples=[2026])]
    active: Annotated[bool, Field(description="Whether the last table has it", examples=[True])]
    publish: Annotated[bool, Field(description="As active", examples=[True])]
    public_price_cents: Annotated[int | None, Field(description="Reference price", examples=[7_250_000])]
    public_price_as_string: Annotated[str | None, Field(description="Reference price", examples=["R$ 72.500,00"])]
    public_price_month: Annotated[str | None, Field(description="Month of the price", examples=["2026-11"])]
    public_picture: Annotated[str | None, Field(description="Always null", examples=[None])] = None
    vehicle_brand: BrandView
    fuel: FuelView
    vehicle_type: VehicleTypeView
    created_at: Moment
    updated_at: Moment


class CatalogueModelAnswer(BaseModel):
    """Envelope of one model."""

    vehicle_model: CatalogueModelView


class CatalogueModelList(BaseModel):
    """A page of the partner's models, in order of number."""

    vehicle_models: Annotated[list[CatalogueModelView], Field(description="Models of this page")]


def show_model(model: VehicleModel) -> CatalogueModelView:
    listed = model.listed
    created_at, updated_at = format_moment(model.created_at), format_moment(model.updated_at)
    price = listed.price_cents
    return CatalogueModelView(
        id=model.id,
        name=listed.name,
        brand=listed.brand,
        version=listed.version,
        molicar_code=listed.molicar_code,
        fipe_code=listed.fipe_code,
        year_start=listed.year_start,
        year_end=listed.year_end,
        active=model.active,
        publish=model.active,
        public_price_cents=price,
        public_price_as_string=None if price is None else format_brl(price),
        public_price_month=listed.price_month,
        vehicle_brand=BrandView(id=model.brand_id, name=listed.brand),
        fuel=FuelView(id=listed.fuel.id, name=listed.fuel.label, created_at=created_at, updated_at=created_at),
        vehicle_type=VehicleTypeView(id=listed.vehicle_type.id, name=listed.vehicle_type.label),
        created_at=created_at,
        updated_at=updated_at,
    )
