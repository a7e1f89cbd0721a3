"""The standard dialect's codes: refusals in ``decline_code``; errors as problem details (RFC 9457) with a ``code``."""

from __future__ import annotations

from lastro.kernel.errors import LastroError, Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.failures import Word, failure_of_status, failure_of_word
from lastro.vendors.banks.wire import Fields

REFUSALS = {
    "down_payment_below_minimum": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "term_not_offered": Reason.UNSUPPORTED_TERM,
    "vehicle_not_financed": Reason.UNSUPPORTED_VEHICLE,
    "applicant_data_missing": Reason.MISSING_LEAD_FIELDS,
    "credit_denied": Reason.REFUSED,
}
"""``decline_code`` -> reason; a code that is not here is a plain refusal."""


_WORDS = {
    "invalid_fields": Word.FIELDS,
    "invalid_api_key": Word.CREDENTIALS,
    "not_entitled": Word.CREDENTIALS,
    "service_unavailable": Word.BUSY,
    "too_many_requests": Word.BUSY,
}
"""Codes of answers that are no refusal of a quote."""


def failure_of(status: int, body: object) -> LastroError:
    """The error an answer outside 2xx stands for: ``{"code", "errors": [{"pointer", ...}]}``."""
    try:
        answer = Fields(body)
        code = answer.text_or_none("code")
        fields = [item.text("pointer") for item in answer.objects("errors")]
    except Permanent:
        return failure_of_status(status)
    return failure_of_word(status, _WORDS.get(code or ""), f"the bank answered {code}", fields)
