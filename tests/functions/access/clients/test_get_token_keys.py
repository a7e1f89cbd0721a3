"""The published keys verify what ``/client/auth`` signs, without anything of ours."""

from __future__ import annotations

import base64
import json
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from lastro.aws.clients import open_client
from tests.functions.access.conftest import Client, log_in
from tests.functions.emulation.process import clear_process
from tests.functions.invocation import call_function, load_function, sample_event


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


def test_one_key_takes_the_place_of_the_other_and_no_token_in_use_ends(
    client: Client, token_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``docs/operations.md`` has it: published first, signing next, and alone once the tokens of before ran out."""
    made = open_client("kms").create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
    fresh = str(made["KeyMetadata"]["KeyId"])
    before = token(client)
    for keys, signs in ((f"{token_key},{fresh}", token_key), (f"{fresh},{token_key}", fresh), (fresh, fresh)):
        deploy(monkeypatch, keys)
        assert [key["kid"] for key in call_function("access", "get_token_keys").json["keys"]] == keys.split(",")
        after = token(client)
        assert key_of(after) == signs
        opens(after)
        if token_key in keys:
            opens(before)
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        opens(before)


def deploy(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setenv("LASTRO_TOKEN_KEYS", keys)
    clear_process()


def token(client: Client) -> str:
    return str(log_in(client).json["access_token"])


def key_of(text: str) -> str:
    return str(json.loads(base64.urlsafe_b64decode(text.partition(".")[0] + "=="))["kid"])


def opens(text: str) -> None:
    event = sample_event("access", "authorize")
    event["headers"]["Authorization"] = f"Bearer {text}"
    load_function("access", "authorize").handler(event, SimpleNamespace(function_name="authorize"))
