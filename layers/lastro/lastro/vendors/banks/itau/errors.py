"""Itaú's codes. A refusal comes inside a good answer (``motivo.codigo``); anything else comes with its HTTP status."""

from __future__ import annotations

from lastro.kernel.errors import LastroError, Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.failures import Word, failure_of_status, failure_of_word
from lastro.vendors.banks.wire import Fields

REFUSALS = {
    "ENT01": Reason.UNSUPPORTED_DOWN_PAYMENT,
    "PRZ01": Reason.UNSUPPORTED_TERM,
    "VEI01": Reason.UNSUPPORTED_VEHICLE,
    "CAD01": Reason.MISSING_LEAD_FIELDS,
    "CRE01": Reason.REFUSED,
}
"""``motivo.codigo`` -> reason; a code that is not here is a plain refusal."""


_WORDS = {
    "VALIDACAO": Word.FIELDS,
    "ACESSO_NEGADO": Word.CREDENTIALS,
    "TOKEN_INVALIDO": Word.CREDENTIALS,
    "INDISPONIVEL": Word.BUSY,
    "LIMITE_EXCEDIDO": Word.BUSY,
}
"""Codes of answers that are no refusal of a quote."""


def failure_of(status: int, body: object) -> LastroError:
    """The error an answer outside 2xx stands for: ``{"codigo", "mensagem", "campos": [{"campo", ...}]}``."""
    try:
        answer = Fields(body)
        code = answer.text_or_none("codigo")
        fields = [item.text("campo") for item in answer.objects("campos")]
    except Permanent:
        return failure_of_status(status)
    return failure_of_word(status, _WORDS.get(code or ""), f"Itaú answered {code}", fields)
