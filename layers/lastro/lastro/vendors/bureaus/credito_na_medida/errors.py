"""Crédito na Medida's failures: ``{"erro": {"codigo", "mensagem"}}`` under a matching HTTP status.

The provider publishes no reference of its interface (docs/sources.md, bureaus): codes and members are our own.
"""

from __future__ import annotations

from lastro.bureaus.ports import BureauUnavailable, RawAnswer, RefusedByBureau, RevokedToken, SlowDown
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.errors import LastroError
from lastro.vendors.bureaus.http import rejected_credentials, unclear
from lastro.vendors.bureaus.wire import Block, read_json

_REFUSALS = {
    (422, "DOCUMENTO_INVALIDO"): BureauReason.INVALID_DOCUMENT,
    (404, "DOCUMENTO_NAO_ENCONTRADO"): BureauReason.NOT_FOUND,
    (422, "PRODUTO_INEXISTENTE"): BureauReason.UNKNOWN_REPORT,
    (422, "ITEM_INEXISTENTE"): BureauReason.UNKNOWN_FEATURE,
    (403, "SEM_CONTRATO"): BureauReason.NOT_CONTRACTED,
    (401, "CREDENCIAL_INVALIDA"): BureauReason.INVALID_CREDENTIALS,
    (400, "DADOS_INVALIDOS"): BureauReason.VALIDATION,
}
"""Status and code together: a code under another status, or a status without its code, refuses nothing."""
_NOT_THERE = (404, "CONSULTA_INEXISTENTE")
_PAUSE_SECONDS = 5


def says_not_there(raw: RawAnswer) -> bool:
    """Whether a look-up was answered that no such inquiry is known, as yet."""
    return (raw.http_status, _code(raw.body)) == _NOT_THERE


def failure_of(raw: RawAnswer, *, acts: bool) -> LastroError:
    """The error an answer outside 2xx stands for; ``acts``: to a paid question."""
    code = _code(raw.body) or ""
    if reason := _REFUSALS.get((raw.http_status, code)):
        return RefusedByBureau(f"Crédito na Medida answered {code}", code=reason, raw=raw)
    match raw.http_status:
        case 401:
            return RevokedToken("Crédito na Medida answered status 401", raw=raw)
        case 403:
            return RefusedByBureau("the contract does not allow it", code=BureauReason.NOT_CONTRACTED, raw=raw)
        case 429:
            return SlowDown("Crédito na Medida answered status 429", retry_after=_PAUSE_SECONDS, raw=raw)
        case 500 if code == "FALHA_PROCESSAMENTO":
            return BureauUnavailable("it could not process", code=BureauReason.PROCESSING, raw=raw)
        case 503:
            return BureauUnavailable("Crédito na Medida answered status 503", raw=raw)
        case _:
            return unclear(raw, acts=acts)


def login_failure_of(raw: RawAnswer) -> LastroError:
    """The error an answer to a login outside 2xx stands for."""
    return rejected_credentials(raw) if raw.http_status in (400, 401, 403) else failure_of(raw, acts=False)


def _code(body: bytes) -> str | None:
    try:
        return Block(read_json(body)).block("erro").text_or_none("codigo")
    except RefusedByBureau:
        return None
