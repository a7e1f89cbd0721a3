"""Logging in: a client's id and secret for a token of 24 hours."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, datetime

from lastro.access.clients.model import FAILURE_WINDOW, MAX_FAILURES
from lastro.access.clients.store import ClientStore
from lastro.access.clients.tokens import LIFETIME, Claims, spell_message, spell_token
from lastro.access.errors import (
    CLIENT_MISSING,
    DIFFERS_FROM_HEADER,
    INVALID_CLIENT,
    SCOPE_NOT_GRANTED,
    SCOPES_MISSING,
    SCOPES_TWICE,
    TOO_MANY_FAILED_LOGINS,
    UNKNOWN_SCOPE,
)
from lastro.access.requests import CreateToken
from lastro.access.views import TokenView
from lastro.aws.signatures import SigningKey
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.errors import InvalidInput, TooManyRequests, Unauthorized
from lastro.kernel.scopes import Scope

_MAX_CLIENT_ID = 10**12


@dataclass(frozen=True, slots=True)
class ClientLogin:
    """Issues tokens over the clients, the signing key and the clock."""

    clients: ClientStore
    signer: SigningKey
    clock: Clock

    def issue(self, request: CreateToken) -> TokenView:
        """A signed token with the scopes asked for.

        Raises ``InvalidInput`` for an incomplete request or an unknown scope, ``Unauthorized`` ``invalid_client``,
        ``Forbidden`` ``scope_not_granted`` and ``TooManyRequests`` ``too_many_failed_logins``.
        """
        client_id, secret = _credentials_of(request)
        scopes = _scopes_of(request)
        now = int(self.clock.now().timestamp())
        window = now - now % FAILURE_WINDOW
        client, failures = self.clients.find_login(client_id, window)
        if failures >= MAX_FAILURES:
            raise _too_many(window, now)
        if client is None or client.revoked_at is not None or not client.knows(secret):
            if self.clients.count_failure(client_id, window, window + 2 * FAILURE_WINDOW) > MAX_FAILURES:
                raise _too_many(window, now)
            raise _invalid_client()
        refused = [scope for scope in scopes if scope not in client.scopes]
        if refused:
            raise SCOPE_NOT_GRANTED(scopes=", ".join(refused))
        claims = Claims(client.id, client.tag_name, tuple(scopes), now, now + LIFETIME)
        message = spell_message(claims, self.signer.key_id)
        return TokenView(
            access_token=spell_token(message, self.signer.sign(message)),
            expire_at=format_moment(datetime.fromtimestamp(claims.expires_at, UTC)),
            expires_in=LIFETIME,
            scope=" ".join(scopes),
        )


def _credentials_of(request: CreateToken) -> tuple[int, str]:
    """Id and secret out of HTTP Basic, else out of the body, which may only repeat them (RFC 6749, 2.3)."""
    identity: str | None
    secret: str | None
    scheme, _, encoded = (request.authorization or "").strip().partition(" ")
    if scheme.lower() == "basic":
        identity, secret = _read_basic(encoded)
        told = {"client_id": (request.client_id, identity), "client_secret": (request.client_secret, secret)}
        different = [name for name, (sent, used) in told.items() if sent not in (None, used)]
        if different:
            raise InvalidInput([DIFFERS_FROM_HEADER.at(name) for name in different])
    else:
        identity, secret = request.client_id, request.client_secret
        missing = [name for name, value in (("client_id", identity), ("client_secret", secret)) if value is None]
        if missing:
            raise InvalidInput([CLIENT_MISSING.at(name) for name in missing])
    identity, secret = identity or "", secret or ""
    if not (identity.isascii() and identity.isdigit() and int(identity[:15]) < _MAX_CLIENT_ID):
        raise _invalid_client()
    return int(identity), secret


def _read_basic(encoded: str) -> tuple[str, str]:
    try:
        identity, colon, secret = b64decode(encoded.strip(), validate=True).decode().partition(":")
    except ValueError as error:
        raise _invalid_client() from error
    if not colon:
        raise _invalid_client()
    return identity.strip(), secret


def _scopes_of(request: CreateToken) -> list[Scope]:
    if request.scopes and request.scope and set(request.scopes) != set(request.scope):
        raise InvalidInput([SCOPES_TWICE.at("scope")])
    asked = dict.fromkeys(request.scopes or request.scope or ())
    if not asked:
        raise InvalidInput([SCOPES_MISSING.at("scopes", scopes=", ".join(Scope))])
    known = {scope.value for scope in Scope}
    unknown = [word for word in asked if word not in known]
    if unknown:
        raise InvalidInput([UNKNOWN_SCOPE.at("scopes", scopes=", ".join(Scope))])
    return [scope for scope in Scope if scope in asked]


def _invalid_client() -> Unauthorized:
    return Unauthorized(INVALID_CLIENT.say(), code=INVALID_CLIENT.code, challenge='Basic realm="lastro"')


def _too_many(window: int, now: int) -> TooManyRequests:
    wait = max(window + FAILURE_WINDOW - now, 1)
    return TooManyRequests(TOO_MANY_FAILED_LOGINS.say(), retry_after=wait, code=TOO_MANY_FAILED_LOGINS.code)
