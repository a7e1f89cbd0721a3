"""Logins of the portal's own page: what renews them lies in a cookie that no script reads.

Each partner's portal has a cookie of its own, so that logins to two of them stand side by side in one browser and the
page of one never goes on with a login of the other.
"""

from __future__ import annotations

from dataclasses import field

from lastro.customers.portal.errors import CODE_REFUSED, LOGIN_ENDED
from lastro.customers.portal.logins.confirming import Admitted, Confirming
from lastro.customers.portal.logins.requests import CreatePortalSession, RenewPortalSession
from lastro.customers.portal.logins.views import PageSessionView, show_page_session
from lastro.kernel.dataclass import dataclass

LONGEST_SECONDS = 12 * 3600
"""Of a login, as the pool has it (``infrastructure/pools.yaml``)."""

_COOKIE = "__Host-lastro-portal-"
"""Followed by the partner: no script reads it, no other site sends it, no other host sets it (RFC 6265bis §4.1.3.2)."""


@dataclass(frozen=True)
class PageSession:
    """An answer as JSON, and the cookie that goes with it."""

    body: str = field(repr=False)
    cookie: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What the answer carries beside the body."""
        return {"Set-Cookie": self.cookie}


@dataclass(frozen=True)
class PageSessions:
    """Logins by codes, for the page that a partner's people see."""

    confirming: Confirming

    def create(self, request: CreatePortalSession) -> PageSession:
        """A session for the code of a login at this partner's portal, once.

        Raises ``Unauthorized`` ``code_refused`` as ``Confirming.confirm`` does, ``Retryable``.
        """
        admitted = self.confirming.admit(request.login_id, request.code, request.portal)
        token = admitted.tokens.refresh_token
        if token is None:
            raise CODE_REFUSED()
        return PageSession(_show(admitted).model_dump_json(), _spell_cookie(request.portal, token))

    def renew(self, request: RenewPortalSession) -> PageSessionView:
        """An access token of the login whose cookie was sent.

        Raises ``Unauthorized`` ``login_ended`` for none, for one that ended and for another partner's, ``Retryable``.
        """
        token = _read_cookie(request.cookie, request.portal)
        if token is None:
            raise LOGIN_ENDED()
        admitted = self.confirming.go_on(token)
        if admitted.person.partner_id != request.portal:
            raise LOGIN_ENDED()
        return _show(admitted)


def _show(admitted: Admitted) -> PageSessionView:
    return show_page_session(admitted.tokens, registration_update_due=admitted.update_due)


def _read_cookie(header: str | None, partner_id: str) -> str | None:
    """The refresh token of a ``Cookie`` header; ``None`` for none, or for two of them."""
    pairs = [pair.strip().partition("=") for pair in (header or "").split(";")]
    found = [value for name, _, value in pairs if name == _COOKIE + partner_id and value]
    return found[0] if len(found) == 1 else None


def _spell_cookie(partner_id: str, token: str) -> str:
    attributes = f"Path=/; Max-Age={LONGEST_SECONDS}; Secure; HttpOnly; SameSite=Strict"
    return f"{_COOKIE}{partner_id}={token}; {attributes}"
