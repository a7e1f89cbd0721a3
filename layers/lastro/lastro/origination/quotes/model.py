"""Simulations of the CaaS journey that are kept as offers."""

from __future__ import annotations

from dataclasses import dataclass

from lastro.origination.processes.model import Terms


@dataclass(frozen=True, slots=True)
class KeptOffer:
    """A simulation that was kept, with the version of the product it was priced by.

    ``tax_number`` is a bare CPF or CNPJ; ``created_at`` and ``valid_until`` are ISO moments.
    """

    id: str
    product_id: int
    product_version: int
    tax_number: str
    created_at: str
    valid_until: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Offer:
    """A kept simulation with whose it is."""

    kept: KeptOffer
    partner_id: str
