"""Errors of the calls about vehicles, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.kernel.errors import LastroError
from lastro.vehicles import errors as vehicles

VEHICLES: Mapping[str, tuple[LastroError, ...]] = {
    "put_vehicle_price": (vehicles.UNKNOWN_MODEL(), vehicles.PRICE_BUSY()),
    "list_vehicle_price_history": (vehicles.PRICE_NOT_FOUND(),),
    "create_vehicle": (vehicles.VEHICLE_EXISTS(vehicle=7), vehicles.VEHICLE_BUSY()),
    "update_vehicle": (
        vehicles.VEHICLE_NOT_FOUND(),
        vehicles.VEHICLE_EXISTS(vehicle=7),
        vehicles.VEHICLE_REMOVED(),
        vehicles.VEHICLE_BUSY(),
    ),
    "remove_vehicle_from_stock": (vehicles.VEHICLE_NOT_FOUND(), vehicles.VEHICLE_BUSY()),
    "get_vehicle": (vehicles.VEHICLE_NOT_FOUND(),),
    "list_vehicle_history": (vehicles.VEHICLE_NOT_FOUND(),),
    "find_vehicle_by_plate": (vehicles.VEHICLE_NOT_FOUND(),),
    "find_vehicle_by_chassi": (vehicles.VEHICLE_NOT_FOUND(),),
    "search_vehicle_model": (vehicles.MODEL_NOT_FOUND(),),
}
