"""Safra's return codes. Whatever happened, the answer is a 200 whose ``retorno.codigo`` tells: 0 done, 1xx refusals.

2xx is field validation (``retorno.campos``), 3xx the credentials, 9xx the bank's own trouble.
"""

from __future__ import annotations

from lastro.kernel.errors import LastroError, Unknown
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.failures import rejected_credentials, rejected_fields, unavailable
from lastro.vendors.banks.wire import Fields

DONE = "000"
NOT_FOUND = "150"

REFUSALS = {
    "101": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "102": Reason.UNSUPPORTED_TERM,
    "103": Reason.UNSUPPORTED_VEHICLE,
    "104": Reason.MISSING_LEAD_FIELDS,
    "105": Reason.CREDIT_DESK,
    "199": Reason.REFUSED,
}
"""``retorno.codigo`` -> reason."""


def failure_of(result: Fields) -> LastroError:
    """The error a ``retorno`` that is neither done nor a refusal stands for. Raises ``Permanent`` if unreadable."""
    code = result.text("codigo")
    match code[:1]:
        case "2":
            return rejected_fields(value for value, _ in (result.items("campos") if result.has("campos") else ()))
        case "3":
            return rejected_credentials(f"Safra answered {code[:3]}")
        case "9":
            return unavailable(f"Safra answered {code[:3]}")
        case _:
            return Unknown("Safra answered a return code that is not of its contract", code=Reason.GENERIC)
