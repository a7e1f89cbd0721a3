"""What Connect SA says of an inquiry it did not make: a status of HTTP, or a sentence in ``status`` of a 200.

No code table is published (docs/sources.md, bureaus): sentences are told apart by the words of the list below, without
accents and in lower case; one that is not there says nothing of whether the inquiry was made.
"""

from __future__ import annotations

from lastro.bureaus.reasons import BureauReason
from lastro.vendors.kit.tables import UNAUTHORISED, Row

PAUSE_SECONDS = 5

STATUSES = (
    Row(BureauReason.INVALID_CREDENTIALS, UNAUTHORISED),
    Row(BureauReason.BUSY, {429}),
    Row(BureauReason.UNAVAILABLE, {503}),
)
"""Answers outside 2xx."""

SENTENCES = (
    Row(BureauReason.UNAVAILABLE, says=("indisponivel", "tente novamente", "manutencao")),
    Row(BureauReason.INVALID_CREDENTIALS, says=("senha", "login", "usuario")),
    Row(BureauReason.NOT_CONTRACTED, says=("nao autoriz", "sem permissao", "contrat")),
    Row(BureauReason.NOT_FOUND, says=("nao encontrad", "nao localizad")),
    Row(BureauReason.INVALID_DOCUMENT, says=("documento", "cpf", "cnpj")),
    Row(BureauReason.UNKNOWN_REPORT, says=("plano", "consulta inexistente")),
    Row(BureauReason.UNKNOWN_FEATURE, says=("agregado",)),
)
"""Sentences of a 200."""

LISTING_SENTENCES = (
    Row(BureauReason.ALREADY_LISTED, says=("ja negativad", "ja inclu", "duplicid")),
    Row(BureauReason.NOT_LISTED, says=("registro nao encontrad", "registro nao localizad")),
    Row(BureauReason.UNAVAILABLE, says=("indisponivel", "manutencao")),
    Row(BureauReason.INVALID_CREDENTIALS, says=("senha", "login", "usuario")),
    Row(BureauReason.NOT_CONTRACTED, says=("nao autoriz", "sem permissao")),
    Row(BureauReason.INVALID_DOCUMENT, says=("documento invalid", "cpf invalid", "cnpj invalid")),
    Row(BureauReason.VALIDATION, says=("dados invalid", "natureza invalid", "motivo invalid")),
)
"""Sentences of a 200 to a listing or a removal. A sentence that nobody knows leaves it in doubt."""
