"""The public halves of the signing keys as a JSON Web Key Set (RFC 7517). Pure.

KMS answers it as a DER SubjectPublicKeyInfo (RFC 5280), of which only modulus and exponent are wanted.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping

from lastro.access.views import JsonWebKey, JsonWebKeySet

_SEQUENCE, _BIT_STRING, _INTEGER = 0x30, 0x03, 0x02


def key_set(public_keys: Mapping[str, bytes]) -> JsonWebKeySet:
    """RSA keys by their ids. Raises ``ValueError`` when the bytes are no RSA key."""
    return JsonWebKeySet(keys=[_key(key_id, public_key) for key_id, public_key in public_keys.items()])


def _key(key_id: str, public_key: bytes) -> JsonWebKey:
    modulus, exponent = read_rsa_key(public_key)
    return JsonWebKey(kid=key_id, n=_spell(modulus), e=_spell(exponent))


def read_rsa_key(der: bytes) -> tuple[int, int]:
    """Modulus and exponent of a SubjectPublicKeyInfo. Raises ``ValueError`` when it is none of an RSA key."""
    info, _ = _read(der, _SEQUENCE)
    _, rest = _read(info, _SEQUENCE)
    bits, _ = _read(rest, _BIT_STRING)
    numbers, _ = _read(bits[1:], _SEQUENCE)
    modulus, rest = _read(numbers, _INTEGER)
    exponent, _ = _read(rest, _INTEGER)
    return int.from_bytes(modulus), int.from_bytes(exponent)


def _read(der: bytes, tag: int) -> tuple[bytes, bytes]:
    """Content of the first element and what follows it."""
    if len(der) < 2 or der[0] != tag:
        raise ValueError("the bytes are no RSA public key")
    length, start = der[1], 2
    if length >= 0x80:
        start = 2 + length - 0x80
        length = int.from_bytes(der[2:start])
    if len(der) < start + length:
        raise ValueError("the bytes end before the key does")
    return der[start : start + length], der[start + length :]


def _spell(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8)
    return urlsafe_b64encode(raw).decode().rstrip("=")
