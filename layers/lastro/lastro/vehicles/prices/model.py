"""What a store asks for a model of the catalogue, month by month."""

from __future__ import annotations

from datetime import datetime

from lastro.kernel.dataclass import dataclass


@dataclass(frozen=True)
class Asked:
    """A store's prices of a model in cents, of the month ``price_month`` (``2026-11``): the least it sells for, and
    what it asks. One that is not ``active`` does not count any more."""

    min_price_cents: int
    default_price_cents: int
    price_month: str
    active: bool = True


@dataclass(frozen=True)
class ModelPrice:
    """The prices in force of one model in one store."""

    id: int
    vehicle_model_id: int
    asked: Asked
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class PriceChange:
    """Prices as one act left them."""

    version: int
    asked: Asked
    at: datetime
    principal: str
