"""What the payer's answers mean that tell of no payout (docs/payer.md).

``Permanent`` is said only where the payer's contract says that it took nothing under this key and never will: one
status, with one of its documented words in the body. Every other answer (a key in use, a gateway's page, a rate limit,
a credential that is not accepted) says nothing of a payout that may be under way, so it is ``Unknown``: the payout is
looked up by its key. No text of the payer is repeated: it may hold personal data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from lastro.vendors.kit.send import Road

NEVER_TAKEN: Mapping[int, frozenset[str]] = {422: frozenset({"INVALID_BODY", "INVALID_ACCOUNT"})}
"""Status -> words of ``error`` with which the payer says that a payout never took effect and never will."""

NOT_THERE: Mapping[int, frozenset[str]] = {404: frozenset({"NOT_FOUND"})}
"""The same of a look-up: no payout is known under this key, as yet."""

_BUSY = frozenset({408, 425, 429})
_CREDENTIALS = frozenset({401, 403})


def failure_of(status: int, content: bytes, key: str) -> LastroError:
    """What an answer to a payout with ``key`` stands for when it is no payout."""
    if says(NEVER_TAKEN, status, content, key):
        return Permanent(f"the payer answered status {status}", code="payer_validation")
    return Unknown(f"the payer answered status {status}", code=_code_of(status))


def says(words: Mapping[int, frozenset[str]], status: int, content: bytes, key: str) -> bool:
    """Whether an answer is one of ``words``: its status, its one ``error``, and no other payout's key."""
    body = read_object(content) if status in words else None
    if body is None:
        return False
    word = body.get("error")
    return isinstance(word, str) and word in words[status] and is_about(body, key)


def read_object(content: bytes) -> dict[str, Any] | None:
    """The JSON object of an answer; ``None`` where there is none, or one that names a member twice."""
    try:
        found = json.loads(content, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def is_about(body: Mapping[str, Any], key: str) -> bool:
    """Whether an answer is about this payout: one that names a key must name this one."""
    return bool(body.get("idempotency_key", key) == key)


def unreadable(place: str) -> Unknown:
    """The payer answered something that its contract does not hold: nobody can tell what it did."""
    return Unknown(f"payer answer: {place} cannot be read", code="payer_answer")


def _unavailable(detail: str) -> Retryable:
    return Retryable(detail, code="payer_unavailable")


def _unanswered(detail: str) -> Unknown:
    return Unknown(detail, code="payer_timeout")


def _unreadable(detail: str, _: object) -> Unknown:
    return Unknown(detail, code="payer_answer")


ROAD = Road(
    whom="the payer",
    answer_seconds=10.0,
    unavailable=_unavailable,
    unanswered=_unanswered,
    unreadable=_unreadable,
)
"""What the payer began to answer is whole ten seconds after the request left it, or no answer."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member is named twice")
    return found


def _code_of(status: int) -> str:
    if status in _CREDENTIALS:
        return "payer_credentials"
    return "payer_unavailable" if status >= 500 or status in _BUSY else "payer_answer"
