"""The standard dialect's codes: refusals in ``decline_code``; errors as problem details (RFC 9457) with a ``code`` and
``errors: [{"pointer", ...}]``.
"""

from __future__ import annotations

from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.bodies import ErrorTable
from lastro.vendors.kit.tables import BUSY, INVALID, UNAUTHORISED, Row

REFUSALS = {
    "down_payment_below_minimum": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "term_not_offered": Reason.UNSUPPORTED_TERM,
    "vehicle_not_financed": Reason.UNSUPPORTED_VEHICLE,
    "applicant_data_missing": Reason.MISSING_LEAD_FIELDS,
    "credit_denied": Reason.REFUSED,
}
"""``decline_code`` -> reason; a code that is not here is a plain refusal."""

ERRORS = ErrorTable(
    bank="the bank",
    code="code",
    details="errors",
    field="pointer",
    rows=(
        Row(Reason.BANK_VALIDATION, INVALID, ("invalid_fields",)),
        Row(Reason.INVALID_CREDENTIALS, UNAUTHORISED, ("invalid_api_key", "not_entitled")),
        Row(Reason.BANK_UNAVAILABLE, BUSY, ("service_unavailable", "too_many_requests")),
    ),
)
