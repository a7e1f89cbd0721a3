"""Simulations of the CaaS journey that are kept as offers."""

from __future__ import annotations

from datetime import datetime

from lastro.kernel.dataclass import dataclass
from lastro.origination.processes.model import Terms


@dataclass(frozen=True)
class KeptOffer:
    """A simulation that was kept, with the version of the product it was priced by.

    ``tax_number`` is a bare CPF or CNPJ; ``store_id`` is the store it was made for, ``None`` for none of them.
    """

    id: str
    product_id: int
    product_version: int
    tax_number: str
    created_at: datetime
    valid_until: datetime
    terms: Terms
    store_id: int | None = None


@dataclass(frozen=True)
class Offer:
    """A kept simulation with whose it is."""

    kept: KeptOffer
    partner_id: str
