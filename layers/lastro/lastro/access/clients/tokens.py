"""JSON Web Tokens as ``/client/auth`` issues them: RS256, spelt and read here, signed and verified elsewhere. Pure.

Claims: ``iss`` and ``aud`` (RFC 7519 §4.1, always these of this service), ``client_id`` (integer), ``tag_name`` (UUID),
``scope`` (text, words apart by spaces; a list is read too), ``iat`` and ``exp`` in seconds.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from lastro.access.errors import INVALID_TOKEN
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Unauthorized

LIFETIME = 24 * 60 * 60
"""Seconds from ``iat`` to ``exp``."""

ISSUER = "urn:lastro:access"
AUDIENCE = "urn:lastro:api"
"""Who issues tokens and whom they are for. Installations are told apart by their signing keys (``kid``)."""

MAX_LENGTH = 4096
_SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Claims:
    """Whose token it is, what it may do and when."""

    client_id: int
    tag_name: str
    scopes: tuple[str, ...]
    issued_at: int
    expires_at: int


@dataclass(frozen=True)
class ReadToken:
    """A token taken apart; nothing in it is true before ``signature`` is found to sign ``message``."""

    key_id: str
    claims: Claims
    message: bytes
    signature: bytes


def spell_message(claims: Claims, key_id: str) -> bytes:
    """Header and claims of a token, ready to be signed."""
    header = {"alg": "RS256", "typ": "JWT", "kid": key_id}
    body = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "client_id": claims.client_id,
        "tag_name": claims.tag_name,
        "scope": " ".join(claims.scopes),
        "iat": claims.issued_at,
        "exp": claims.expires_at,
    }
    return f"{_encode_json(header)}.{_encode_json(body)}".encode()


def spell_token(message: bytes, signature: bytes) -> str:
    """The whole token."""
    return f"{message.decode()}.{_encode(signature)}"


def looks_like_token(text: str) -> bool:
    """Whether ``text`` has the three parts of a token; an API key has no dot."""
    return len(text) <= MAX_LENGTH and _SHAPE.fullmatch(text) is not None


def read_token(text: str) -> ReadToken:
    """Take a token apart. Raises ``Unauthorized`` for one that this service cannot have issued."""
    head, body, signature = text.split(".")
    header, claims = _decode_json(head), _decode_json(body)
    # The algorithm is ours to choose, never the sender's.
    if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
        raise _not_ours()
    scope = claims.get("scope")
    scopes = scope.split() if isinstance(scope, str) else scope
    numbers = [claims.get(name) for name in ("client_id", "iat", "exp")]
    if (
        claims.get("iss") != ISSUER
        or claims.get("aud") not in (AUDIENCE, [AUDIENCE])
        or any(type(number) is not int or not 0 < number < 2**53 for number in numbers)
        or not isinstance(claims.get("tag_name"), str)
        or not isinstance(scopes, list)
        or not all(isinstance(word, str) for word in scopes)
    ):
        raise _not_ours()
    return ReadToken(
        key_id=header["kid"],
        claims=Claims(claims["client_id"], claims["tag_name"], tuple(scopes), claims["iat"], claims["exp"]),
        message=f"{head}.{body}".encode(),
        signature=_decode(signature),
    )


def _not_ours() -> Unauthorized:
    return INVALID_TOKEN()


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _encode_json(part: dict[str, Any]) -> str:
    return _encode(json.dumps(part, separators=(",", ":")).encode())


def _decode(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise _not_ours() from error


def _decode_json(text: str) -> dict[str, Any]:
    try:
        part = json.loads(_decode(text))
    except (ValueError, RecursionError) as error:
        raise _not_ours() from error
    if not isinstance(part, dict):
        raise _not_ours()
    return part
