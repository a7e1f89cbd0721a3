"""Tokens of the portal's user pool at the authorizer: whose they are, and everything that opens nothing."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from lastro.access.pools.signatures import PublicKey, read_key_set
from lastro.aws.entrypoints.requests import read_caller
from lastro.aws.pools import published_keys
from lastro.aws.pools.published_keys import KeySet
from lastro.kernel.errors import Retryable
from tests.clock import MovableClock
from tests.functions.access.authorizer.test_authorize_tokens import authorize, encode, refuse
from tests.functions.emulation.user_pool import ISSUER, KEY, KEY_ID, Publisher, jwk, sign, sign_token, spell
from tests.functions.invocation import Shop

PERSON = "5b1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21"
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    standing = Publisher()
    monkeypatch.setattr(published_keys, "URLLib3Session", lambda **_: standing)
    return standing


def token_of(
    shop: Shop,
    clock: MovableClock,
    *,
    key: rsa.RSAPrivateKey = KEY,
    header: dict[str, Any] | None = None,
    **changes: Any,
) -> str:
    now = int(clock.moment.timestamp())
    claims = {
        "sub": "a1b2",
        "iss": ISSUER,
        "client_id": "portal-client",
        "token_use": "access",
        "username": f"{shop.partner_id}.{PERSON}",
        "origin_jti": "login-7",
        "auth_time": now,
        "iat": now,
        "exp": now + 900,
        **changes,
    }
    return sign_token({name: value for name, value in claims.items() if value is not None}, key, header or {})


def test_a_person_is_known_by_its_partner_itself_and_its_login(
    shop: Shop, clock: MovableClock, publisher: Publisher
) -> None:
    answer = authorize(token_of(shop, clock))
    assert answer["context"] == {
        "partner_id": shop.partner_id,
        "store_ids": "",
        "principal": PERSON,
        "scopes": "",
        "person": PERSON,
        "login": "login-7",
        "until": int(clock.moment.timestamp()) + 900,
    }
    caller = read_caller({"requestContext": {"authorizer": answer["context"]}})
    assert (caller.partner_id, caller.person, caller.login) == (shop.partner_id, PERSON, "login-7")
    assert publisher.asked == [f"{ISSUER}/.well-known/jwks.json"]
    authorize(token_of(shop, clock, origin_jti="login-8"))
    assert len(publisher.asked) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://cognito-idp.sa-east-1.amazonaws.com/sa-east-1_Other"},
        {"client_id": "another-client"},
        {"client_id": None, "aud": "portal-client"},
        {"token_use": "id"},
        {"token_use": None},
        {"exp": None},
        {"exp": "4102444800"},
        {"exp": 1},
        {"exp": True},
        {"auth_time": None},
        {"origin_jti": None},
        {"origin_jti": ""},
        {"username": None},
        {"username": PERSON},
        {"username": f"{PERSON}.{PERSON}"},
        {"username": f"{PERSON}.{PERSON}\n"},
        {"cognito:groups": "manager"},
        {"header": {"alg": "none"}},
        {"header": {"alg": "HS256"}},
        {"header": {"kid": "unknown"}},
        {"header": {"kid": 7}},
        {"header": {"crit": ["exp"]}},
        {"key": OTHER},
    ],
)
def test_what_is_not_the_pools_own_opens_nothing(
    shop: Shop, clock: MovableClock, publisher: Publisher, changes: dict[str, Any]
) -> None:
    refuse(token_of(shop, clock, **changes))


def test_a_token_ends(shop: Shop, clock: MovableClock, publisher: Publisher) -> None:
    token = token_of(shop, clock)
    clock.advance(seconds=899)
    assert authorize(token)
    clock.advance(seconds=1)
    refuse(token)


def test_a_signature_or_a_claim_that_was_touched_opens_nothing(
    shop: Shop, clock: MovableClock, publisher: Publisher
) -> None:
    head, body, signature = token_of(shop, clock).split(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    flipped = base64.urlsafe_b64encode(bytes([raw[0], raw[1] ^ 1, *raw[2:]])).decode().rstrip("=")
    refuse(f"{head}.{body}.{flipped}")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    refuse(f"{head}.{encode({**claims, 'origin_jti': 'login-9'})}.{signature}")


def test_a_pool_that_changes_its_keys_is_asked_again_and_not_often(
    shop: Shop, clock: MovableClock, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    assert authorize(token_of(shop, clock))
    publisher.keys = [jwk(OTHER, kid="second")]
    fresh = token_of(shop, clock, key=OTHER, header={"kid": "second"})
    for _ in range(3):
        refuse(fresh)
    assert len(publisher.asked) == 1
    moment[0] += 60
    assert authorize(fresh)
    refuse(token_of(shop, clock))
    assert len(publisher.asked) == 2


def test_keys_that_were_read_serve_while_the_pool_is_away(
    monkeypatch: pytest.MonkeyPatch, publisher: Publisher
) -> None:
    moment = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    keys = KeySet("https://pool.example/jwks", read_key_set)
    publisher.down = True
    with pytest.raises(Retryable):
        keys.find(KEY_ID)
    publisher.down = False
    assert keys.find(KEY_ID)
    publisher.down = True
    moment[0] += 24 * 3600
    assert keys.find(KEY_ID)


@pytest.fixture(scope="module")
def public() -> PublicKey:
    return PublicKey(KEY.public_key().public_numbers().n)


@given(message=st.binary(max_size=200), noise=st.integers(1, 255), place=st.integers(0, 255))
def test_only_what_the_key_signed_verifies(public: PublicKey, message: bytes, noise: int, place: int) -> None:
    signature = sign(message)
    assert public.signed(message, signature)
    assert not public.signed(message + b"x", signature)
    touched = bytearray(signature)
    touched[place] ^= noise
    assert not public.signed(message, bytes(touched))


def test_other_paddings_digests_and_lengths_do_not_verify(public: PublicKey) -> None:
    message, modulus = b"message", public.modulus
    assert not public.signed(message, KEY.sign(message, padding.PKCS1v15(), hashes.SHA1()))
    assert not public.signed(message, KEY.sign(message, padding.PKCS1v15(), hashes.SHA512()))
    salted = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    assert not public.signed(message, KEY.sign(message, salted, hashes.SHA256()))
    signature = sign(message)
    for wrong in (b"", signature[1:], b"\x00" + signature, signature + b"\x00", b"\x00" * 256, b"\xff" * 256):
        assert not public.signed(message, wrong)
    assert not public.signed(message, (int.from_bytes(signature) + modulus).to_bytes(257))


@pytest.mark.parametrize(
    "changes",
    [
        {"kty": "EC"},
        {"alg": "RS512"},
        {"use": "enc"},
        {"e": "Aw"},
        {"n": spell(KEY.public_key().public_numbers().n >> 1024)},
    ],
)
def test_a_key_of_another_kind_or_too_weak_is_none(changes: dict[str, Any]) -> None:
    assert read_key_set(json.dumps({"keys": [jwk(KEY, **changes)]})) == {}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"keys": 1}', '{"keys": [1]}', '{"keys": [{"kty": "RSA", "alg": "RS256"}]}']
)
def test_what_is_no_key_set_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_key_set(text)
