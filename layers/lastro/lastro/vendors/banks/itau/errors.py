"""Itaú's codes. A refusal comes inside a good answer (``motivo.codigo``); anything else comes with its HTTP status:
``{"codigo", "mensagem", "campos": [{"campo", ...}]}``.
"""

from __future__ import annotations

from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.bodies import ErrorTable
from lastro.vendors.kit.tables import BUSY, INVALID, UNAUTHORISED, Row

REFUSALS = {
    "ENT01": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "PRZ01": Reason.UNSUPPORTED_TERM,
    "VEI01": Reason.UNSUPPORTED_VEHICLE,
    "CAD01": Reason.MISSING_LEAD_FIELDS,
    "CRE01": Reason.REFUSED,
}
"""``motivo.codigo`` -> reason; a code that is not here is a plain refusal."""

ERRORS = ErrorTable(
    bank="Itaú",
    code="codigo",
    details="campos",
    field="campo",
    rows=(
        Row(Reason.BANK_VALIDATION, INVALID, ("VALIDACAO",)),
        Row(Reason.INVALID_CREDENTIALS, UNAUTHORISED, ("ACESSO_NEGADO", "TOKEN_INVALIDO")),
        Row(Reason.BANK_UNAVAILABLE, BUSY, ("INDISPONIVEL", "LIMITE_EXCEDIDO")),
    ),
)
