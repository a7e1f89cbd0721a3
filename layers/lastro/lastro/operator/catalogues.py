"""The operator's loads of the tables of vehicle models that partners licensed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lastro.access.registration import Registration
from lastro.kernel.errors import InvalidInput
from lastro.vehicles.errors import NOT_A_TABLE
from lastro.vehicles.wiring import open_loading


def load_catalogue(registration: Registration, partner_id: str, file: str) -> dict[str, Any]:
    """Put a partner's table in force. Raises ``NotFound`` for an unknown partner and what ``Loading.load`` raises."""
    registration.list_keys(partner_id)
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise InvalidInput([NOT_A_TABLE.at("file")]) from error
    catalogue = open_loading().load(partner_id, content)
    active = sum(model.active for model in catalogue.models)
    return {
        "partner_id": partner_id,
        "version": catalogue.version,
        "active": active,
        "no_longer_listed": len(catalogue.models) - active,
    }
