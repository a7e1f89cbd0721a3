"""Serasa's answers outside 2xx (docs/sources.md, bureaus).

The shape of the error body is unconfirmed (a text, an array of ``{code, message}``, an object), but the bracketed
codes are the same in all of them: they are looked for in the body as it is. Only a documented code under its
documented status refuses; what a status says without one is no answer to a paid question. A bare 404 is a document, a
report or an address that is not known.
"""

from __future__ import annotations

import re

from lastro.bureaus.reasons import BureauReason
from lastro.vendors.kit.tables import Row

CODE = re.compile(r"\[ERROR\]\s*\[([A-Z][A-Z_-]{1,40})\]")
PAUSE_SECONDS = 2
"""Where ``Retry-After`` says nothing."""

_FAULT_OF_TOKENS = "Auth-Header-Validator"
_FAULT_OF_BURSTS = "SpikeArrest"

REPORT = (
    Row(BureauReason.REVOKED, {401}),
    Row(BureauReason.REVOKED, {500}, says=(_FAULT_OF_TOKENS,)),
    Row(BureauReason.BUSY, {429}),
    Row(BureauReason.BUSY, {503}, says=(_FAULT_OF_BURSTS,)),
    Row(BureauReason.NOT_FOUND, {404}, ("DOCUMENT_NOT_FOUND",)),
    Row(BureauReason.NOT_CONTRACTED, {403, 412}, ("USER-NOT-AUTHORIZED",)),
    Row(BureauReason.INVALID_DOCUMENT, {412}, ("INVALID-REQUEST",), says=("X-Document-Id",)),
    Row(BureauReason.UNKNOWN_FEATURE, {412}, ("INVALID-REQUEST",), says=("eatures",)),
    Row(BureauReason.VALIDATION, {412}, ("INVALID-REQUEST",)),
    Row(BureauReason.PROCESSING, {500}, ("PROCESSING",)),
    Row(BureauReason.NOT_CONTRACTED, {403}),
    Row(BureauReason.UNAVAILABLE, {503}),
)
"""Answers to a report."""

LOGIN = (
    Row(BureauReason.BUSY, {429}),
    Row(BureauReason.BUSY, says=(_FAULT_OF_BURSTS,)),
    Row(BureauReason.UNAVAILABLE, {408, 425, *range(500, 600)}),
    Row(BureauReason.INVALID_CREDENTIALS, range(400, 500)),
    Row(BureauReason.UNREADABLE),
)
"""Answers to a login."""

LISTING = (
    Row(BureauReason.REVOKED, {401}),
    Row(BureauReason.REVOKED, {500}, says=(_FAULT_OF_TOKENS,)),
    Row(BureauReason.BUSY, {429}),
    Row(BureauReason.BUSY, {503}, says=(_FAULT_OF_BURSTS,)),
    Row(BureauReason.NOT_CONTRACTED, {403}),
    Row(BureauReason.VALIDATION, {400, 412, 422}),
)
"""Answers to a request of PEFIN. Any other may have taken effect: a listing is never asked for twice on a guess."""
