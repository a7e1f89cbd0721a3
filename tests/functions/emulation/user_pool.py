"""A user pool in place of Amazon Cognito: users, custom challenges that ask our triggers, and tokens that verify."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from lastro.kernel.calendar import Clock
from tests.functions.invocation import load_function

POOL = "sa-east-1_Portal1"
ISSUER = f"https://cognito-idp.sa-east-1.amazonaws.com/{POOL}"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY_ID = "abc+/="


def jwk(key: rsa.RSAPrivateKey, **changes: Any) -> dict[str, Any]:
    numbers = key.public_key().public_numbers()
    spelt = {name: spell(number) for name, number in (("n", numbers.n), ("e", numbers.e))}
    return {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": KEY_ID, **spelt, **changes}


def spell(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).decode().rstrip("=")


def sign(message: bytes, key: rsa.RSAPrivateKey = KEY) -> bytes:
    return key.sign(message, padding.PKCS1v15(), hashes.SHA256())


class Publisher:
    """The pool's address: what it answers, and how often it was asked."""

    def __init__(self) -> None:
        self.keys: list[dict[str, Any]] = [jwk(KEY)]
        self.asked: list[str] = []
        self.down = False

    def send(self, request: Any) -> Any:
        self.asked.append(request.url)
        if self.down:
            raise ConnectTimeoutError(endpoint_url=request.url)
        return SimpleNamespace(status_code=200, content=json.dumps({"keys": self.keys}).encode())


def sign_token(claims: dict[str, Any], key: rsa.RSAPrivateKey = KEY, header: dict[str, Any] | None = None) -> str:
    """A token with these claims, signed by the pool's key unless told otherwise."""
    message = f"{encode({'alg': 'RS256', 'kid': KEY_ID, **(header or {})})}.{encode(claims)}"
    return f"{message}.{base64.urlsafe_b64encode(sign(message.encode(), key)).decode().rstrip('=')}"


def encode(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@dataclass
class FakeCognito:
    """Users by name, sessions and refresh tokens; ``down`` it does not answer."""

    clock: Clock
    users: dict[str, str | None] = field(default_factory=dict)
    sessions: dict[str, tuple[str, list[dict[str, Any]]]] = field(default_factory=dict)
    refreshing: dict[str, tuple[str, str]] = field(default_factory=dict)
    down: bool = False

    def admin_create_user(self, **asked: Any) -> Mapping[str, Any]:
        self._check(asked)
        if asked["Username"] in self.users:
            raise _refusal("UsernameExistsException")
        self.users[asked["Username"]] = None
        return {}

    def admin_set_user_password(self, **asked: Any) -> Mapping[str, Any]:
        self._check(asked)
        self.users[asked["Username"]] = asked["Password"]
        return {}

    def admin_delete_user(self, **asked: Any) -> Mapping[str, Any]:
        self._check(asked)
        if self.users.pop(asked["Username"], "") == "":
            raise _refusal("UserNotFoundException")
        return {}

    def admin_initiate_auth(self, **asked: Any) -> Mapping[str, Any]:
        self._check(asked)
        parameters = asked["AuthParameters"]
        if asked["AuthFlow"] == "REFRESH_TOKEN_AUTH":
            if parameters["REFRESH_TOKEN"] not in self.refreshing:
                raise _refusal("NotAuthorizedException")
            username, login = self.refreshing[parameters["REFRESH_TOKEN"]]
            return {"AuthenticationResult": {"AccessToken": self._token(username, login), "ExpiresIn": 900}}
        username = parameters["USERNAME"]
        if self.users.get(username) is None:
            raise _refusal("UserNotFoundException")
        return self._go_on(username, [])

    def admin_respond_to_auth_challenge(self, **asked: Any) -> Mapping[str, Any]:
        self._check(asked)
        username, rounds = self.sessions.pop(asked["Session"])
        answer = asked["ChallengeResponses"]["ANSWER"]
        verified = self.trigger("VerifyAuthChallengeResponse", username, session=rounds, challengeAnswer=answer)
        rounds[-1]["challengeResult"] = verified["answerCorrect"]
        return self._go_on(username, rounds)

    def trigger(self, source: str, username: str, **request: Any) -> dict[str, Any]:
        """What our function answers to the pool."""
        event = {
            "version": "1",
            "triggerSource": f"{source}_Authentication",
            "userPoolId": POOL,
            "userName": username,
            "request": {"userAttributes": {}, "userNotFound": False, **request},
            "response": {},
        }
        context = SimpleNamespace(function_name="work_login_challenge")
        answer: dict[str, Any] = load_function("customers", "work_login_challenge").handler(event, context)
        assert answer["userName"] == username
        response: dict[str, Any] = answer["response"]
        return response

    def _go_on(self, username: str, rounds: list[dict[str, Any]]) -> Mapping[str, Any]:
        wanted = self.trigger("DefineAuthChallenge", username, session=rounds)
        if wanted["failAuthentication"]:
            raise _refusal("NotAuthorizedException")
        if wanted["issueTokens"]:
            login, refresh = str(uuid4()), f"refresh.{uuid4()}"
            self.refreshing[refresh] = (username, login)
            token = self._token(username, login)
            return {"AuthenticationResult": {"AccessToken": token, "ExpiresIn": 900, "RefreshToken": refresh}}
        asked = self.trigger("CreateAuthChallenge", username, session=rounds)
        name, session = wanted["challengeName"], str(uuid4())
        self.sessions[session] = (username, [*rounds, {"challengeName": name, "challengeResult": None}])
        return {"ChallengeName": name, "Session": session, "ChallengeParameters": asked["publicChallengeParameters"]}

    def _token(self, username: str, login: str) -> str:
        now = int(self.clock.now().timestamp())
        return sign_token(
            {
                "iss": ISSUER,
                "client_id": "portal-client",
                "token_use": "access",
                "username": username,
                "origin_jti": login,
                "auth_time": now,
                "exp": now + 900,
            }
        )

    def _check(self, asked: Mapping[str, Any]) -> None:
        if self.down:
            raise EndpointConnectionError(endpoint_url="https://cognito-idp.example")
        assert asked["UserPoolId"] == POOL


def _refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "Admin")
