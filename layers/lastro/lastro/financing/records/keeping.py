"""Writing a proposal: every change with its act, what is told of it, and the message that has it worked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.financing.attempts.states import State
from lastro.financing.bank_work.messages import ProposalQueued, owed
from lastro.financing.errors import PROPOSAL_BUSY
from lastro.financing.proposals.model import Proposal
from lastro.financing.proposals.rendering import render_proposal
from lastro.financing.records.activities import Activity, Happening, Occasion, happenings, note
from lastro.financing.records.offers import Taking
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Retryable
from lastro.kernel.keyed_request import Answered
from lastro.kernel.observing import figures
from lastro.webhooks.service import Notice, Notices, make_notice, queue_notices

if TYPE_CHECKING:
    from lastro.financing.bank_work.dispatch import ProposalDispatch
    from lastro.financing.records.store import ProposalStore


def who_is(caller: Caller) -> str:
    """Under what name an act of a caller is kept: its credential, which names no secret."""
    return caller.principal or caller.partner_id


@dataclass(frozen=True)
class ProposalKeeping:
    """Proposals with everything that a change of one brings."""

    store: ProposalStore
    dispatch: ProposalDispatch
    notices: Notices
    clock: Clock

    def find(self, proposal_id: int, caller: Caller) -> Proposal:
        """One of the caller's store. Raises ``NotFound``."""
        return self.store.find_own(proposal_id, caller)

    def store_name(self, store_id: int) -> str | None:
        return self.store.find_store_name(store_id)

    def change(
        self,
        proposal_id: int,
        caller: Caller,
        action: str,
        change: Callable[[Proposal], Proposal],
        *,
        attempt_id: int | None = None,
    ) -> Proposal:
        """The proposal after a change of the caller's; what changes nothing is no act.

        Raises what ``change`` raises, ``NotFound`` and ``Conflict``.
        """

        def change_once() -> Proposal | None:
            before = self.find(proposal_id, caller)
            after = change(before)
            if after == before:
                return before
            return self.keep(before, after, action, who_is(caller), attempt_id=attempt_id)

        return until_committed(change_once, PROPOSAL_BUSY)

    def keep(
        self,
        before: Proposal,
        after: Proposal,
        action: str,
        principal: str,
        *,
        attempt_id: int | None = None,
        comment: str | None = None,
        takings: Sequence[Taking] = (),
        answered: Callable[[Activity], Answered | None] | None = None,
    ) -> Proposal | None:
        """Keep the next version with its act, and tell it; ``None`` when somebody else wrote first."""
        now = self.clock.now()
        after = replace(after, version=before.version + 1, updated_at=now)
        after, act = note(after, action, principal, now, attempt_id=attempt_id, comment=comment)
        acts = [act]
        told = list(happenings(before, after))
        for each in told:
            after, act = note(after, f"attempt.{each.state.value}", principal, now, attempt_id=each.attempt_id)
            acts.append(act)
        notices = self._compose(after, told, now)
        if not self.store.replace(after, acts, notices, takings, answered(acts[0]) if answered else None):
            return None
        stood = {each.id: each.state for each in before.standings}
        for each in told:
            if each.state is not stood.get(each.attempt_id):
                figures.note("AttemptsMoved", 1, status=each.state.value)
        self.announce(after, notices)
        return after

    def put_new(
        self,
        proposal: Proposal,
        principal: str,
        takings: Sequence[Taking],
        answered: Callable[[Proposal], Answered | None],
    ) -> Proposal | None:
        """Keep a new proposal, tell it and have its attempts sent; ``None`` when the same request was first, or another
        took an offer meanwhile."""
        proposal, act = note(proposal, Occasion.CREATED.value, principal, proposal.created_at)
        created = Happening(Occasion.CREATED, proposal.first_attempt_id, State.CHECKING)
        notices = self._compose(proposal, [created], proposal.created_at)
        if not self.store.put_new(proposal, act, notices, takings, answered(proposal)):
            return None
        figures.note("AttemptsMoved", 1, status=created.state.value)
        self.announce(proposal, notices)
        return proposal

    def keep_quietly(self, after: Proposal) -> Proposal | None:
        """Keep the next version without an act: nobody did anything that is told."""
        after = replace(after, version=after.version + 1)
        return after if self.store.replace(after) else None

    def announce(self, proposal: Proposal, notices: Sequence[Notice]) -> None:
        """Queue what is owed and told; what cannot be queued now, the sweeps bring."""
        messages: list[ProposalQueued] = list(owed(proposal))
        if messages:
            with suppress(Retryable):
                self.dispatch.send(proposal, messages)
        if notices:
            queue_notices(self.notices.queue, notices)

    def _compose(self, proposal: Proposal, told: Sequence[Happening], now: datetime) -> list[Notice]:
        """A notice for each happening, with the proposal as it is now, to its own ``webhook_url`` and to the partner's
        configured callback.
        """
        if not told:
            return []
        own = proposal.webhook_url
        addresses: list[str | None] = [] if own is None else [own]
        if self.notices.is_wanted_beside(proposal.partner_id, own):
            addresses.append(None)
        if not addresses:
            return []
        shown = render_proposal(proposal, self.store_name(proposal.store_id))
        return [
            make_notice(
                proposal.partner_id,
                each.occasion.value,
                f"proposal-{proposal.partner_id}-{proposal.id}",
                # A version is kept once, and with it what became of each attempt.
                f"{each.attempt_id}:{each.state.value}:{proposal.version}" + ("" if address else ":callback"),
                {"event": each.occasion.value, "proposal_attempt_id": each.attempt_id, "proposal": shown},
                now,
                address,
                store_id=proposal.store_id,
                panel=proposal.panel,
            )
            for each in told
            for address in addresses
        ]
