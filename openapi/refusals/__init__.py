"""The errors of each operation beside those every call can give, made of what the contexts say: a file for each."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.kernel.errors import LastroError
from openapi.refusals.access import ACCESS
from openapi.refusals.approvals import APPROVALS
from openapi.refusals.bureaus import BUREAUS
from openapi.refusals.customers import CUSTOMERS
from openapi.refusals.financing import FINANCING
from openapi.refusals.negativations import NEGATIVATIONS
from openapi.refusals.origination import ORIGINATION
from openapi.refusals.portal import PORTAL
from openapi.refusals.retention import RETENTION
from openapi.refusals.simulations import SIMULATIONS
from openapi.refusals.surveys import SURVEYS
from openapi.refusals.vehicles import VEHICLES
from openapi.refusals.webhooks import WEBHOOKS

REFUSALS: Mapping[str, tuple[LastroError, ...]] = {
    **ACCESS,
    **APPROVALS,
    **BUREAUS,
    **CUSTOMERS,
    **FINANCING,
    **NEGATIVATIONS,
    **ORIGINATION,
    **PORTAL,
    **RETENTION,
    **SIMULATIONS,
    **SURVEYS,
    **VEHICLES,
    **WEBHOOKS,
}
"""By operation."""
