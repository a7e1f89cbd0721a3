"""Access tokens of Amazon Cognito's user pools, taken apart. Pure.

Claims (docs/sources.md): ``iss``, ``client_id``, ``token_use``, ``username``, ``cognito:groups``, ``auth_time``,
``exp``, and ``origin_jti``, which names the login: refreshed tokens keep it.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import Any

from lastro.access.errors import INVALID_TOKEN
from lastro.kernel.dataclass import dataclass

_LATEST = 2**53


@dataclass(frozen=True)
class PoolClaims:
    """Who logged in, in which login, until when. Moments are seconds since 1970."""

    issuer: str
    client_id: str
    username: str
    login: str
    groups: tuple[str, ...]
    authenticated_at: int
    expires_at: int


@dataclass(frozen=True)
class PoolToken:
    """A token taken apart; nothing in it is true before ``signature`` is found to sign ``message``."""

    key_id: str
    claims: PoolClaims
    message: bytes
    signature: bytes


def issuer_of(text: str) -> str:
    """What a token of three parts says of its issuer; empty where it says nothing."""
    try:
        claims = json.loads(_decode(text.split(".")[1]))
    except (ValueError, RecursionError):
        return ""
    issuer = claims.get("iss") if isinstance(claims, dict) else None
    return issuer if isinstance(issuer, str) else ""


def read_pool_token(text: str) -> PoolToken:
    """Take an access token apart. Raises ``Unauthorized`` for anything else, tokens of identity among it."""
    head, body, signature = text.split(".")
    try:
        header, claims, signed = json.loads(_decode(head)), json.loads(_decode(body)), _decode(signature)
    except (ValueError, RecursionError) as error:
        raise INVALID_TOKEN() from error
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise INVALID_TOKEN()
    # The algorithm is ours to choose, never the sender's; no extension is understood (RFC 7515 §4.1.11).
    if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str) or "crit" in header:
        raise INVALID_TOKEN()
    texts = [claims.get(name) for name in ("iss", "client_id", "username", "origin_jti")]
    moments = [claims.get(name) for name in ("auth_time", "exp")]
    groups = claims.get("cognito:groups", [])
    if (
        claims.get("token_use") != "access"
        or not all(isinstance(each, str) and each for each in texts)
        or any(type(moment) is not int or not 0 < moment < _LATEST for moment in moments)
        or not isinstance(groups, list)
        or not all(isinstance(group, str) for group in groups)
    ):
        raise INVALID_TOKEN()
    return PoolToken(header["kid"], _read_claims(claims, groups), f"{head}.{body}".encode(), signed)


def _read_claims(claims: dict[str, Any], groups: list[str]) -> PoolClaims:
    return PoolClaims(
        issuer=claims["iss"],
        client_id=claims["client_id"],
        username=claims["username"],
        login=claims["origin_jti"],
        groups=tuple(groups),
        authenticated_at=claims["auth_time"],
        expires_at=claims["exp"],
    )


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
