"""Proposing: what a person asks for, joined to what the signup collected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, end_of_day, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.kernel.occurrences import Feature, Occurrence
from lastro.origination.errors import (
    ISSUED_IN_FUTURE,
    PROCESS_BUSY,
    PROCESS_NOT_FOUND,
    TOO_MANY_OPEN,
    TOO_MANY_PROPOSALS,
)
from lastro.origination.processes.changes import Change
from lastro.origination.processes.model import (
    Credit,
    Process,
    Step,
    StepName,
    Terms,
    begin_credit,
    move_process,
    spell_csn,
)
from lastro.origination.processes.reading import own_process
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus, ProcessEvent, next_process_status
from lastro.origination.processes.steps import StepDispatch, owe, owe_notice
from lastro.origination.processes.views import show_process
from lastro.origination.proposals.accounts import check_pix_holder
from lastro.origination.proposals.fees import RegistrationFees
from lastro.origination.proposals.requests import CreateProposal
from lastro.origination.proposals.terms import Quotation, Quoted

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore

VALIDITY = timedelta(days=30)
"""How long an unsigned proposal stands before it expires, unless its first instalment falls due earlier."""

MIN_VALIDITY = timedelta(days=2)
"""What every offer stands at least (CDC art. 54-B, II)."""

MAX_OPEN = 10
"""Unsigned proposals of a process at a time: all of them expire in one transaction."""

MAX_PROPOSALS = 50
"""Proposals of a process in all: an answer shows every one."""


@dataclass(frozen=True)
class Proposals:
    """Creates credits over the store, the catalogue of products, the queues and the clock."""

    store: OriginationStore
    quotation: Quotation
    dispatch: StepDispatch
    clock: Clock

    def propose(self, request: CreateProposal, caller: Caller) -> str:
        """Create a credit for every product asked for and queue their analysis; answers the whole process.

        Raises ``InvalidInput`` for an identity document of the future and for a Pix key that is somebody else's
        document (``pix_key_holder``), ``NotFound`` for an unknown or foreign process and one that is nobody's any more,
        what ``Quotation.quote`` raises, and ``Conflict``: ``wrong_state`` out of turn (the signup is still in analysis,
        say), ``too_many_proposals``.
        """
        now = self.clock.now()
        if request.identity.issuing_date > local_date(now):
            raise InvalidInput([ISSUED_IN_FUTURE.at("identity.issuingDate")])
        keyed = KeyedRequest.of(
            f"proposals#{caller.holder}", request.idempotency_key, request.model_dump_json(by_alias=False)
        )
        return until_committed(lambda: self._try(request, caller, keyed, now), PROCESS_BUSY)

    def _try(self, request: CreateProposal, caller: Caller, keyed: KeyedRequest | None, now: datetime) -> str | None:
        first = self.store.find_answer(keyed, now)
        if first is not None:
            return first
        process = own_process(self.store, request.id, caller).process
        if not process.cpf:
            # It was made nobody's: what came to it now no erasure would find.
            raise PROCESS_NOT_FOUND()
        who = caller.principal or caller.partner_id
        # Whose turn it is not hears of that before anything about the products.
        next_process_status(process.status, ProcessEvent.PROPOSED)
        check_pix_holder(request.pix_key, process.cpf)
        earlier = self.store.find_credits(process.credits)
        _check_room(earlier, len(request.products))
        fees = RegistrationFees(self.store, process.partner_id, process.cpf)
        quoted = self.quotation.quote(caller, request.products, fees, now)
        credits = self._build(request, process, quoted, now)
        creditors = [each.product.creditor for each in quoted]
        moved, entry = move_process(
            process,
            ProcessEvent.PROPOSED,
            now,
            who,
            credits=(*process.credits, *(credit.csn for credit in credits)),
            reasons=(),
        )
        answer = show_process(moved, [*earlier, *credits], caller.status_spelling).model_dump_json()
        steps: list[Step] = [owe(credit, StepName.ANALYZE, now) for credit in credits]
        steps.append(owe_notice(process, now))
        change = Change(
            processes=[(moved, entry)],
            credits=[(credit, begin_credit(credit, who)) for credit in credits],
            steps=steps,
            relationships=fees.relationships(list(zip(creditors, (credit.csn for credit in credits), strict=True))),
            occurrences=[
                Occurrence(process.partner_id, Feature.PROPOSAL, credit.csn, process.id, now, document=process.cpf)
                for credit in credits
            ],
            answered=Answered.to(keyed, answer, now),
        )
        if not self.store.commit(change):
            return None
        self.dispatch.send(steps)
        return answer

    def _build(
        self, request: CreateProposal, process: Process, quoted: Sequence[Quoted], now: datetime
    ) -> list[Credit]:
        number = self.store.reserve_numbers(len(quoted))
        borrower = {"signup": dict(process.signup), "proposal": request.person()}
        return [
            Credit(
                csn=spell_csn(now, number + position),
                process_id=process.id,
                partner_id=process.partner_id,
                product_id=each.product.id,
                product_version=each.product.version,
                product_name=each.product.name,
                product_type=each.product.type,
                cpf=process.cpf,
                name=process.name,
                status=CreditStatus.PRE_PROCESSING,
                version=1,
                created_at=now,
                updated_at=now,
                valid_until=_valid_until(each.terms, now),
                terms=each.terms,
                borrower=borrower,
                required_documents=each.product.required_documents,
                logo=each.product.logo,
                store_id=process.store_id,
            )
            for position, each in enumerate(quoted)
        ]


def _valid_until(terms: Terms, now: datetime) -> datetime:
    """The end of the last day on which it may be signed: the day that is printed.

    Nobody can sign what is overdue already: a proposal ends with the day before its first instalment.
    """
    today = local_date(now)
    eve = terms.first_due_date - timedelta(days=1)
    return end_of_day(max(today + MIN_VALIDITY, min(today + VALIDITY, eve)))


def _check_room(earlier: Sequence[Credit], more: int) -> None:
    unsigned = sum(credit.status in BEFORE_CONTRACT for credit in earlier)
    if unsigned + more > MAX_OPEN:
        raise TOO_MANY_OPEN(count=unsigned, most=MAX_OPEN)
    if len(earlier) + more > MAX_PROPOSALS:
        raise TOO_MANY_PROPOSALS(most=MAX_PROPOSALS)
