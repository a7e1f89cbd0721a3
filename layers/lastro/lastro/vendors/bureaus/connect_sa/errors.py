"""What Connect SA says of an inquiry it did not make: a status of HTTP, or a sentence in ``status`` of a 200.

No code table is published (docs/sources.md, bureaus): sentences are told apart by the words of the list below; one that
is not there says nothing of whether the inquiry was made.
"""

from __future__ import annotations

import unicodedata

from lastro.bureaus.ports import BureauUnavailable, InquiryUnknown, RawAnswer, RefusedByBureau, SlowDown
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.errors import LastroError
from lastro.vendors.bureaus.http import rejected_credentials, unclear

_PAUSE_SECONDS = 5

_REFUSALS = (
    (("senha", "login", "usuario"), BureauReason.INVALID_CREDENTIALS),
    (("nao autoriz", "sem permissao", "contrat"), BureauReason.NOT_CONTRACTED),
    (("nao encontrad", "nao localizad"), BureauReason.NOT_FOUND),
    (("documento", "cpf", "cnpj"), BureauReason.INVALID_DOCUMENT),
    (("plano", "consulta inexistente"), BureauReason.UNKNOWN_REPORT),
    (("agregado",), BureauReason.UNKNOWN_FEATURE),
)
_TROUBLES = ("indisponivel", "tente novamente", "manutencao")


def failure_of_status(raw: RawAnswer, *, acts: bool) -> LastroError:
    """The error an HTTP status outside 2xx stands for; ``acts``: to a paid question."""
    match raw.http_status:
        case 401 | 403:
            return rejected_credentials(raw)
        case 429:
            return SlowDown("Connect SA answered status 429", retry_after=_PAUSE_SECONDS, raw=raw)
        case 503:
            return BureauUnavailable("Connect SA answered status 503", raw=raw)
        case _:
            return unclear(raw, acts=acts)


def failure_of_sentence(sentence: str, *, acts: bool) -> LastroError:
    """The error the sentence of an unsuccessful answer stands for; the sentence itself is not repeated."""
    plain = _plain(sentence)
    if any(words in plain for words in _TROUBLES):
        return BureauUnavailable("Connect SA says it cannot work now")
    for words, reason in _REFUSALS:
        if any(word in plain for word in words):
            return RefusedByBureau("Connect SA refused the inquiry", code=reason)
    if acts:
        return InquiryUnknown("Connect SA said something that nobody knows", code=BureauReason.UNCLEAR)
    return RefusedByBureau("Connect SA refused the question", code=BureauReason.VALIDATION)


def _plain(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
