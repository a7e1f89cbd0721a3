"""Safra's return codes. Whatever happened, the answer is a 200 whose ``retorno.codigo`` tells: 0 done, 1xx refusals,
2xx field validation (``retorno.campos``), 3xx the credentials, 9xx the bank's own trouble.
"""

from __future__ import annotations

from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.kit.tables import Row

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

ERRORS = (
    Row(Reason.BANK_VALIDATION, codes=("2*",)),
    Row(Reason.INVALID_CREDENTIALS, codes=("3*",)),
    Row(Reason.BANK_UNAVAILABLE, codes=("9*",)),
)
"""``retorno.codigo`` that is neither done nor a refusal -> reason."""
