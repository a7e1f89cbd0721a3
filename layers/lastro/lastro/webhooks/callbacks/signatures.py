"""How a notice is signed: Standard Webhooks 1.0, HMAC-SHA256 over id, time and body (docs/sources.md).

Pure.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from binascii import Error as NoBase64
from collections.abc import Sequence

SECRET_BYTES = 32
"""Random bytes of a signing secret."""

_PREFIX = "whsec_"


def spell_secret(random: bytes) -> str:
    """The text of a signing secret. Raises ``ValueError`` unless given exactly 32 random bytes."""
    if len(random) != SECRET_BYTES:
        raise ValueError(f"a signing secret is made of {SECRET_BYTES} random bytes")
    return _PREFIX + base64.b64encode(random).decode()


def sign(secrets: Sequence[str], notice_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers a receiver checks; one signature for each secret, so that secrets can be exchanged.

    ``timestamp`` is in seconds since 1970. Raises ``ValueError`` for a text that is no signing secret.
    """
    signed = f"{notice_id}.{timestamp}.".encode() + body
    signatures = [f"v1,{_mac(secret, signed)}" for secret in secrets]
    return {
        "webhook-id": notice_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def _mac(secret: str, signed: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except NoBase64 as error:
        raise ValueError("a signing secret is whsec_ and Base64") from error
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
