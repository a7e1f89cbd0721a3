"""What somebody whom acts are kept under may do today: an API key, a client, or a person of the panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Binding
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.access.clients.store import ClientStore
    from lastro.access.staff.store import StaffStore
    from lastro.access.store import AccessStore


@dataclass(frozen=True)
class Principals:
    """Those of every partner, by the name that ``Caller.principal`` has them under."""

    directory: AccessStore
    clients: ClientStore
    people: StaffStore
    clock: Clock

    def find_binding(self, partner_id: str, principal: str) -> Binding | None:
        """What a partner's principal is bound to; ``None`` for one that opens nothing any more."""
        if principal.isdigit():
            client = self.clients.find_client(int(principal))
            opens = client is not None and client.partner_id == partner_id and client.revoked_at is None
            return client.binding if client and opens else None
        member = self.people.find(partner_id, principal)
        if member is not None:
            return member.binding if member.disabled_at is None else None
        key = self.directory.find_key_of(partner_id, principal)
        return key.binding if key and key.opens(self.clock.now()) else None
