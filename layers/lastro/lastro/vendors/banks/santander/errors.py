"""Santander's codes: ``{"_errorCode", "_message", "_details": [{"_field", ...}]}``, refusals of a quote included."""

from __future__ import annotations

from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.bodies import ErrorTable
from lastro.vendors.kit.tables import BUSY, INVALID, UNAUTHORISED, Row

REFUSALS = {
    "AUT-4101": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "AUT-4102": Reason.UNSUPPORTED_TERM,
    "AUT-4103": Reason.UNSUPPORTED_VEHICLE,
    "AUT-4104": Reason.MISSING_LEAD_FIELDS,
    "AUT-4105": Reason.CREDIT_DESK,
    "AUT-4199": Reason.REFUSED,
}
"""``_errorCode`` of a 422 answer that declines the quote -> reason."""

ERRORS = ErrorTable(
    bank="Santander",
    code="_errorCode",
    details="_details",
    field="_field",
    rows=(
        Row(Reason.BANK_VALIDATION, INVALID, ("AUT-4000",)),
        Row(Reason.INVALID_CREDENTIALS, UNAUTHORISED, ("AUT-4010", "AUT-4030")),
        Row(Reason.BANK_UNAVAILABLE, BUSY, ("AUT-5030",)),
    ),
)
