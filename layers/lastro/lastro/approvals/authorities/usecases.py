"""Saying and reading who approves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.approvals.authorities.model import MOST_AUTHORITIES, Authority
from lastro.approvals.authorities.requests import PutAuthority
from lastro.approvals.authorities.views import AuthorityAnswer, AuthorityList, show_authority
from lastro.approvals.errors import AUTHORITY_BUSY, TOO_MANY_AUTHORITIES
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.approvals.authorities.store import AuthorityStore


@dataclass(frozen=True)
class Authorities:
    """A partner's authorities."""

    store: AuthorityStore
    clock: Clock

    def put(self, request: PutAuthority, caller: Caller) -> AuthorityAnswer:
        """Say all of a user's limits; the same again writes nothing.

        Raises ``BusinessRefusal`` for one more than there may be, ``Conflict`` while others change the same.
        """
        sent = request.authority

        def put_once() -> AuthorityAnswer | None:
            before = self.store.find(caller.partner_id, request.authority_name)
            now = self.clock.now()
            if before is None:
                turn = self.store.read_turn(caller.partner_id)
                if len(self.store.list(caller.partner_id)) >= MOST_AUTHORITIES:
                    raise TOO_MANY_AUTHORITIES(most=MOST_AUTHORITIES)
                after = Authority(request.authority_name, sent.rank, sent.to_limits(), now, sent.enabled)
                stored = self.store.add(caller.partner_id, after, turn)
            else:
                after = replace(before, rank=sent.rank, limits=sent.to_limits(), enabled=sent.enabled)
                if after == before:
                    return AuthorityAnswer(authority=show_authority(before))
                after = replace(after, version=before.version + 1, updated_at=now)
                stored = self.store.replace(caller.partner_id, after)
            return AuthorityAnswer(authority=show_authority(after)) if stored else None

        return until_committed(put_once, AUTHORITY_BUSY)

    def list(self, caller: Caller) -> AuthorityList:
        """All of the partner's."""
        return AuthorityList(authorities=[show_authority(one) for one in self.store.list(caller.partner_id)])
