"""Who may call a sandbox bank. Any credential that is there is good, unless it holds the word ``invalid``."""

from __future__ import annotations

import binascii
import secrets
import time
from base64 import b64decode
from collections.abc import Callable

TOKEN_LIFETIME_SECONDS = 1_800


def is_good(*credentials: str | None) -> bool:
    """Whether every credential is there and none says that it is invalid."""
    return all(value and "invalid" not in value.lower() for value in credentials)


def basic_pair(header: str | None) -> tuple[str, str]:
    """User name and password of a Basic ``Authorization`` header; empty texts when it is not one."""
    scheme, _, encoded = (header or "").partition(" ")
    try:
        user, _, password = b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return (user, password) if scheme == "Basic" else ("", "")


def bearer_token(header: str | None) -> str:
    """The token of a Bearer ``Authorization`` header; an empty text when it is not one."""
    scheme, _, token = (header or "").partition(" ")
    return token if scheme == "Bearer" else ""


class Tokens:
    """The access tokens one bank issued. ``clock`` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._expiry: dict[str, float] = {}

    def issue(self) -> str:
        token = secrets.token_urlsafe(24)
        self._expiry[token] = self._clock() + TOKEN_LIFETIME_SECONDS
        return token

    def are_good(self, token: str) -> bool:
        return self._expiry.get(token, 0.0) > self._clock()

    def revoke_all(self) -> None:
        self._expiry.clear()
