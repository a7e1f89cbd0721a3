"""Filling of protocols, by hand or from whatever runs commands at times."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lastro.access.registration import Registration
from lastro.surveys.wiring import open_filling


def fill_protocols(registration: Registration, partner_id: str, seconds: int) -> dict[str, Any]:
    """One round of so many seconds, going on where the last one stopped; how far it is. Once it is ``done``, the next
    begins anew, and finds nothing to fill.
    """
    del registration
    filling = open_filling().run(partner_id, timedelta(seconds=seconds))
    told = {"survey_id": filling.survey_id, "walked": filling.walked, "filled": filling.filled, "done": filling.done}
    return {"partner_id": partner_id, **told}
