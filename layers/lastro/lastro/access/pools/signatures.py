"""RS256 as a published key verifies it (RFC 7518 §3.3, RFC 8017 §8.2.2). Pure.

Verifying holds no secret. The whole padded block is made anew and compared with what the signature holds, so that
nothing that a stranger sent is ever parsed (RFC 8017 §8.2.2, step 3); a key below 2048 bits or with an exponent other
than 65537 is none.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest

from lastro.kernel.dataclass import dataclass

_SHA_256 = bytes.fromhex("3031300d060960864801650304020105000420")
"""DigestInfo of a SHA-256 before its 32 bytes (RFC 8017 §9.2, note 1)."""

_EXPONENT = 65537
_LEAST_BITS, _MOST_BITS = 2048, 4096


@dataclass(frozen=True)
class PublicKey:
    """Modulus of an RSA key; its exponent is 65537."""

    modulus: int

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether the other half of this key signed the message."""
        size = (self.modulus.bit_length() + 7) // 8
        number = int.from_bytes(signature)
        if len(signature) != size or number >= self.modulus:
            return False
        ending = _SHA_256 + sha256(message).digest()
        wanted = b"\x00\x01" + b"\xff" * (size - len(ending) - 3) + b"\x00" + ending
        return compare_digest(pow(number, _EXPONENT, self.modulus).to_bytes(size), wanted)


def read_key_set(text: str | bytes) -> Mapping[str, PublicKey]:
    """The RS256 keys of a JSON Web Key Set (RFC 7517) by their ids; others are left out.

    Raises ``ValueError`` for what is no key set.
    """
    try:
        listed = json.loads(text)["keys"]
        return {
            str(each["kid"]): PublicKey(_number(each["n"]))
            for each in listed
            if each.get("kty") == "RSA"
            and each.get("alg") == "RS256"
            and each.get("use", "sig") == "sig"
            and _number(each["e"]) == _EXPONENT
            and _LEAST_BITS <= _number(each["n"]).bit_length() <= _MOST_BITS
        }
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("this is no key set") from error


def _number(text: str) -> int:
    return int.from_bytes(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
