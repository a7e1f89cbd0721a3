"""One user pool of Amazon Cognito, whose users are called by ids alone and log in by custom challenges."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import field
from secrets import token_hex
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from lastro.aws.clients import open_client
from lastro.aws.log import logger
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable

_REFUSED = frozenset({"NotAuthorizedException", "UserNotFoundException"})
_EXISTS = frozenset({"UsernameExistsException"})
_CHALLENGE = "CUSTOM_CHALLENGE"
_NEW_PASSWORD = "NEW_PASSWORD_REQUIRED"  # noqa: S105 - the pool's name for what it asks
_USERNAME = "USERNAME"

Answer = TypeVar("Answer")


class _Refusal(Exception):
    """The pool said no."""


@dataclass(frozen=True)
class PoolTokens:
    """What a login is worth; ``login`` names it in all of its tokens, ``username`` whose it is. Seconds."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in: int
    username: str
    login: str


class UserPool:
    """A pool and the application that its users log in to."""

    def __init__(self, pool_id: str, client_id: str) -> None:
        self._pool = {"UserPoolId": pool_id}
        self._client_id = client_id

    @property
    def _client(self) -> Any:
        return open_client("cognito-idp")

    def log_in(self, username: str, answer: str) -> PoolTokens | None:
        """A new login by one answer to one challenge; a user that is not there yet is made.

        ``None`` when the answer does not hold. Raises ``Retryable`` ``pool_unavailable``.
        """
        try:
            begun = self._begin(username)
        except _Refusal:
            self._add(username)
            try:
                begun = self._begin(username)
            except _Refusal:
                return None
        if begun.get("ChallengeName") != _CHALLENGE:
            return None
        try:
            done = self._ask(
                lambda: self._client.admin_respond_to_auth_challenge(
                    **self._pool,
                    ClientId=self._client_id,
                    ChallengeName=_CHALLENGE,
                    Session=begun["Session"],
                    ChallengeResponses={_USERNAME: username, "ANSWER": answer},
                )
            )
        except _Refusal:
            return None
        if done.get("ChallengeName") == _NEW_PASSWORD:
            # Making the user died halfway: the next code finds it whole.
            self._set_password(username)
        return _read_tokens(done)

    def refresh(self, refresh_token: str) -> PoolTokens | None:
        """Other tokens of the same login; ``None`` for what refreshes nothing. Raises ``Retryable``."""
        try:
            done = self._ask(
                lambda: self._client.admin_initiate_auth(
                    **self._pool,
                    ClientId=self._client_id,
                    AuthFlow="REFRESH_TOKEN_AUTH",
                    AuthParameters={"REFRESH_TOKEN": refresh_token},
                ),
                refused=_REFUSED | {"InvalidParameterException"},
            )
        except _Refusal:
            return None
        return _read_tokens(done)

    def remove(self, username: str) -> None:
        """Take a user out; one that is not there stays so. Raises ``Retryable`` ``pool_unavailable``."""
        try:
            self._ask(lambda: self._client.admin_delete_user(**self._pool, Username=username))
        except _Refusal:
            return

    def _begin(self, username: str) -> Mapping[str, Any]:
        return self._ask(
            lambda: self._client.admin_initiate_auth(
                **self._pool,
                ClientId=self._client_id,
                AuthFlow="CUSTOM_AUTH",
                AuthParameters={_USERNAME: username},
            )
        )

    def _add(self, username: str) -> None:
        """A user with a password that nobody knows: without one it would have to choose one first."""
        try:
            self._ask(
                lambda: self._client.admin_create_user(
                    **self._pool, Username=username, TemporaryPassword=_draw_password(), MessageAction="SUPPRESS"
                ),
                refused=_EXISTS,
            )
        except _Refusal:
            logger.info("user of the pool exists")
        self._set_password(username)

    def _set_password(self, username: str) -> None:
        password = _draw_password()
        self._ask(
            lambda: self._client.admin_set_user_password(
                **self._pool, Username=username, Password=password, Permanent=True
            )
        )

    def _ask(self, call: Callable[[], Mapping[str, Any]], refused: frozenset[str] = _REFUSED) -> Mapping[str, Any]:
        try:
            return call()
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in refused:
                raise _Refusal from error
            logger.warning("user pool did not answer", reason=code)
            raise Retryable("the user pool does not answer", code="pool_unavailable") from error
        except BotoCoreError as error:
            logger.warning("user pool did not answer", reason=type(error).__name__)
            raise Retryable("the user pool does not answer", code="pool_unavailable") from error


def _draw_password() -> str:
    return f"Aa1{token_hex(32)}"


def _read_tokens(answer: Mapping[str, Any]) -> PoolTokens | None:
    """The pool's own answer over TLS: its claims need no verification."""
    given = answer.get("AuthenticationResult")
    if not given:
        return None
    payload = given["AccessToken"].split(".")[1]
    claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return PoolTokens(
        access_token=given["AccessToken"],
        refresh_token=given.get("RefreshToken"),
        expires_in=given["ExpiresIn"],
        username=claims["username"],
        login=claims["origin_jti"],
    )
