"""Reading proposals: one, its attempts and acts, and the store's list a page at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lastro.financing.attempts.rendering import render_attempt
from lastro.financing.documents.views import DocumentList, show_document
from lastro.financing.errors import ATTEMPT_NOT_FOUND, WRONG_CURSOR
from lastro.financing.proposals.rendering import render_in_list, render_proposal, spell
from lastro.financing.proposals.requests import FindAttempt, FindProposal, ListProposals
from lastro.financing.records.views import ActivityList, show_activity
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import place_behind, spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from lastro.financing.records.store import ProposalStore

MOST_ACTIVITIES = 1_000
"""Acts on a proposal that its log shows, the last ones."""
_PLACE = re.compile(r"[0-9TZ:.-]{20,30}#[0-9]{12}(#(broker|agency))?")


@dataclass(frozen=True)
class ProposalReading:
    """Reads proposals of the caller's store."""

    store: ProposalStore

    def find(self, request: FindProposal, caller: Caller) -> str:
        """One of the store's. Raises ``NotFound``."""
        found = self.store.find_own(request.proposal_id, caller)
        return spell({"proposal": render_proposal(found, self.store.find_store_name(found.store_id))})

    def list_page(self, request: ListProposals, caller: Caller) -> str:
        """A page of the store's, newest first: what a filter leaves out, it lacks. Raises ``InvalidInput``."""
        store_id = caller.store_id
        try:
            before = place_behind(request.cursor, _PLACE, "financing_proposals") if request.cursor else ""
        except ValueError as error:
            raise InvalidInput([WRONG_CURSOR.at("cursor")]) from error
        found, last = self.store.list_page(store_id, before, request.per_page, caller.selling_panel)
        store_name = self.store.find_store_name(store_id) if found else None
        wanted = [
            each
            for each in found
            if request.customer_id in (None, each.customer_id) and request.state in (None, each.state)
        ]
        shown = [render_in_list(each, store_name) for each in wanted]
        return spell({"proposals": shown, "next_cursor": spell_cursor(last, "financing_proposals") if last else None})

    def list_attempts(self, request: FindProposal, caller: Caller) -> str:
        """Every attempt of one of the store's. Raises ``NotFound``."""
        found = self.store.find_own(request.proposal_id, caller)
        return spell({"proposal_attempts": [render_attempt(each) for each in found.standings]})

    def find_attempt(self, request: FindAttempt, caller: Caller) -> str:
        """One attempt. Raises ``NotFound``."""
        standing = self.store.find_own(request.proposal_id, caller).find_standing(request.attempt_id)
        if standing is None:
            raise ATTEMPT_NOT_FOUND()
        return spell({"proposal_attempt": render_attempt(standing)})

    def list_documents(self, request: FindProposal, caller: Caller) -> DocumentList:
        """The documents of one that the caller sees, and what its banks wait for. Raises ``NotFound``."""
        found = self.store.find_own(request.proposal_id, caller)
        wanted = dict.fromkeys(kind for each in found.attempts if not each.is_ended for kind in each.pending)
        return DocumentList(
            documents=[show_document(found, each) for each in found.documents], pending_documents=list(wanted)
        )

    def list_activities(self, request: FindProposal, caller: Caller) -> ActivityList:
        """What was done to one of the store's. Raises ``NotFound``."""
        found = self.store.find_own(request.proposal_id, caller)
        acts = self.store.list_activities(caller.partner_id, found.id, MOST_ACTIVITIES)
        return ActivityList(activities=[show_activity(each) for each in acts])
