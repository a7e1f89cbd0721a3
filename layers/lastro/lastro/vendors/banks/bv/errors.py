"""BV's codes: a refusal is a ``denialCode`` in a good answer; errors come as ``{"errors": [{"code", "field"}]}``."""

from __future__ import annotations

from lastro.kernel.errors import LastroError, Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.failures import Word, failure_of_status, failure_of_word
from lastro.vendors.banks.wire import Fields

REFUSALS = {
    "D-010": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "D-011": Reason.UNSUPPORTED_TERM,
    "D-012": Reason.UNSUPPORTED_VEHICLE,
    "D-013": Reason.MISSING_LEAD_FIELDS,
    "D-100": Reason.REFUSED,
}
"""``denialCode`` -> reason; a code that is not here is a plain refusal."""


_WORDS = {
    "BV-400": Word.FIELDS,
    "BV-401": Word.CREDENTIALS,
    "BV-403": Word.CREDENTIALS,
    "BV-503": Word.BUSY,
}
"""Codes of answers that are no refusal of a quote."""


def failure_of(status: int, body: object) -> LastroError:
    """The error an answer outside 2xx stands for: its first code decides."""
    try:
        errors = Fields(body).objects("errors")
        code = errors[0].text_or_none("code") if errors else None
        fields = [error.text_or_none("field") for error in errors]
    except Permanent:
        return failure_of_status(status)
    return failure_of_word(status, _WORDS.get(code or ""), f"BV answered {code}", fields)
