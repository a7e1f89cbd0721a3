"""The published keys verify what ``/client/auth`` signs, without anything of ours."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.functions.access.conftest import Client, log_in
from tests.functions.invocation import call_function


def number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=="), "big")


def test_the_published_key_verifies_a_token(client: Client, token_key: str) -> None:
    answer = call_function("access", "get_token_keys")
    assert answer.status == 200
    [key] = answer.json["keys"]
    assert {name: key[name] for name in ("kty", "use", "alg", "kid")} == {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": token_key,
    }
    public = rsa.RSAPublicNumbers(number(key["e"]), number(key["n"])).public_key()
    assert public.key_size == 2048
    message, _, signature = log_in(client).json["access_token"].rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    public.verify(raw, message.encode(), padding.PKCS1v15(), hashes.SHA256())
