"""What a store sends about its vehicles. Unknown fields are ignored, ``null`` is as what was left out."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from lastro.vehicles.catalogue.codes import Year
from lastro.wire.amounts import MAX_CENTS, Flag, InCents, InWhole
from lastro.wire.identifiers import IdempotencyKey, Number
from lastro.wire.objects import WireObject
from lastro.wire.pages import PerPage
from lastro.wire.persons.places import State
from lastro.wire.requests import Request
from lastro.wire.text import LongText, ShortText
from lastro.wire.things.vehicles import Chassi, LicensePlate, Renavam

Price = Annotated[int, InCents(1, MAX_CENTS)]
Kilometres = Annotated[int, InWhole(0, 9_999_999)]


class ChangedVehicle(WireObject):
    """What changes of a vehicle; what is left out stays."""

    store_id: Annotated[Number | None, Field(description="The store, as in Store-Id")] = None
    vehicle_model_id: Annotated[Number | None, Field(description="Number of a model of the catalogue")] = None
    price_cents: Annotated[Price | None, Field(description="What the store asks for it", examples=[7_250_000])] = None
    description: Annotated[LongText | None, Field(description="Free text", examples=["Único dono"])] = None
    license_plate_code: Annotated[
        LicensePlate | None, Field(description="Plate, of the old or the Mercosur form", examples=["ABC1D23"])
    ] = None
    chassi_code: Annotated[Chassi | None, Field(description="Chassis number (VIN)", examples=["9BWZZZ377VT004251"])] = (
        None
    )
    renavam_code: Annotated[Renavam | None, Field(description="Renavam", examples=["00891749063"])] = None
    color: Annotated[ShortText | None, Field(description="Colour", examples=["prata"])] = None
    km_mileage: Annotated[Kilometres | None, Field(description="Kilometres", examples=[32_000])] = None
    manufacture_year: Annotated[Year | None, Field(description="Year it was made in", examples=[2021])] = None
    model_year: Annotated[Year | None, Field(description="Model year", examples=[2022])] = None
    zero_km: Annotated[Flag | None, Field(description="A new vehicle", examples=[False])] = None
    licensing_uf: Annotated[State | None, Field(description="State of registration", examples=["SP"])] = None


class NewVehicle(ChangedVehicle):
    """A vehicle for a store's stock."""

    vehicle_model_id: Annotated[Number, Field(description="Number of a model of the catalogue")]
    price_cents: Annotated[Price, Field(description="What the store asks for it", examples=[7_250_000])]


class CreateVehicle(Request):
    """Body of ``POST /api/v1/vehicles``."""

    vehicle: NewVehicle
    idempotency_key: IdempotencyKey = None


class UpdateVehicle(Request):
    """Path and body of ``PUT /api/v1/vehicles/{vehicle_id}``."""

    vehicle_id: Number
    vehicle: ChangedVehicle


class RemoveFromStock(Request):
    """Path of ``PUT /api/v1/vehicles/{vehicle_id}/remove_from_stock``."""

    body_optional: ClassVar[bool] = True

    vehicle_id: Number


class FindVehicle(Request):
    """Path of ``GET /api/v1/vehicles/{vehicle_id}`` and of its history."""

    vehicle_id: Number


class FindByPlate(Request):
    """Path of ``GET /api/v1/vehicles/license_plate/{license_plate_code}``."""

    license_plate_code: Annotated[LicensePlate, Field(description="Plate, of either form", examples=["ABC1D23"])]


class FindByChassi(Request):
    """Path of ``GET /api/v1/vehicles/chassi_code/{chassi_code}``."""

    chassi_code: Annotated[Chassi, Field(description="Chassis number (VIN)", examples=["9BWZZZ377VT004251"])]


class ListVehicles(Request):
    """Query of ``GET /api/v1/vehicles``."""

    after: Annotated[Number | None, Field(description="The last number of the page before; absent: the first page")] = (
        None
    )
    per_page: PerPage = 100
