"""The user pool of people who work with the panel: logging in, renewing, ending, and what the operator does there.

Amazon Cognito, API reference: ``InitiateAuth``, ``RespondToAuthChallenge``, ``AssociateSoftwareToken``,
``VerifySoftwareToken``, ``RevokeToken`` and the calls of administrators.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

from botocore.exceptions import ClientError

from lastro.aws.clients import open_client
from lastro.kernel.dataclass import dataclass


class Asked(StrEnum):
    """What the pool asks after a right password, by its own names."""

    NEW_PASSWORD = "NEW_PASSWORD_REQUIRED"  # noqa: S105 - the pool's name for what it asks
    CODE = "SOFTWARE_TOKEN_MFA"
    ENROLMENT = "MFA_SETUP"


class Refused(StrEnum):
    """Why the pool let nobody in."""

    WRONG = "wrong"
    WRONG_CODE = "wrong_code"
    WEAK_PASSWORD = "weak_password"  # noqa: S105 - a reason
    BUSY = "busy"


class PoolRefusal(Exception):
    """The pool said no; ``why`` tells which no."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Tokens:
    """What a login, or its renewal, gave; a renewal keeps the refresh token."""

    access_token: str = field(repr=False)
    seconds: int
    refresh_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Challenge:
    """What the pool asks, and the session that an answer goes with. ``secret``: of an authenticator to be enrolled."""

    asked: Asked
    session: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)


_ANSWERS = {
    Asked.NEW_PASSWORD: "NEW_PASSWORD",
    Asked.CODE: "SOFTWARE_TOKEN_MFA_CODE",
}
_REASONS = {
    "NotAuthorizedException": Refused.WRONG,
    "UserNotFoundException": Refused.WRONG,
    "UserNotConfirmedException": Refused.WRONG,
    "PasswordResetRequiredException": Refused.WRONG,
    "UnauthorizedException": Refused.WRONG,
    "UnsupportedTokenTypeException": Refused.WRONG,
    "MFAMethodNotFoundException": Refused.WRONG,
    "SoftwareTokenMFANotFoundException": Refused.WRONG,
    "InvalidParameterException": Refused.WRONG,
    "CodeMismatchException": Refused.WRONG_CODE,
    "EnableSoftwareTokenMFAException": Refused.WRONG_CODE,
    "ExpiredCodeException": Refused.WRONG,
    "InvalidPasswordException": Refused.WEAK_PASSWORD,
    "PasswordHistoryPolicyViolationException": Refused.WEAK_PASSWORD,
    "TooManyRequestsException": Refused.BUSY,
    "TooManyFailedAttemptsException": Refused.BUSY,
    "LimitExceededException": Refused.BUSY,
    "ConcurrentModificationException": Refused.BUSY,
}


@dataclass(frozen=True)
class StaffPool:
    """A user pool and its one application. Every method raises ``PoolRefusal`` beside what AWS itself raises."""

    pool_id: str
    client_id: str

    # people ---------------------------------------------------------------------------------------------------------

    def log_in(self, username: str, password: str) -> Tokens | Challenge:
        """What a password opens, or what is asked beside it."""
        answer = _call(
            open_client("cognito-idp").initiate_auth,
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": password},
        )
        return self._outcome(answer)

    def answer(self, username: str, challenge: Challenge, text: str) -> Tokens | Challenge:
        """What an answer opens: a new password, or a code of the authenticator."""
        session = challenge.session
        told = {"USERNAME": username}
        if challenge.asked is Asked.ENROLMENT:
            done = _call(open_client("cognito-idp").verify_software_token, Session=session, UserCode=text)
            session = done.get("Session", session)
        else:
            told[_ANSWERS[challenge.asked]] = text
        answer = _call(
            open_client("cognito-idp").respond_to_auth_challenge,
            ClientId=self.client_id,
            ChallengeName=challenge.asked.value,
            Session=session,
            ChallengeResponses=told,
        )
        return self._outcome(answer)

    def renew(self, refresh_token: str) -> Tokens:
        """Another access token of the same login."""
        answer = _call(
            open_client("cognito-idp").initiate_auth,
            ClientId=self.client_id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": refresh_token},
        )
        return _tokens(answer["AuthenticationResult"])

    def end(self, refresh_token: str) -> None:
        """End a login: its refresh token renews nothing any more."""
        _call(open_client("cognito-idp").revoke_token, ClientId=self.client_id, Token=refresh_token)

    # the operator ---------------------------------------------------------------------------------------------------

    def create(self, username: str, group: str, password: str, *, lasting: bool) -> None:
        """Someone in a group, with a password that must be replaced at the first login unless it is ``lasting``."""
        client = open_client("cognito-idp")
        _call(
            client.admin_create_user,
            UserPoolId=self.pool_id,
            Username=username,
            TemporaryPassword=password,
            MessageAction="SUPPRESS",
        )
        if lasting:
            _call(
                client.admin_set_user_password,
                UserPoolId=self.pool_id,
                Username=username,
                Password=password,
                Permanent=True,
            )
        _call(client.admin_add_user_to_group, UserPoolId=self.pool_id, Username=username, GroupName=group)

    def disable(self, username: str) -> None:
        """Nobody logs in under this name any more, and no login is renewed."""
        client = open_client("cognito-idp")
        _call(client.admin_disable_user, UserPoolId=self.pool_id, Username=username)
        _call(client.admin_user_global_sign_out, UserPoolId=self.pool_id, Username=username)

    def _outcome(self, answer: Mapping[str, Any]) -> Tokens | Challenge:
        if "AuthenticationResult" in answer:
            return _tokens(answer["AuthenticationResult"])
        asked, session = Asked(answer["ChallengeName"]), answer["Session"]
        if asked is not Asked.ENROLMENT:
            return Challenge(asked, session)
        made = _call(open_client("cognito-idp").associate_software_token, Session=session)
        return Challenge(asked, made.get("Session", session), made["SecretCode"])


def _tokens(result: Mapping[str, Any]) -> Tokens:
    return Tokens(result["AccessToken"], int(result["ExpiresIn"]), result.get("RefreshToken"))


def _call(operation: Callable[..., Any], **fields: Any) -> Any:
    try:
        return operation(**fields)
    except ClientError as error:
        why = _REASONS.get(error.response["Error"]["Code"])
        if why is None:
            raise
        raise PoolRefusal(why) from error
