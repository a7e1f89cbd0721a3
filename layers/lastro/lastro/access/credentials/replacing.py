"""A partner exchanges its own API keys: another takes the place of one, which holds until a chosen end.

Who is bound to stores, a panel or reading sees and exchanges its own key alone, every other key all of its partner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.access.credentials.views import ApiKeyList, NewApiKey, show_key
from lastro.access.errors import KEY_BUSY, KEY_ENDED, KEY_IN_USE, KEY_NOT_FOUND, KEY_REPLACED
from lastro.access.model import KEY_BYTES, ApiKey, digest_key, spell_key
from lastro.access.requests import ReplaceApiKey, RevokeApiKey
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller, Role
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.access.store import AccessStore


def is_bound(caller: Caller) -> bool:
    """Whether a credential is held to less than all of its partner."""
    return caller.bound or caller.panel is not None or caller.role is not Role.MEMBER


@dataclass(frozen=True)
class ApiKeys:
    """Keys of a partner. ``new_id`` gives random UUIDs and ``randomness`` so many random bytes."""

    register: AccessStore
    clock: Clock
    new_id: Callable[[], UUID]
    randomness: Callable[[int], bytes]

    def list_keys(self, caller: Caller) -> ApiKeyList:
        """The keys that the caller sees, those that ended too."""
        return ApiKeyList(api_keys=[show_key(key, caller) for key in self._seen(caller)])

    def replace(self, request: ReplaceApiKey, caller: Caller) -> NewApiKey:
        """A new key, bound as the one whose place it takes, which ends after the hours asked for.

        One conditional write decides between two at once. Raises ``NotFound`` and ``Conflict``: a key that ended, or
        that another takes the place of already; once that one is revoked it may be replaced again.
        """

        def replace_once() -> NewApiKey | None:
            seen = {key.id: key for key in self._seen(caller)}
            before = _one_of(seen, request.key_id)
            now = self.clock.now()
            if not before.opens(now):
                raise KEY_ENDED()
            successor = seen.get(before.replaced_by or "")
            if before.replaced_by and (successor is None or successor.revoked_at is None):
                raise KEY_REPLACED(successor=before.replaced_by)
            text = spell_key(self.randomness(KEY_BYTES))
            fresh = ApiKey(str(self.new_id()), before.partner_id, digest_key(text), now, binding=before.binding)
            end = now + timedelta(hours=request.overlap_hours)
            ends = replace(before, expires_at=end, replaced_by=fresh.id)
            if not self.register.replace_key(before, ends, fresh):
                return None
            return NewApiKey(key=text, api_key=show_key(fresh, caller), replaced=show_key(ends, caller))

        return until_committed(replace_once, KEY_BUSY)

    def revoke(self, request: RevokeApiKey, caller: Caller) -> None:
        """End a key at once; one that is revoked stays so. API Gateway may know it for a minute more.

        Raises ``NotFound``, and ``Conflict`` for the key of the call itself: nobody locks itself out.
        """
        key = _one_of({key.id: key for key in self._seen(caller)}, request.key_id)
        if key.id == caller.principal:
            raise KEY_IN_USE()
        if key.revoked_at is None:
            self.register.revoke_key(key, self.clock.now())

    def _seen(self, caller: Caller) -> list[ApiKey]:
        """Those that the caller sees. Of a bound one its own, and those that came of it, so that it can mend a loss."""
        found = self.register.find_keys(caller.partner_id)
        if not is_bound(caller):
            return found
        own = {caller.principal}
        for key in found:
            if key.id in own and key.replaced_by:
                own.add(key.replaced_by)
        return [key for key in found if key.id in own]


def _one_of(seen: dict[str, ApiKey], key_id: str) -> ApiKey:
    if key_id not in seen:
        raise KEY_NOT_FOUND()
    return seen[key_id]
