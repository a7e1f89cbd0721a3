"""Crédito na Medida's failures: ``{"erro": {"codigo", "mensagem"}}`` under a matching HTTP status.

The provider publishes no reference of its interface (docs/sources.md, bureaus): codes and members are our own. Status
and code count together: a code under another status, or a status without its code, refuses nothing.
"""

from __future__ import annotations

from lastro.bureaus.reasons import BureauReason
from lastro.vendors.kit.tables import Row

PAUSE_SECONDS = 5

_TROUBLES = (
    Row(BureauReason.PROCESSING, {500}, ("FALHA_PROCESSAMENTO",)),
    Row(BureauReason.BUSY, {429}),
    Row(BureauReason.UNAVAILABLE, {503}),
)

ERRORS = (
    Row(BureauReason.INVALID_DOCUMENT, {422}, ("DOCUMENTO_INVALIDO",)),
    Row(BureauReason.NOT_FOUND, {404}, ("DOCUMENTO_NAO_ENCONTRADO",)),
    Row(BureauReason.UNKNOWN_REPORT, {422}, ("PRODUTO_INEXISTENTE",)),
    Row(BureauReason.UNKNOWN_FEATURE, {422}, ("ITEM_INEXISTENTE",)),
    Row(BureauReason.NOT_CONTRACTED, {403}, ("SEM_CONTRATO",)),
    Row(BureauReason.INVALID_CREDENTIALS, {401}, ("CREDENCIAL_INVALIDA",)),
    Row(BureauReason.VALIDATION, {400}, ("DADOS_INVALIDOS",)),
    Row(BureauReason.REVOKED, {401}),
    Row(BureauReason.NOT_CONTRACTED, {403}),
    *_TROUBLES,
)

LOGIN = (Row(BureauReason.INVALID_CREDENTIALS, {400, 401, 403}), *_TROUBLES)
"""Answers to a login."""

NOT_THERE = Row("no such inquiry, as yet", {404}, ("CONSULTA_INEXISTENTE",))
"""The answer to a look-up that finds nothing."""

LISTING = (
    Row(BureauReason.ALREADY_LISTED, {409}, ("NEGATIVACAO_EXISTENTE",)),
    Row(BureauReason.NOT_LISTED, {404}, ("NEGATIVACAO_INEXISTENTE",)),
    Row(BureauReason.INVALID_DOCUMENT, {422}, ("DOCUMENTO_INVALIDO",)),
    Row(BureauReason.VALIDATION, {422}, ("CODIGO_INVALIDO",)),
    Row(BureauReason.VALIDATION, {400}, ("DADOS_INVALIDOS",)),
    Row(BureauReason.NOT_CONTRACTED, {403}, ("SEM_CONTRATO",)),
    Row(BureauReason.INVALID_CREDENTIALS, {401}, ("CREDENCIAL_INVALIDA",)),
    Row(BureauReason.REVOKED, {401}),
    Row(BureauReason.BUSY, {429}),
    Row(BureauReason.UNAVAILABLE, {503}, ("INDISPONIVEL",)),
)
"""Answers to a listing, a removal and the list of both."""

NO_OPERATION = Row("no such request, as yet", {404}, ("OPERACAO_INEXISTENTE",))
"""The answer to a look-up of a listing or a removal that finds nothing."""
