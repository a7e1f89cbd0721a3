"""A partner exchanges the secrets of its clients: the one before enters until a chosen end.

A token sees and exchanges its own client alone, an API key without bounds every client of its partner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from lastro.access.clients.model import SECRET_BYTES, Client, spell_secret
from lastro.access.credentials.replacing import is_bound
from lastro.access.credentials.views import ClientList, NewClientSecret, show_client
from lastro.access.errors import CLIENT_BUSY, CLIENT_ENDED, CLIENT_NOT_FOUND, SECRET_ALONE, SECRET_OVERLAPS
from lastro.access.model import digest_key
from lastro.access.requests import EndClientSecret, ReplaceClientSecret
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.access.clients.store import ClientStore


@dataclass(frozen=True)
class ClientSecrets:
    """Secrets of a partner's clients. ``randomness`` gives so many random bytes."""

    clients: ClientStore
    clock: Clock
    randomness: Callable[[int], bytes]

    def list_clients(self, caller: Caller) -> ClientList:
        """The clients that the caller sees."""
        return ClientList(clients=[show_client(client, self.clock.now()) for client in self._seen(caller)])

    def replace(self, request: ReplaceClientSecret, caller: Caller) -> NewClientSecret:
        """A new secret; the one before enters for the hours asked for. Tokens in use stay as they are.

        One conditional write decides between two at once. Raises ``NotFound``, and ``Conflict`` for a client that is
        revoked and while the secret before this one still enters: none is cut short.
        """

        def replace_once() -> NewClientSecret | None:
            before = self._find(request.client_id, caller)
            now = self.clock.now()
            if before.overlaps(now):
                raise SECRET_OVERLAPS(until=format_moment(before.previous_until))
            text = spell_secret(self.randomness(SECRET_BYTES))
            after = replace(
                before,
                digest=digest_key(text),
                secret_at=now,
                previous_digest=before.digest,
                previous_until=now + timedelta(hours=request.overlap_hours),
            )
            if not self.clients.replace_secret(before, after):
                return None
            return NewClientSecret(client_secret=text, client=show_client(after, now))

        return until_committed(replace_once, CLIENT_BUSY)

    def end(self, request: EndClientSecret, caller: Caller) -> None:
        """Let one of two secrets enter no more: the one before, or the present one, whose place that one takes again.

        Raises ``NotFound`` and ``Conflict``, also while no other secret enters.
        """

        def end_once() -> bool | None:
            before = self._find(request.client_id, caller)
            if before.previous_digest is None or not before.overlaps(self.clock.now()):
                raise SECRET_ALONE()
            after = replace(before, previous_digest=None, previous_until=None)
            if request.which == "current":
                after = replace(after, digest=before.previous_digest)
            return self.clients.replace_secret(before, after) or None

        until_committed(end_once, CLIENT_BUSY)

    def _seen(self, caller: Caller) -> list[Client]:
        found = self.clients.find_clients(caller.partner_id)
        # Keys are named by UUIDs, clients by numbers.
        if caller.principal.isdigit():
            return [client for client in found if str(client.id) == caller.principal]
        return [] if is_bound(caller) else found

    def _find(self, client_id: int, caller: Caller) -> Client:
        client = next((client for client in self._seen(caller) if client.id == client_id), None)
        if client is None:
            raise CLIENT_NOT_FOUND()
        if client.revoked_at is not None:
            raise CLIENT_ENDED()
        return client
