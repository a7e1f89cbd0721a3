"""Clients of ``/client/auth``: what partners' systems log in with. Pure: ids and randomness are parameters."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from datetime import datetime

from lastro.access.model import digest_key
from lastro.kernel.callers.caller import UNBOUND, Binding, StatusSpelling
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.dataclass import dataclass

SECRET_BYTES = 32
"""Random bytes of a client's secret."""

MAX_FAILURES = 20
FAILURE_WINDOW = 60
"""So many wrong logins from one source in so many seconds are told that they are wrong; the others are told to wait.

Right ones always enter: secrets are 256 random bits, so who asks on learns nothing by it.
"""
NOBODY = 0
"""The number of no client."""
_NOBODYS_DIGEST = "0" * 64

_SECRET_SHAPE = re.compile(r"ls_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Client:
    """What is kept of a client: the SHA-256 of its secret, never the secret. ``tag_name`` is a random UUID.

    ``status_spelling`` is what its answers call a process with proposals in analysis. ``previous_digest`` is that of
    the secret before, which enters until ``previous_until``. ``version`` counts its changes.
    """

    id: int
    partner_id: str
    tag_name: str
    digest: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    revoked_at: datetime | None = None
    status_spelling: StatusSpelling = StatusSpelling.PAGES
    binding: Binding = UNBOUND
    secret_at: datetime | None = None
    previous_digest: str | None = None
    previous_until: datetime | None = None
    version: int = 1

    def overlaps(self, now: datetime) -> bool:
        """Whether the secret before enters as well."""
        return self.previous_until is not None and self.previous_until > now


def is_secret_of(client: Client | None, secret: str, now: datetime) -> bool:
    """Whether a client may enter with ``secret``, its own or the one before while both hold.

    In a time that tells neither how much of it is right nor whether there is such a client.
    """
    shaped = _SECRET_SHAPE.fullmatch(secret) is not None
    sent = digest_key(secret if shaped else "")
    before = client.previous_digest if client is not None and client.overlaps(now) else None
    digests = (_NOBODYS_DIGEST if client is None else client.digest, before or _NOBODYS_DIGEST)
    right = [hmac.compare_digest(sent, digest) for digest in digests]
    return any(right) and client is not None and client.revoked_at is None


def spell_secret(random: bytes) -> str:
    """The text of a secret. Raises ``ValueError`` unless given exactly 32 random bytes."""
    if len(random) != SECRET_BYTES:
        raise ValueError(f"a secret is made of {SECRET_BYTES} random bytes")
    return "ls_" + urlsafe_b64encode(random).decode().rstrip("=")
