"""Crédito na Medida's failures: ``{"erro": {"codigo", "mensagem"}}`` under a matching HTTP status.

The provider publishes no reference of its interface (docs/sources.md, bureaus): codes and members are our own.
"""

from __future__ import annotations

from lastro.bureaus.http import rejected_credentials
from lastro.bureaus.ports import BureauUnavailable, RawAnswer, RefusedByBureau, RevokedToken, SlowDown
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.wire import Block, read_json
from lastro.errors import LastroError

_REFUSALS = {
    "DOCUMENTO_INVALIDO": BureauReason.INVALID_DOCUMENT,
    "DOCUMENTO_NAO_ENCONTRADO": BureauReason.NOT_FOUND,
    "PRODUTO_INEXISTENTE": BureauReason.UNKNOWN_REPORT,
    "ITEM_INEXISTENTE": BureauReason.UNKNOWN_FEATURE,
    "SEM_CONTRATO": BureauReason.NOT_CONTRACTED,
    "CREDENCIAL_INVALIDA": BureauReason.INVALID_CREDENTIALS,
    "DADOS_INVALIDOS": BureauReason.VALIDATION,
}
_PAUSE_SECONDS = 5


def failure_of(raw: RawAnswer) -> LastroError:
    """The error an answer outside 2xx stands for: its code when it has one of the list, else its status."""
    code = _code(raw.body)
    if code in _REFUSALS:
        return RefusedByBureau(f"Crédito na Medida answered {code}", code=_REFUSALS[code], raw=raw)
    match raw.http_status:
        case 401:
            return RevokedToken("Crédito na Medida answered status 401", raw=raw)
        case 403:
            return RefusedByBureau("the contract does not allow it", code=BureauReason.NOT_CONTRACTED, raw=raw)
        case 404:
            return RefusedByBureau("document or report not found", code=BureauReason.NOT_FOUND, raw=raw)
        case 429:
            return SlowDown("Crédito na Medida answered status 429", retry_after=_PAUSE_SECONDS, raw=raw)
        case 500 if code == "FALHA_PROCESSAMENTO":
            return BureauUnavailable("it could not process", code=BureauReason.PROCESSING, raw=raw)
        case status if status >= 500 or status == 408:
            return BureauUnavailable(f"Crédito na Medida answered status {status}", raw=raw)
        case status if 400 <= status < 500:
            return RefusedByBureau(f"it answered status {status}", code=BureauReason.VALIDATION, raw=raw)
        case status:
            return RefusedByBureau(f"an unexpected status {status}", code=BureauReason.UNREADABLE, raw=raw)


def login_failure_of(raw: RawAnswer) -> LastroError:
    """The error an answer to a login outside 2xx stands for."""
    return rejected_credentials(raw) if raw.http_status in (400, 401, 403) else failure_of(raw)


def _code(body: bytes) -> str | None:
    try:
        return Block(read_json(body)).block("erro").text_or_none("codigo")
    except RefusedByBureau:
        return None
