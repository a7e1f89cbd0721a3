"""Serasa's answers outside 2xx (docs/sources.md, bureaus).

The shape of the error body is unconfirmed (a text, an array of ``{code, message}``, an object), but the bracketed
codes are the same in all of them: they are looked for in the body as it is.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from lastro.bureaus.ports import BureauUnavailable, RefusedByBureau, RevokedToken, SlowDown
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.errors import LastroError
from lastro.vendors.bureaus.http import raw_of, rejected_credentials, unclear
from lastro.vendors.kit.send import Answer

_CODE = re.compile(r"\[ERROR\]\s*\[([A-Z][A-Z_-]{1,40})\]")
_FAULT_OF_TOKENS = "Auth-Header-Validator"
_FAULT_OF_BURSTS = "SpikeArrest"
_DOCUMENT_HEADER = "X-Document-Id"
_PAUSE_SECONDS = 2


def failure_of(response: Answer) -> LastroError:
    """The error that an answer to a report stands for.

    Only a documented code under its documented status refuses; what a status says without one is no answer to a paid
    question. A bare 404 is a document, a report or an address that is not known.
    """
    raw = raw_of(response)
    text = _text(response)
    code = _CODE.search(text)
    match response.status, code[1] if code else None:
        case 401, _:
            return RevokedToken("Serasa answered status 401", raw=raw)
        case 500, _ if _FAULT_OF_TOKENS in text:
            return RevokedToken("Serasa's gateway refused the token", raw=raw)
        case 429, _:
            return SlowDown("Serasa answered status 429", retry_after=_pause(response), raw=raw)
        case 503, _ if _FAULT_OF_BURSTS in text:
            return SlowDown("Serasa's gateway slows a burst down", retry_after=_pause(response), raw=raw)
        case 404, "DOCUMENT_NOT_FOUND":
            return RefusedByBureau("Serasa does not have the document", code=BureauReason.NOT_FOUND, raw=raw)
        case 403 | 412, "USER-NOT-AUTHORIZED":
            return RefusedByBureau("the contract does not allow it", code=BureauReason.NOT_CONTRACTED, raw=raw)
        case 412, "INVALID-REQUEST" if _DOCUMENT_HEADER in text:
            return RefusedByBureau("Serasa refused the document", code=BureauReason.INVALID_DOCUMENT, raw=raw)
        case 412, "INVALID-REQUEST" if "eatures" in text:
            return RefusedByBureau("Serasa refused a feature", code=BureauReason.UNKNOWN_FEATURE, raw=raw)
        case 412, "INVALID-REQUEST":
            return RefusedByBureau("Serasa refused the request", code=BureauReason.VALIDATION, raw=raw)
        case 500, "PROCESSING":
            return BureauUnavailable("Serasa could not process", code=BureauReason.PROCESSING, raw=raw)
        case 403, _:
            return RefusedByBureau("Serasa answered status 403", code=BureauReason.NOT_CONTRACTED, raw=raw)
        case 503, _:
            return BureauUnavailable("Serasa answered status 503", raw=raw)
        case _:
            return unclear(raw, acts=True)


def login_failure_of(response: Answer) -> LastroError:
    """The error that an answer to a login stands for."""
    raw = raw_of(response)
    status = response.status
    if status == HTTPStatus.TOO_MANY_REQUESTS or _FAULT_OF_BURSTS in _text(response):
        return SlowDown("Serasa slows logins down", retry_after=_pause(response), raw=raw)
    if status >= 500 or status in (408, 425):
        return BureauUnavailable(f"Serasa's login answered status {status}", raw=raw)
    if 400 <= status < 500:
        return rejected_credentials(raw)
    return RefusedByBureau(f"an unexpected status {status} of a login", code=BureauReason.UNREADABLE, raw=raw)


def _text(response: Answer) -> str:
    return response.body[:20_000].decode("utf-8", "replace")


def _pause(response: Answer) -> int:
    stated = response.headers.get("retry-after", "")
    return min(int(stated), 300) if re.fullmatch(r"[0-9]{1,6}", stated, re.ASCII) else _PAUSE_SECONDS
