"""The requests that a partner made, as its log keeps them for ninety days. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

from lastro.kernel.callers.caller import Caller, Role
from lastro.kernel.dataclass import dataclass

KEPT = timedelta(days=90)
LONGEST_PERIOD = timedelta(days=7)
"""Most that one page looks through; who wants more asks for the weeks before."""
DEFAULT_PERIOD = timedelta(days=1)
SHARDS = 4
"""Lists of one partner and day, so that none takes all of its requests."""


@dataclass(frozen=True)
class Call:
    """One request. ``at`` is UTC, ISO 8601; ``key`` a masked Idempotency-Key and ``key_digest`` its name.

    ``store_id`` is the one that was named, ``principal`` the API key or client that was used, ``code`` the error's.
    """

    id: str
    partner_id: str
    at: str
    method: str
    resource: str
    status: int
    operation: str
    principal: str
    duration_ms: int
    code: str | None = None
    store_id: int | None = None
    key: str | None = None
    key_digest: str | None = None

    @property
    def place(self) -> str:
        """Where it stands in its list: by time, then by what lists are narrowed by, so that no row need be read."""
        return f"{self.at}#{self.id}#{self.status}#{name_principal(self.principal)}#{self.key_digest or '-'}"


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed by; ``None``: by nothing."""

    status: int | None = None
    principal: str | None = None
    key_digest: str | None = None

    def takes(self, place: str) -> bool:
        """Whether the request at a place of the list is wanted."""
        _, _, status, principal, key_digest = place.split("#")
        return (
            self.status in (None, int(status))
            and self.principal in (None, principal)
            and self.key_digest in (None, key_digest)
        )


def name_principal(principal: str) -> str:
    """A short name of a credential."""
    return sha256(principal.encode()).hexdigest()[:12]


def shard_of(request_id: str) -> int:
    return int(sha256(request_id.encode()).hexdigest()[:4], 16) % SHARDS


def own_alone(caller: Caller) -> bool:
    """Whether a credential sees its own requests alone: one that is bound to stores, a panel or reading, and a
    client's token.
    """
    return caller.bound or caller.panel is not None or caller.role is not Role.MEMBER or caller.principal.isdigit()


def read_line(line: Mapping[str, Any]) -> Call:
    """The request that a line of the log tells of. Raises ``KeyError`` for a line that lacks something."""
    return Call(
        id=str(line["request_id"]),
        partner_id=str(line["partner_id"]),
        at=str(line["at"]),
        method=str(line["method"]),
        resource=str(line["resource"]),
        status=int(line["status"]),
        operation=str(line["operation"]),
        principal=str(line["principal"]),
        duration_ms=round(line["duration_ms"]),
        code=line.get("code"),
        store_id=line.get("store_id"),
        key=line.get("key"),
        key_digest=line.get("key_digest"),
    )
