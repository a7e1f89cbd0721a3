"""Santander's codes: ``{"_errorCode", "_message", "_details": [{"_field", ...}]}``, refusals of a quote included."""

from __future__ import annotations

from lastro.kernel.errors import LastroError, Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.failures import Word, failure_of_status, failure_of_word
from lastro.vendors.banks.wire import Fields

REFUSALS = {
    "AUT-4101": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "AUT-4102": Reason.UNSUPPORTED_TERM,
    "AUT-4103": Reason.UNSUPPORTED_VEHICLE,
    "AUT-4104": Reason.MISSING_LEAD_FIELDS,
    "AUT-4105": Reason.CREDIT_DESK,
    "AUT-4199": Reason.REFUSED,
}
"""``_errorCode`` of a 422 answer that declines the quote -> reason."""


_WORDS = {
    "AUT-4000": Word.FIELDS,
    "AUT-4010": Word.CREDENTIALS,
    "AUT-4030": Word.CREDENTIALS,
    "AUT-5030": Word.BUSY,
}
"""Codes of answers that are no refusal of a quote."""


def refusal_of(body: object) -> Reason | None:
    """The business reason in a 422 answer, or ``None`` when it is not a declined quote."""
    try:
        return REFUSALS.get(Fields(body).text("_errorCode"))
    except Permanent:
        return None


def failure_of(status: int, body: object) -> LastroError:
    """The error an answer outside 2xx stands for, when it declines nothing."""
    try:
        answer = Fields(body)
        code = answer.text_or_none("_errorCode")
        fields = [item.text("_field") for item in answer.objects("_details")]
    except Permanent:
        return failure_of_status(status)
    return failure_of_word(status, _WORDS.get(code or ""), f"Santander answered {code}", fields)
