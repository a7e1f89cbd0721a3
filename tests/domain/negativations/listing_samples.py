"""Listings of an invented debt, for the rules of listings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from lastro.kernel.documents import Cnpj, Cpf
from lastro.negativations.listings.facts import Origin, Removal, Settlement
from lastro.negativations.listings.model import Listing
from lastro.negativations.listings.subject import Address, Debt, Listed

AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
SETTLEMENT = Settlement(date(2026, 11, 5), date(2026, 11, 6))
REMOVAL = Removal("01", AT, "collection")

_BASE = Listing(
    id="6f0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10",
    partner_id="partner-1",
    branch_id=1,
    store_id=None,
    integration_id=1,
    provider="serasa",
    environment="homologation",
    creditor=Cnpj("12ABC34501DE35"),
    boleto_id="1b0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10",
    debtor_id="2c0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10",
    person=Listed(
        Cpf("52998224725"),
        "Ana Exemplo",
        "+5584900000000",
        Address("01001000", "Rua Exemplo", "10", "Centro", "São Paulo", "SP"),
        "F",
        date(1990, 5, 17),
    ),
    debt=Debt(150_00, date(2026, 8, 10), "CTR-1", "TI"),
    origin=Origin.MANUAL,
    requested_by="ana.souza",
    created_at=AT,
)


def listing(**changes: Any) -> Listing:
    return replace(_BASE, **changes)
