"""The standard dialect's codes: refusals in ``decline_code``; errors as problem details (RFC 9457) with a ``code``."""

from __future__ import annotations

from lastro.banks.failures import failure_of_status, rejected_credentials, rejected_fields, unavailable
from lastro.banks.wire import Fields
from lastro.errors import LastroError, Permanent
from lastro.simulations.reasons import Reason

REFUSALS = {
    "down_payment_below_minimum": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "term_not_offered": Reason.UNSUPPORTED_TERM,
    "vehicle_not_financed": Reason.UNSUPPORTED_VEHICLE,
    "applicant_data_missing": Reason.MISSING_LEAD_FIELDS,
    "credit_denied": Reason.REFUSED,
}
"""``decline_code`` -> reason; a code that is not here is a plain refusal."""


def failure_of(status: int, body: object) -> LastroError:
    """The error an answer outside 2xx stands for: ``{"code", "errors": [{"pointer", ...}]}``."""
    try:
        answer = Fields(body)
        code = answer.text_or_none("code")
        fields = [item.text("pointer") for item in answer.objects("errors")]
    except Permanent:
        return failure_of_status(status)
    match code:
        case "invalid_fields":
            return rejected_fields(fields)
        case "invalid_api_key" | "not_entitled":
            return rejected_credentials(f"the bank answered {code}")
        case "service_unavailable" | "too_many_requests":
            return unavailable(f"the bank answered {code}")
        case _:
            return failure_of_status(status, fields)
