"""The public half of the signing key as a JSON Web Key (RFC 7517). Pure.

KMS answers it as a DER SubjectPublicKeyInfo (RFC 5280), of which only modulus and exponent are wanted.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from lastro.access.views import JsonWebKey, JsonWebKeySet

_SEQUENCE, _BIT_STRING, _INTEGER = 0x30, 0x03, 0x02


def key_set(public_key: bytes, key_id: str) -> JsonWebKeySet:
    """One RSA key by its id. Raises ``ValueError`` when the bytes are no RSA key."""
    modulus, exponent = read_rsa_key(public_key)
    return JsonWebKeySet(keys=[JsonWebKey(kid=key_id, n=_spell(modulus), e=_spell(exponent))])


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
