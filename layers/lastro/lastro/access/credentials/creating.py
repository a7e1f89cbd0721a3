"""A partner makes API keys and clients of its own, and ends its clients; keys are ended where they are exchanged.

Open to who is bound to nothing: what is made may do at most what the whole partner may. A lost answer makes no second
credential by itself: the list shows what was made, and that is ended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.access.clients.model import SECRET_BYTES, Client, spell_secret
from lastro.access.credentials.views import CreatedApiKey, CreatedClient, show_client, show_key
from lastro.access.errors import CLIENT_NOT_FOUND, NOT_OWN_STORE, TOO_MANY_CLIENTS, TOO_MANY_KEYS
from lastro.access.model import KEY_BYTES, ApiKey, digest_key, spell_key
from lastro.access.requests import CreateApiKey, CreateClient, RevokeClient
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Binding, Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from lastro.access.clients.store import ClientStore
    from lastro.access.store import AccessStore

MOST_STANDING = 100
"""Keys, and as many clients, that a partner may have at once. Those made at the same moment may pass it by a few."""


@dataclass(frozen=True)
class Credentials:
    """Making and ending. ``new_id`` gives random UUIDs and ``randomness`` so many random bytes."""

    register: AccessStore
    clients: ClientStore
    clock: Clock
    new_id: Callable[[], UUID]
    randomness: Callable[[int], bytes]

    def create_key(self, request: CreateApiKey, caller: Caller) -> CreatedApiKey:
        """A new key, its text shown this once.

        Raises ``InvalidInput`` for stores that are not the partner's, and ``Conflict`` with as many as it may have.
        """
        binding = self._bind(request, caller)
        now = self.clock.now()
        if sum(key.opens(now) for key in self.register.find_keys(caller.partner_id)) >= MOST_STANDING:
            raise TOO_MANY_KEYS(most=MOST_STANDING)
        text = spell_key(self.randomness(KEY_BYTES))
        key = ApiKey(str(self.new_id()), caller.partner_id, digest_key(text), now, binding=binding)
        self.register.put_key(key)
        return CreatedApiKey(key=text, api_key=show_key(key, caller))

    def create_client(self, request: CreateClient, caller: Caller) -> CreatedClient:
        """A new client of ``/client/auth``, its secret shown this once. Raises as ``create_key``."""
        binding = self._bind(request, caller)
        now = self.clock.now()
        standing = [each for each in self.clients.find_clients(caller.partner_id) if each.revoked_at is None]
        if len(standing) >= MOST_STANDING:
            raise TOO_MANY_CLIENTS(most=MOST_STANDING)
        secret = spell_secret(self.randomness(SECRET_BYTES))
        client = Client(
            id=self.clients.reserve_client_id(),
            partner_id=caller.partner_id,
            tag_name=str(self.new_id()),
            digest=digest_key(secret),
            scopes=tuple(dict.fromkeys(request.scopes)),
            created_at=now,
            binding=binding,
        )
        self.clients.put_client(client)
        return CreatedClient(client_secret=secret, client=show_client(client, now))

    def revoke_client(self, request: RevokeClient, caller: Caller) -> None:
        """End a client and its tokens; one that is revoked stays so. API Gateway may know it for a minute more.

        Raises ``NotFound``.
        """
        found = (each for each in self.clients.find_clients(caller.partner_id) if each.id == request.client_id)
        client = next(found, None)
        if client is None:
            raise CLIENT_NOT_FOUND()
        if client.revoked_at is None:
            self.clients.revoke_client(client, self.clock.now())

    def _bind(self, request: CreateApiKey, caller: Caller) -> Binding:
        stores = None if request.store_ids is None else tuple(dict.fromkeys(request.store_ids))
        self._check_stores(stores or (), caller)
        return Binding(stores, request.panel, request.role)

    def _check_stores(self, stores: Sequence[int], caller: Caller) -> None:
        standing = self.register.find_standing(caller.partner_id) if stores else None
        foreign = [each for each in stores if standing is None or each not in standing.store_ids]
        if foreign:
            raise InvalidInput([NOT_OWN_STORE.at("store_ids", store=each) for each in foreign])
