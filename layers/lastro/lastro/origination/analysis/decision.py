"""A person's decision on a proposal that the analysis flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.origination.analysis.following import with_process
from lastro.origination.analysis.requests import DecideProposal, Decision
from lastro.origination.errors import NOT_WAITING, OWN_PROPOSAL, PROPOSAL_BUSY
from lastro.origination.processes.changes import ABSENT, Change, Row, RowPut, StoredCredit
from lastro.origination.processes.model import StepName, move_credit
from lastro.origination.processes.reading import own_credit
from lastro.origination.processes.statuses import CreditEvent, CreditStatus
from lastro.origination.processes.steps import StepDispatch, owe
from lastro.origination.processes.views import ProposalView, show_proposal

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

ROW = "DECISION"
DENIED_MANUALLY = "denied_manually"


@dataclass(frozen=True)
class ManualDecision:
    """Approves or denies what waits for a person."""

    store: OriginationStore
    dispatch: StepDispatch
    clock: Clock

    def decide(self, request: DecideProposal, caller: Caller) -> ProposalView:
        """Decide with a justification; the same decision by the same person, in the same words, again answers the same.

        Whoever proposed may not decide. Raises ``NotFound``, ``Forbidden`` ``same_principal``, and ``Conflict``:
        ``wrong_state`` when the proposal does not wait for a decision, ``changed_meanwhile``.
        """

        def decide_once() -> ProposalView | None:
            stored = own_credit(self.store, request.customer_service_number, caller)
            who = caller.principal or caller.partner_id
            if who == _proposer(stored):
                raise OWN_PROPOSAL()
            decided = stored.rows.get(ROW)
            asked = (who, request.decision.value, request.justification)
            if decided and (decided["who"], decided["decision"], decided["justification"]) == asked:
                return show_proposal(stored.credit)
            if stored.credit.status is not CreditStatus.MANUAL_ANALYSIS:
                raise NOT_WAITING(status=stored.credit.status)
            return self._commit(stored, request, who)

        return until_committed(decide_once, PROPOSAL_BUSY)

    def _commit(self, stored: StoredCredit, request: DecideProposal, who: str) -> ProposalView | None:
        now = self.clock.now()
        approves = request.decision is Decision.APPROVE
        moved, entry = move_credit(
            stored.credit,
            CreditEvent.APPROVED if approves else CreditEvent.DENIED,
            now,
            who,
            request.justification,
            reasons=() if approves else (DENIED_MANUALLY,),
        )
        fields = {
            "decision": request.decision.value,
            "justification": request.justification,
            "who": who,
            "decided_at": format_moment(now),
        }
        change = with_process(
            self.store,
            moved,
            Change(
                credits=[(moved, entry)],
                rows=[RowPut(moved.owner, Row(ROW, fields), ABSENT)],
                steps=[owe(moved, StepName.GENERATE_CONTRACT, now)] if approves else [],
            ),
            now,
            who,
        )
        if change is None or not self.store.commit(change):
            return None
        self.dispatch.send(change.steps)
        return show_proposal(moved)


def _proposer(stored: StoredCredit) -> str:
    return stored.history[0].who
