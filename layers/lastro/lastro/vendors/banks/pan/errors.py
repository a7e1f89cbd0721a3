"""PAN's codes: a refusal is a ``motivo`` in a good answer; errors are ``{"codigo", "detalhes": [{"propriedade"}]}``."""

from __future__ import annotations

from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.bodies import ErrorTable
from lastro.vendors.kit.tables import BUSY, INVALID, UNAUTHORISED, Row

REFUSALS = {
    "101": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "102": Reason.UNSUPPORTED_TERM,
    "103": Reason.UNSUPPORTED_VEHICLE,
    "104": Reason.MISSING_LEAD_FIELDS,
    "199": Reason.REFUSED,
}
"""``motivo`` -> reason; a code that is not here is a plain refusal."""

ERRORS = ErrorTable(
    bank="PAN",
    code="codigo",
    details="detalhes",
    field="propriedade",
    rows=(
        Row(Reason.BANK_VALIDATION, INVALID, ("E400",)),
        Row(Reason.INVALID_CREDENTIALS, UNAUTHORISED, ("E401", "E403")),
        Row(Reason.BANK_UNAVAILABLE, BUSY, ("E429", "E503")),
    ),
)
