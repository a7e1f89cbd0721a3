"""PAN's codes: a refusal is a ``motivo`` in a good answer; errors are ``{"codigo", "detalhes": [{"propriedade"}]}``."""

from __future__ import annotations

from lastro.banks.failures import failure_of_status, rejected_credentials, rejected_fields, unavailable
from lastro.banks.wire import Fields
from lastro.errors import LastroError, Permanent
from lastro.simulations.reasons import Reason

REFUSALS = {
    "101": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "102": Reason.UNSUPPORTED_TERM,
    "103": Reason.UNSUPPORTED_VEHICLE,
    "104": Reason.MISSING_LEAD_FIELDS,
    "199": Reason.REFUSED,
}
"""``motivo`` -> reason; a code that is not here is a plain refusal."""


def failure_of(status: int, body: object) -> LastroError:
    """The error an answer outside 2xx stands for."""
    try:
        answer = Fields(body)
        code = answer.text_or_none("codigo")
        fields = [item.text("propriedade") for item in answer.objects("detalhes")]
    except Permanent:
        return failure_of_status(status)
    match code:
        case "E400":
            return rejected_fields(fields)
        case "E401" | "E403":
            return rejected_credentials(f"PAN answered {code}")
        case "E429" | "E503":
            return unavailable(f"PAN answered {code}")
        case _:
            return failure_of_status(status, fields)
