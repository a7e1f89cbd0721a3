"""User pools whose tokens are accepted. Pure."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from lastro.access.errors import FOREIGN_TOKEN, INVALID_SIGNATURE
from lastro.access.pools.signatures import PublicKey
from lastro.access.pools.tokens import PoolClaims, read_pool_token
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import TOKEN_EXPIRED


class Users(StrEnum):
    """Who logs in through a pool."""

    PEOPLE = "people"
    STAFF = "staff"


@dataclass(frozen=True)
class Pool:
    """A user pool by the issuer of its tokens; ``client_id`` is the one application that they are for.

    ``find_key`` gives a key that the pool publishes by its id, and raises ``Retryable`` when the pool cannot be asked.
    """

    users: Users
    issuer: str
    client_id: str
    find_key: Callable[[str], PublicKey | None]

    def verify(self, text: str, now: float) -> PoolClaims:
        """The claims of an access token of this pool.

        Raises ``Unauthorized`` for another issuer, application, kind, key or signature, and for one that ran out.
        """
        token = read_pool_token(text)
        if token.claims.issuer != self.issuer or token.claims.client_id != self.client_id:
            raise FOREIGN_TOKEN()
        if token.claims.expires_at <= now:
            raise TOKEN_EXPIRED()
        key = self.find_key(token.key_id)
        if key is None:
            raise FOREIGN_TOKEN()
        if not key.signed(token.message, token.signature):
            raise INVALID_SIGNATURE()
        return token.claims
