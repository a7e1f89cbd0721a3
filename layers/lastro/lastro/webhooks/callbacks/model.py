"""A partner's callback: where its notices go and how our requests prove who we are (docs/sources.md, CaaS API).

Pure. The four documented models: a Bearer token, Basic, an ``x-auth-token`` header, and nothing but the address, whose
query may hold a token. Whatever is secret, the query included, is kept in a vault and never answered.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from lastro.kernel.dataclass import dataclass


class AuthenticationModel(StrEnum):
    """How a request to the callback authenticates."""

    BEARER = "BEARER"
    BASIC = "BASIC"
    HEADER = "X_AUTH_TOKEN"
    URL = "URL"


@dataclass(frozen=True)
class Callback:
    """What is kept in the table. ``base`` is the address without its query.

    ``secret_version`` is the version of the vault that goes with it, ``None`` in rows of before there were any.
    ``disabled_at`` and ``disabled_reason`` say since when and why nothing is sent any more.
    """

    partner_id: str
    base: str
    model: AuthenticationModel
    has_query: bool
    updated_at: datetime
    disabled_at: datetime | None = None
    disabled_reason: str | None = None
    secret_version: str | None = None

    @property
    def active(self) -> bool:
        """Whether notices are sent there."""
        return self.disabled_at is None


@dataclass(frozen=True)
class Rotation:
    """An exchange of a signing secret, going on until ``lease_until`` (``None``: done)."""

    version: int
    lease_until: datetime | None = None


SECRET_FIELDS: Mapping[AuthenticationModel, tuple[str, ...]] = {
    AuthenticationModel.BEARER: ("token",),
    AuthenticationModel.BASIC: ("user", "password"),
    AuthenticationModel.HEADER: ("token",),
    AuthenticationModel.URL: (),
}
"""What each model needs from the partner."""


def secret_name(partner_id: str) -> str:
    """Where a partner's callback secrets lie in the vault."""
    return f"partners/{partner_id}/callback"


def signing_name(partner_id: str) -> str:
    """Where a partner's signing secrets lie in the vault."""
    return f"partners/{partner_id}/webhook_signing"


def callback_secret(base: str, model: AuthenticationModel, query: str, fields: Mapping[str, str]) -> dict[str, str]:
    """What goes into the vault. Address and model go with the secret, so that one is never sent to another's place."""
    return {"base": base, "model": model.value, "query": query, **fields}


def callback_request(secret: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The whole address and the headers that authenticate, out of what :func:`callback_secret` kept."""
    query = secret["query"]
    url = f"{secret['base']}?{query}" if query else secret["base"]
    match AuthenticationModel(secret["model"]):
        case AuthenticationModel.BEARER:
            return url, {"authorization": f"Bearer {secret['token']}"}
        case AuthenticationModel.BASIC:
            pair = f"{secret['user']}:{secret['password']}".encode()
            return url, {"authorization": f"Basic {base64.b64encode(pair).decode()}"}
        case AuthenticationModel.HEADER:
            return url, {"x-auth-token": secret["token"]}
        case AuthenticationModel.URL:
            return url, {}
