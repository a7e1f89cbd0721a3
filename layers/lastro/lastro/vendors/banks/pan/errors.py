"""PAN's codes: a refusal is a ``motivo`` in a good answer; errors are ``{"codigo", "detalhes": [{"propriedade"}]}``."""

from __future__ import annotations

from lastro.kernel.errors import LastroError, Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.failures import Word, failure_of_status, failure_of_word
from lastro.vendors.banks.wire import Fields

REFUSALS = {
    "101": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "102": Reason.UNSUPPORTED_TERM,
    "103": Reason.UNSUPPORTED_VEHICLE,
    "104": Reason.MISSING_LEAD_FIELDS,
    "199": Reason.REFUSED,
}
"""``motivo`` -> reason; a code that is not here is a plain refusal."""


_WORDS = {
    "E400": Word.FIELDS,
    "E401": Word.CREDENTIALS,
    "E403": Word.CREDENTIALS,
    "E429": Word.BUSY,
    "E503": Word.BUSY,
}
"""Codes of answers that are no refusal of a quote."""


def failure_of(status: int, body: object) -> LastroError:
    """The error an answer outside 2xx stands for."""
    try:
        answer = Fields(body)
        code = answer.text_or_none("codigo")
        fields = [item.text("propriedade") for item in answer.objects("detalhes")]
    except Permanent:
        return failure_of_status(status)
    return failure_of_word(status, _WORDS.get(code or ""), f"PAN answered {code}", fields)
