"""BV's codes: a refusal is a ``denialCode`` in a good answer; errors come as ``{"errors": [{"code", "field"}]}``."""

from __future__ import annotations

from lastro.banks.failures import failure_of_status, rejected_credentials, rejected_fields, unavailable
from lastro.banks.wire import Fields
from lastro.errors import LastroError, Permanent
from lastro.simulations.reasons import Reason

REFUSALS = {
    "D-010": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "D-011": Reason.UNSUPPORTED_TERM,
    "D-012": Reason.UNSUPPORTED_VEHICLE,
    "D-013": Reason.MISSING_LEAD_FIELDS,
    "D-100": Reason.REFUSED,
}
"""``denialCode`` -> reason; a code that is not here is a plain refusal."""


def failure_of(status: int, body: object) -> LastroError:
    """The error an answer outside 2xx stands for: its first code decides."""
    try:
        errors = Fields(body).objects("errors")
        code = errors[0].text_or_none("code") if errors else None
        fields = [error.text_or_none("field") for error in errors]
    except Permanent:
        return failure_of_status(status)
    match code:
        case "BV-400":
            return rejected_fields(fields)
        case "BV-401" | "BV-403":
            return rejected_credentials(f"BV answered {code}")
        case "BV-503":
            return unavailable(f"BV answered {code}")
        case _:
            return failure_of_status(status, fields)
