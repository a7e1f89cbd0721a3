"""Errors of the calls about simulations and leads, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.kernel.errors import IN_PROGRESS, STORE_INACTIVE, LastroError
from lastro.simulations import errors as simulations
from lastro.simulations.flights.counting import too_many

SIMULATIONS: Mapping[str, tuple[LastroError, ...]] = {
    "create_lead": (simulations.LEAD_EXISTS(), simulations.LEAD_BUSY()),
    "get_lead": (simulations.LEAD_NOT_FOUND(),),
    "replace_lead": (simulations.LEAD_NOT_FOUND(), simulations.LEAD_BUSY()),
    "update_lead": (simulations.LEAD_NOT_FOUND(), simulations.LEAD_BUSY()),
    "delete_lead": (simulations.LEAD_NOT_FOUND(),),
    "get_simulation": (simulations.SIMULATION_NOT_FOUND(),),
    "create_simulation": (IN_PROGRESS(), STORE_INACTIVE(), too_many(500)),
    "create_plus_return_rule": (
        simulations.RULE_OVERLAPS(rule=7),
        simulations.TOO_MANY_RULES(most=200),
        simulations.RULE_BUSY(),
    ),
    "get_plus_return_rule": (simulations.RULE_NOT_FOUND(),),
    "update_plus_return_rule": (
        simulations.RULE_NOT_FOUND(),
        simulations.RULE_OVERLAPS(rule=7),
        simulations.RULE_BUSY(),
    ),
    "delete_plus_return_rule": (simulations.RULE_NOT_FOUND(), simulations.RULE_BUSY()),
    "activate_plus_return_rule": (
        simulations.RULE_NOT_FOUND(),
        simulations.RULE_READ_ONLY(),
        simulations.RULE_OVERLAPS(rule=7),
        simulations.RULE_BUSY(),
    ),
    "deactivate_plus_return_rule": (
        simulations.RULE_NOT_FOUND(),
        simulations.RULE_READ_ONLY(),
        simulations.RULE_BUSY(),
    ),
}
