"""What people do with a proposal: changing it, taking it over, giving it back, noting something, dropping it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lastro.financing.attempts.model import Attempt
from lastro.financing.attempts.rendering import render_attempt
from lastro.financing.attempts.states import State
from lastro.financing.bank_work.due import is_in_doubt
from lastro.financing.errors import (
    ATTEMPT_ENDED,
    ATTEMPT_NOT_FOUND,
    FIXED,
    OWNED_BY_OTHER,
    PROPOSAL_BUSY,
    PROPOSAL_ENDED,
    READ_ONLY,
    UNKNOWN_SELLER,
)
from lastro.financing.proposals.creating import NameSeller, check_vehicle, said_of_vehicle
from lastro.financing.proposals.model import Proposal, put_attempt
from lastro.financing.proposals.rendering import render_proposal, spell
from lastro.financing.proposals.requests import (
    CancelAttempt,
    CancelProposal,
    ChangedProposal,
    CommentProposal,
    FindProposal,
    UpdateAttempt,
    UpdateProposal,
)
from lastro.financing.records.activities import Activity
from lastro.financing.records.keeping import who_is
from lastro.financing.records.views import ActivityAnswer, show_activity
from lastro.kernel.callers.caller import SELLING, Binding, Caller, Role
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest

if TYPE_CHECKING:
    from lastro.financing.records.keeping import ProposalKeeping

FindBinding = Callable[[str, str], Binding | None]
"""What a partner's principal is bound to; ``None`` for one that opens nothing any more."""
_TOO_LATE = (State.FORMALISED, State.PAID, State.RETURNED)


