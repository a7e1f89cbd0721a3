"""The Workstation's reads: a partner's proposals, filtered and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import start_of_day
from lastro.kernel.callers.caller import Caller
from lastro.kernel.cursors import spell_cursor
from lastro.kernel.dataclass import dataclass
from lastro.origination.processes.changes import CreditFilter
from lastro.origination.processes.places import place_of
from lastro.origination.processes.reading import own_credit
from lastro.origination.processes.statuses import CreditStatus
from lastro.origination.workstation.cursors import PROPOSALS
from lastro.origination.workstation.requests import GetProposal, ListProposals
from lastro.origination.workstation.views import (
    ProposalDetails,
    ProposalPage,
    StatusTotals,
    show_details,
    show_listed,
)

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


@dataclass(frozen=True)
class Workstation:
    """Reads a partner's proposals from the store. None of it counts towards the limits of calls about a CPF."""

    store: OriginationStore

    def list_page(self, request: ListProposals, caller: Caller) -> ProposalPage:
        """A page of the caller's proposals, newest first; what it costs does not depend on how many there are."""
        wanted = CreditFilter(
            partner_id=caller.partner_id,
            status=request.status,
            product_id=request.product_id,
            cpf=request.cpf,
            store_id=caller.optional_store,
            from_moment=start_of_day(request.start) if request.start else None,
            to_moment=start_of_day(request.end + timedelta(days=1)) if request.end else None,
        )
        page = self.store.list_credits(wanted, after=request.cursor, limit=request.limit)
        return ProposalPage(
            proposals=[show_listed(credit) for credit in page.credits],
            next=spell_cursor(page.after, PROPOSALS) if page.after else None,
        )

    def show(self, request: GetProposal, caller: Caller) -> ProposalDetails:
        """One proposal with its status history. Raises ``NotFound`` ``unknown_proposal``."""
        return show_details(own_credit(self.store, request.customer_service_number, caller))

    def find_personal_fields(self, csn: str, caller: Caller) -> Mapping[str, Sequence[str]]:
        """What screens mask of a proposal, by field. Raises ``NotFound`` ``unknown_proposal``."""
        return {"cpf": [own_credit(self.store, csn, caller).credit.cpf]}

    def count(self, caller: Caller) -> StatusTotals:
        """How many of the caller's proposals are in each status."""
        counts = self.store.count_by_status(place_of(caller.partner_id, caller.optional_store))
        totals = {status.value: counts.get(status.value, 0) for status in CreditStatus}
        return StatusTotals(totals=totals, total=sum(totals.values()))
