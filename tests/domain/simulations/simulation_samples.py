"""A simulation as it was asked for, without conditions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lastro.simulations.model import Simulation

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SIMULATION = Simulation(
    id="4be0643f-1d98-573b-97cd-ca98a65347dd",
    partner_id="p",
    store_id=1,
    first_id=100,
    created_at=NOW,
    release_date=date(2026, 3, 2),
    originals=1,
    assets_value=10_000_000,
    documentation_value=0,
    accessory_value=0,
    insurance_value=0,
    commercial=False,
    process_bank_suggested_conditions=True,
    lead={},
    vehicle={},
    banks=("341",),
)