@dataclass(frozen=True)
class ProposalActs:
    """Acts of people on proposals."""

    proposals: ProposalKeeping
    name_seller: NameSeller
    find_binding: FindBinding

    def update(self, request: UpdateProposal, caller: Caller) -> str:
        """The proposal with what was sent; a bank keeps what it has.

        Raises ``NotFound``, ``InvalidInput`` for another vehicle than the stock's and an unknown seller, ``Conflict``.
        """
        sent = request.proposal

        def update(before: Proposal) -> Proposal:
            if sent is None:
                return before
            _check_fixed(before, sent)
            check_vehicle(before.vehicle, sent)
            seller_id, seller_name = sent.seller_id or before.seller_id, before.seller_name
            if seller_id != before.seller_id:
                seller_name = self.name_seller(seller_id, before.store_id, caller)
                if seller_name is None:
                    raise InvalidInput([UNKNOWN_SELLER.at("proposal.seller_id")])
            return replace(
                before,
                vehicle={**before.vehicle, **said_of_vehicle(sent)},
                seller_id=seller_id,
                seller_name=seller_name,
                several_banks=before.several_banks if sent.several_banks is None else sent.several_banks,
            )

        shown = self._render(self.proposals.change(request.proposal_id, caller, "proposal.changed", update))
        return spell({**shown, "proposal": shown})

    def update_attempt(self, request: UpdateAttempt, caller: Caller) -> str:
        """The attempt as it is: banks alone change it. Raises ``NotFound``."""
        standing = self.proposals.find(request.proposal_id, caller).find_standing(request.attempt_id)
        if standing is None:
            raise ATTEMPT_NOT_FOUND()
        return spell(render_attempt(standing))

    def cancel(self, request: CancelProposal, caller: Caller) -> None:
        """Drop a proposal: each of its attempts is dropped at its bank; again, nothing happens.

        Raises ``NotFound``, and ``Conflict`` ``proposal_ended`` once there is a contract.
        """
        now = self.proposals.clock.now()

        def cancel(before: Proposal) -> Proposal:
            if before.closed_at is not None:
                return before
            if before.state in _TOO_LATE:
                raise PROPOSAL_ENDED()
            after = replace(before, closed_at=now)
            for attempt in before.attempts:
                if (not attempt.is_ended or is_in_doubt(attempt)) and attempt.cancel_asked_at is None:
                    after = put_attempt(after, _ask_to_drop(attempt, now))
            return after

        self.proposals.change(request.proposal_id, caller, "proposal.cancelled", cancel)

    def cancel_attempt(self, request: CancelAttempt, caller: Caller) -> None:
        """Drop one attempt, at its bank too; the proposal goes on, and again, nothing happens.

        Raises ``NotFound``, and ``Conflict`` ``attempt_ended`` for one that ended, was replaced or has a contract.
        """
        now = self.proposals.clock.now()

        def cancel(before: Proposal) -> Proposal:
            standing = before.find_standing(request.attempt_id)
            if standing is None:
                raise ATTEMPT_NOT_FOUND()
            attempt = standing.attempt
            if standing.replaced_by is not None or attempt.state in _TOO_LATE:
                raise ATTEMPT_ENDED()
            if attempt.cancel_asked_at is not None:
                return before
            if attempt.is_ended and not is_in_doubt(attempt):
                raise ATTEMPT_ENDED()
            return put_attempt(before, _ask_to_drop(attempt, now))

        self.proposals.change(
            request.proposal_id, caller, "attempt.cancel_asked", cancel, attempt_id=request.attempt_id
        )

    def take_over(self, request: FindProposal, caller: Caller) -> str:
        """The proposal as the caller's, also of an owner that could not give it back any more; again, nothing happens.

        Raises ``NotFound``, ``Forbidden`` and ``Conflict``.
        """
        return self._own(request, caller, "proposal.owned", who_is(caller))

    def give_back(self, request: FindProposal, caller: Caller) -> str:
        """The proposal as nobody's; again, nothing happens. Raises as ``take_over``."""
        return self._own(request, caller, "proposal.left", None)

    def comment(self, request: CommentProposal, caller: Caller) -> str:
        """Note something of a proposal. The same request gives the first answer again. Raises ``NotFound``."""
        scope = f"comment_proposal#{caller.holder}#{request.proposal_id}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, request.comment)

        def comment_once() -> str | None:
            now = self.proposals.clock.now()
            first = self.proposals.store.find_answer(keyed, now)
            if first is not None:
                return first
            before = self.proposals.find(request.proposal_id, caller)
            answer = ""

            def answered(act: Activity) -> Answered | None:
                nonlocal answer
                answer = ActivityAnswer(activity=show_activity(act)).model_dump_json()
                return Answered.to(keyed, answer, now)

            after = replace(before, comments=before.comments + 1)
            kept = self.proposals.keep(
                before,
                after,
                "proposal.commented",
                who_is(caller),
                comment=request.comment,
                answered=answered,
            )
            return answer if kept else None

        return until_committed(comment_once, PROPOSAL_BUSY)

    def _own(self, request: FindProposal, caller: Caller, action: str, owner: str | None) -> str:
        # The call is a GET, which a credential that only reads may otherwise make.
        if caller.role is not Role.MEMBER:
            raise READ_ONLY()

        def own(before: Proposal) -> Proposal:
            if before.owner not in (None, who_is(caller)) and self._can_give_back(before):
                raise OWNED_BY_OTHER()
            return replace(before, owner=owner)

        return spell({"proposal": self._render(self.proposals.change(request.proposal_id, caller, action, own))})

    def _can_give_back(self, proposal: Proposal) -> bool:
        """Whether the owner may still write the proposal: what ended or sees it no more would hold it for ever."""
        bound = self.find_binding(proposal.partner_id, proposal.owner or "")
        return (
            bound is not None
            and bound.role is Role.MEMBER
            and (bound.store_ids is None or proposal.store_id in bound.store_ids)
            and (bound.panel not in SELLING or bound.panel is proposal.panel)
        )

    def _render(self, proposal: Proposal) -> dict[str, Any]:
        return render_proposal(proposal, self.proposals.store_name(proposal.store_id))


def _check_fixed(before: Proposal, sent: ChangedProposal) -> None:
    """Raises ``InvalidInput`` naming what was sent otherwise and never changes."""
    errors = [
        FIXED.at(f"proposal.{name}")
        for name in ("store_id", "customer_id", "commercial")
        if getattr(sent, name) not in (None, getattr(before, name))
    ]
    if errors:
        raise InvalidInput(errors)


def _ask_to_drop(attempt: Attempt, now: datetime) -> Attempt:
    """The attempt as one that its bank is to drop; what nobody began to send, no bank knows."""
    never_sent = attempt.sending_until is None and not attempt.words
    return replace(attempt, cancel_asked_at=now, cancelled_at=now if never_sent else None)
