"""Who is calling. Kept apart because the authorizer stands in the way of every call and must start quickly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.access.clients.store import ClientStore
from lastro.access.clients.tokens import looks_like_token, read_token
from lastro.access.errors import (
    FOREIGN_TOKEN,
    HOLDER_GONE,
    INVALID_SIGNATURE,
    INVALID_TOKEN,
    INVALID_TOKEN_CLIENT,
    STAFF_GONE,
    UNKNOWN_KEY,
)
from lastro.access.model import digest_key, looks_like_key
from lastro.access.pools.model import Pool, Users
from lastro.access.pools.tokens import PoolClaims, issuer_of
from lastro.access.staff.store import StaffStore
from lastro.access.store import AccessStore
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Admission, Binding, Caller
from lastro.kernel.callers.people import read_person
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import TOKEN_EXPIRED

if TYPE_CHECKING:
    from lastro.aws.signatures import SigningKey


@dataclass(frozen=True)
class Identity:
    """Tells whose an API key, a token of ``/client/auth`` or one of a user pool is."""

    directory: AccessStore
    clients: ClientStore
    verifiers: Sequence[SigningKey]
    clock: Clock
    pools: Sequence[Pool] = ()
    staff: StaffStore | None = None

    def identify(self, credential: str) -> Admission:
        """Who holds this credential and what it opens: two reads for a key, two and a verification for a token of a
        client, one and a verification for that of a pool.

        Raises ``Unauthorized`` for a credential unknown, revoked, misshapen or run out.
        """
        if not looks_like_token(credential):
            return self._admit_key(credential)
        issuer = issuer_of(credential)
        pool = next((pool for pool in self.pools if pool.issuer == issuer), None)
        if pool is None:
            return self._admit_client(credential)
        match pool.users:
            case Users.PEOPLE:
                return self._admit_person(pool, credential)
            case Users.STAFF:
                return self._admit_member(pool, credential)

    def _admit_key(self, text: str) -> Admission:
        key = self.directory.find_key(digest_key(text)) if looks_like_key(text) else None
        if key is None or not key.opens(self.clock.now()):
            raise UNKNOWN_KEY()
        until = int(key.expires_at.timestamp()) if key.expires_at else None
        return Admission(self._caller(key.partner_id, key.id, key.binding), until=until)

    def _admit_client(self, text: str) -> Admission:
        token = read_token(text)
        claims = token.claims
        verifier = next((key for key in self.verifiers if key.key_id == token.key_id), None)
        if verifier is None:
            raise FOREIGN_TOKEN()
        if claims.expires_at <= self.clock.now().timestamp():
            raise TOKEN_EXPIRED()
        client = self.clients.find_client(claims.client_id)
        if client is None or client.revoked_at is not None or client.tag_name != claims.tag_name:
            raise INVALID_TOKEN_CLIENT()
        if not verifier.verify(token.message, token.signature):
            raise INVALID_SIGNATURE()
        scopes = tuple(scope for scope in client.scopes if scope.value in claims.scopes)
        caller = replace(
            self._caller(client.partner_id, str(client.id), client.binding), status_spelling=client.status_spelling
        )
        return Admission(caller, scopes, claims.expires_at)

    def _admit_person(self, pool: Pool, text: str) -> Admission:
        """A person of the customers' portal. Whether its access or its login has ended, the calls of people ask
        themselves, each time: what is said here may be kept for a minute.
        """
        claims = pool.verify(text, self.clock.now().timestamp())
        partner_id, person_id = _read_name(claims)
        standing = self.directory.find_standing(partner_id)
        if standing is None:
            raise HOLDER_GONE()
        caller = Caller(
            partner_id, (), principal=person_id, limits=standing.limits, person=person_id, login=claims.login
        )
        return Admission(caller, (), claims.expires_at)

    def _admit_member(self, pool: Pool, text: str) -> Admission:
        """A person who works with the panel: the table says what it may do, and the pool's groups must agree."""
        claims = pool.verify(text, self.clock.now().timestamp())
        partner_id, person_id = _read_name(claims)
        member = self.staff.find(partner_id, person_id) if self.staff is not None else None
        if member is None or member.disabled_at is not None or claims.groups != (member.job.value,):
            raise STAFF_GONE()
        caller = replace(
            self._caller(partner_id, member.id, member.binding),
            job=member.job,
            login=claims.login,
            acts_as=member.email,
        )
        return Admission(caller, until=claims.expires_at)

    def _caller(self, partner_id: str, principal: str, binding: Binding) -> Caller:
        standing = self.directory.find_standing(partner_id)
        if standing is None:
            raise HOLDER_GONE()
        store_ids = standing.store_ids
        bound = binding.store_ids is not None
        if binding.store_ids is not None:
            store_ids = tuple(store_id for store_id in store_ids if store_id in binding.store_ids)
        return Caller(
            partner_id,
            store_ids,
            principal=principal,
            bound=bound,
            panel=binding.panel,
            role=binding.role,
            limits=standing.limits,
        )


def _read_name(claims: PoolClaims) -> tuple[str, str]:
    """Partner and person that a pool's user is called by. Raises ``Unauthorized`` for any other name."""
    named = read_person(claims.username)
    if named is None:
        raise INVALID_TOKEN()
    return named
