"""Logging in: a client's id and secret for a token of 24 hours."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime

from lastro.access.clients.model import FAILURE_WINDOW, MAX_FAILURES, NOBODY, is_secret_of
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
from lastro.kernel.callers.caller import Source
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.callers.sources import name_source
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput, TooManyRequests, Unauthorized

_MAX_CLIENT_ID = 10**12


@dataclass(frozen=True)
class ClientLogin:
    """Issues tokens over the clients, the signing key and the clock."""

    clients: ClientStore
    signer: SigningKey
    clock: Clock

    def issue(self, request: CreateToken, source: Source) -> TokenView:
        """A signed token with the scopes asked for.

        Wrong logins are slowed by where they come from, never by whose number they name: nobody can keep a client out.
        A client that does not exist is answered as a wrong secret is, after the same work.

        Raises ``InvalidInput`` for an incomplete request or an unknown scope, ``Unauthorized`` ``invalid_client``,
        ``Forbidden`` ``scope_not_granted`` and ``TooManyRequests`` ``too_many_failed_logins``.
        """
        client_id, secret = _credentials_of(request)
        scopes = _scopes_of(request)
        moment = self.clock.now()
        now = int(moment.timestamp())
        window = now - now % FAILURE_WINDOW
        place = name_source(source.address)
        client, failures = self.clients.find_login(client_id, place, window)
        if not is_secret_of(client, secret, moment) or client is None:
            raise self._refusal(place, failures, now)
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

    def _refusal(self, source: str, failures: int, now: int) -> Unauthorized | TooManyRequests:
        """Counts a wrong login. Beyond the limit nothing is written: no key gets hotter than the limit."""
        window = now - now % FAILURE_WINDOW
        if failures >= MAX_FAILURES:
            return _too_many(window, now)
        if self.clients.count_failure(source, window, window + 2 * FAILURE_WINDOW) > MAX_FAILURES:
            return _too_many(window, now)
        return Unauthorized(INVALID_CLIENT.say(), code=INVALID_CLIENT.code, challenge='Basic realm="lastro"')


def _credentials_of(request: CreateToken) -> tuple[int, str]:
    """Id and secret out of HTTP Basic, else out of the body, which may only repeat them (RFC 6749, 2.3)."""
    identity: str | None
    secret: str | None
    scheme, _, encoded = (request.authorization or "").strip().partition(" ")
    if scheme.lower() == "basic":
        if (read := _read_basic(encoded)) is None:
            return NOBODY, ""
        identity, secret = read
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
        return NOBODY, secret
    return int(identity), secret


def _read_basic(encoded: str) -> tuple[str, str] | None:
    """Id and secret; ``None`` for what cannot be read."""
    try:
        identity, colon, secret = b64decode(encoded.strip(), validate=True).decode().partition(":")
    except ValueError:
        return None
    return (identity.strip(), secret) if colon else None


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


def _too_many(window: int, now: int) -> TooManyRequests:
    wait = max(window + FAILURE_WINDOW - now, 1)
    return TooManyRequests(TOO_MANY_FAILED_LOGINS.say(), retry_after=wait, code=TOO_MANY_FAILED_LOGINS.code)
