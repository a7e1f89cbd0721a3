"""What a store reads of its vehicles. Amounts in cents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, Field, RootModel

from lastro.kernel.calendar import format_moment
from lastro.vehicles.stock.model import StockChange, Vehicle

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class StockVehicleView(BaseModel):
    """A vehicle of a store's stock, or one that left it."""

    id: Annotated[int, Field(description="Number of the vehicle", examples=[1])]
    store_id: Annotated[int, Field(description="Number of the store", examples=[1])]
    vehicle_model_id: Annotated[int, Field(description="Number of a model of the catalogue", examples=[1])]
    price_cents: Annotated[int, Field(description="What the store asks for it", examples=[7_250_000])]
    description: Annotated[str | None, Field(description="Free text", examples=["Único dono"])]
    license_plate_code: Annotated[str | None, Field(description="Plate, as it was sent", examples=["ABC1D23"])]
    chassi_code: Annotated[str | None, Field(description="Chassis number (VIN)", examples=["9BWZZZ377VT004251"])]
    renavam_code: Annotated[str | None, Field(description="Eleven digits", examples=["00891749063"])]
    color: Annotated[str | None, Field(description="Colour", examples=["prata"])]
    km_mileage: Annotated[int | None, Field(description="Kilometres", examples=[32_000])]
    manufacture_year: Annotated[int | None, Field(description="Year it was made in", examples=[2021])]
    model_year: Annotated[int | None, Field(description="Model year", examples=[2022])]
    zero_km: Annotated[bool, Field(description="A new vehicle", examples=[False])]
    licensing_uf: Annotated[str | None, Field(description="State of registration", examples=["SP"])]
    in_stock: Annotated[bool, Field(description="Whether it is for sale", examples=[True])]
    removed_at: Annotated[
        str | None, Field(description="When it left the stock, UTC", examples=["2026-11-03T12:00:00.000Z"])
    ]
    created_at: Moment
    updated_at: Moment


class StockVehicleAnswer(BaseModel):
    """Envelope of one vehicle."""

    vehicle: StockVehicleView


class StockVehicleList(RootModel[list[StockVehicleView]]):
    """A page of the store's stock, in order of number, without an envelope."""


class FieldChangeView(BaseModel):
    """One field before and after an act."""

    field: Annotated[str, Field(description="Name of the field", examples=["price_cents"])]
    before: Annotated[Any, Field(description="What it was", examples=[7_500_000])]
    after: Annotated[Any, Field(description="What it became", examples=[7_250_000])]


class StockChangeView(BaseModel):
    """One act on a vehicle."""

    version: Annotated[int, Field(description="From 1", examples=[2])]
    act: Annotated[str, Field(description="created, updated or removed_from_stock", examples=["updated"])]
    at: Moment
    principal: Annotated[str, Field(description="The credential that did it", examples=["key:0b6f2d0e"])]
    changes: Annotated[list[FieldChangeView], Field(description="Fields that the act changed")]


class StockHistory(BaseModel):
    """Everything that was done to a vehicle, oldest first."""

    history: Annotated[list[StockChangeView], Field(description="Acts on the vehicle, oldest first")]


def show_vehicle(store_id: int, vehicle: Vehicle) -> StockVehicleView:
    return StockVehicleView(
        id=vehicle.id,
        store_id=store_id,
        **asdict(vehicle.described),
        in_stock=vehicle.removed_at is None,
        removed_at=format_moment(vehicle.removed_at),
        created_at=format_moment(vehicle.created_at),
        updated_at=format_moment(vehicle.updated_at),
    )


def show_change(change: StockChange) -> StockChangeView:
    return StockChangeView(
        version=change.version,
        act=change.act,
        at=format_moment(change.at),
        principal=change.principal,
        changes=[
            FieldChangeView(field=name, before=before, after=after) for name, (before, after) in change.changes.items()
        ],
    )
