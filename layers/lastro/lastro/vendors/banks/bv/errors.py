"""BV's codes: a refusal is a ``denialCode`` in a good answer; errors come as ``{"errors": [{"code", "field"}]}``, whose
first code decides.
"""

from __future__ import annotations

from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.bodies import ErrorTable
from lastro.vendors.kit.tables import BUSY, INVALID, UNAUTHORISED, Row

REFUSALS = {
    "D-010": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "D-011": Reason.UNSUPPORTED_TERM,
    "D-012": Reason.UNSUPPORTED_VEHICLE,
    "D-013": Reason.MISSING_LEAD_FIELDS,
    "D-100": Reason.REFUSED,
}
"""``denialCode`` -> reason; a code that is not here is a plain refusal."""

ERRORS = ErrorTable(
    bank="BV",
    code="code",
    details="errors",
    field="field",
    coded_details=True,
    rows=(
        Row(Reason.BANK_VALIDATION, INVALID, ("BV-400",)),
        Row(Reason.INVALID_CREDENTIALS, UNAUTHORISED, ("BV-401", "BV-403")),
        Row(Reason.BANK_UNAVAILABLE, BUSY, ("BV-503",)),
    ),
)
