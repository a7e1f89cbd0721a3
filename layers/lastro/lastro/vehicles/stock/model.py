"""A vehicle that a store has for sale, or had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from datetime import datetime
from typing import Any

from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
class Description:
    """What a store says of a vehicle; amounts in cents, ``km_mileage`` in kilometres."""

    vehicle_model_id: int
    price_cents: int
    description: str | None = None
    license_plate_code: str | None = None
    chassi_code: str | None = None
    renavam_code: str | None = None
    color: str | None = None
    km_mileage: int | None = None
    manufacture_year: int | None = None
    model_year: int | None = None
    zero_km: bool = False
    licensing_uf: str | None = None


@dataclass(frozen=True)
class Vehicle:
    """One vehicle of a store; ``removed_at`` tells when it left the stock, and it never comes back."""

    id: int
    described: Description
    version: int
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True)
class StockChange:
    """What one act did to a vehicle: before and after of each field that it changed."""

    version: int
    act: str
    at: datetime
    principal: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def differences(before: Description, after: Description) -> dict[str, tuple[Any, Any]]:
    """Fields that differ, with what they were and are."""
    pairs = {each.name: (getattr(before, each.name), getattr(after, each.name)) for each in fields(Description)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
