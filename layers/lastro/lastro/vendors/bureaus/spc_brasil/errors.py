"""SPC Brasil's faults: a code such as ``CN_INT005.E2.3`` opens the text of a SOAP fault."""

from __future__ import annotations

import re

from lastro.bureaus.ports import BureauUnavailable, RawAnswer, RefusedByBureau, SlowDown
from lastro.bureaus.reasons import BureauReason
from lastro.kernel.errors import LastroError
from lastro.vendors.bureaus.http import rejected_credentials, unclear

_CODE = re.compile(r"\s*(CN_[A-Z]{3}[0-9]{3}\.E[0-9]*(?:\.[0-9]+)*)", re.ASCII)
_REFUSALS = (
    ("CN_INT005.E2", BureauReason.INVALID_CREDENTIALS),
    ("CN_INT005.E3", BureauReason.INVALID_CREDENTIALS),
    ("CN_INT005.E4", BureauReason.NOT_CONTRACTED),
    ("CN_INT005.E8.2", BureauReason.INVALID_DOCUMENT),
    ("CN_INT005.E8.3", BureauReason.UNKNOWN_REPORT),
    ("CN_INT005", BureauReason.VALIDATION),
)
_INTERNAL = "CN_GER001"
_PAUSE_SECONDS = 5


def failure_of_fault(text: str, raw: RawAnswer, *, acts: bool) -> LastroError:
    """The error a fault stands for, by its code alone; ``acts``: to a paid question."""
    match = _CODE.match(text)
    code = match[1] if match else ""
    if code.startswith(_INTERNAL):
        return BureauUnavailable(f"SPC Brasil answered {code}", code=BureauReason.PROCESSING, raw=raw)
    for known, reason in _REFUSALS:
        if code == known or code.startswith(f"{known}."):
            return RefusedByBureau(f"SPC Brasil answered {code}", code=reason, raw=raw)
    return unclear(raw, acts=acts)


def failure_of_status(raw: RawAnswer, *, acts: bool) -> LastroError:
    """The error of an answer outside 2xx that holds no fault."""
    match raw.http_status:
        case 401 | 403:
            return rejected_credentials(raw)
        case 429:
            return SlowDown("SPC Brasil answered status 429", retry_after=_PAUSE_SECONDS, raw=raw)
        case 503:
            return BureauUnavailable("SPC Brasil answered status 503", raw=raw)
        case _:
            return unclear(raw, acts=acts)
