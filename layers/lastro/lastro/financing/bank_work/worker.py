"""What is owed at banks: sending an attempt once, dropping it, handing documents in, asking where it stands.

Who sends claims the attempt first, in a write that only one wins, and the bank's idempotency key is the same for every
try. What may have reached the bank is looked up by its key before anything is sent again; a time-out is looked up, too.
An attempt fails only where the bank said no before it did anything, or never saw the proposal while its offer stood.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from lastro.financing.attempts.model import SENDING_LASTS, Attempt, hear
from lastro.financing.attempts.states import State
from lastro.financing.bank_work.due import is_in_doubt, is_to_be_dropped, owed_documents
from lastro.financing.bank_work.messages import ProposalQueued
from lastro.financing.documents.adding import file_name
from lastro.financing.ports import IDENTIFICATION, ProposalBank, ProposalDocument, ProposalRequest, Word
from lastro.financing.proposals.model import Proposal, attempt_key, document_key, put_attempt
from lastro.kernel.calendar import Clock
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import LastroError, Permanent, Retryable, Unknown
from lastro.kernel.people.applicants import Vehicle
from lastro.kernel.queues.delivery import Again, Delivery, Done, Retries

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.customers.service import CustomerOnRecord, CustomerRecords
    from lastro.financing.records.keeping import ProposalKeeping

RETRIES = Retries((2, 5, 15, 60), attempts=5)
"""By then a bank that has a proposal, or may have it, is asked later; what is to be sent is left to the queue and the
sweep."""
ASK_SECONDS = 25.0
"""All a bank may take for one delivery; less than the function's time-out, far less than ``SENDING_LASTS``."""
_ROUNDS = 5
_REFUSED_BEFORE_EFFECT = frozenset({"bank_validation_error", "invalid_bank_credentials"})

OpenStoreBank = Callable[[str, int, str | None], ProposalBank]
"""A bank by its code, a store, and the version of the store's credential there."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProposalWorker:
    """Works messages about attempts. ``callback_base`` is where banks call, empty where they cannot."""

    proposals: ProposalKeeping
    customers: CustomerRecords
    cabinet: Files
    open_bank: OpenStoreBank
    forget_bank: Callable[[str, int], None]
    callback_base: str
    clock: Clock

    async def process(self, delivery: Delivery[ProposalQueued]) -> Done | Again:
        """Do what is owed for one attempt. Raises ``Retryable`` and ``Unknown`` while the bank may still answer.

        A bank that has the proposal, or may have it, and does not let itself be asked is asked again later, ever more
        seldom.
        """
        message = delivery.message
        proposal = await asyncio.to_thread(self.proposals.store.find, message.partner_id, message.proposal_id)
        attempt = proposal.find_attempt(message.position) if proposal else None
        if proposal is None or attempt is None:
            return Done()
        if message.told is not None:
            return await self._hear(proposal, attempt, message.told.word())
        if attempt.is_ended and not is_in_doubt(attempt):
            return Done()
        may_be_there = bool(attempt.words) or attempt.sending_until is not None
        try:
            return await self._work_in_time(proposal, attempt)
        except (Retryable, Unknown) as error:
            if not (may_be_there and delivery.is_last):
                raise
            return await self._ask_later(proposal, attempt, error)
        except Permanent as error:
            if not may_be_there:
                raise
            return await self._ask_later(proposal, attempt, error)

    async def _work_in_time(self, proposal: Proposal, attempt: Attempt) -> Done | Again:
        try:
            async with asyncio.timeout(ASK_SECONDS):
                return await self._work(proposal, attempt)
        except TimeoutError as error:
            raise Unknown("the bank takes too long", code="bank_timeout") from error

    async def _ask_later(self, proposal: Proposal, attempt: Attempt, error: LastroError) -> Done | Again:
        if error.code == "invalid_bank_credentials":
            self.forget_bank(attempt.bank, proposal.store_id)
        fields = {"proposal_id": proposal.id, "bank": attempt.bank, "code": error.code}
        _log.error("bank does not say where a proposal stands", extra=fields)
        return await self._end(proposal, attempt, lambda mine: mine)

    async def _work(self, proposal: Proposal, attempt: Attempt) -> Done | Again:
        now = self.clock.now()
        if not attempt.words:
            if attempt.sending_until is not None and now < attempt.sending_until:
                # Somebody sends it: what becomes of that is known afterwards.
                return Again(max(1, int((attempt.sending_until - now) / timedelta(seconds=1)) + 1))
            return await self._reach(proposal, attempt, now)
        bank = await self._open(proposal, attempt)
        key = attempt_key(proposal, attempt)
        if owed_documents(proposal, attempt) and not is_to_be_dropped(attempt):
            try:
                return await self._hand_in(proposal, attempt, bank)
            except Permanent as error:
                # It does not take one: where the proposal stands it tells all the same.
                _log.warning("bank takes no document", extra={"bank": attempt.bank, "code": error.code})
                return await self._hear(proposal, attempt, await bank.find_proposal(key))
        word = await (self._drop(bank, key) if is_to_be_dropped(attempt) else bank.find_proposal(key))
        return await self._hear(proposal, attempt, word)

    async def _drop(self, bank: ProposalBank, key: str) -> Word | None:
        """Have a proposal dropped; where a bank that does not drop it has it stand."""
        try:
            return await bank.cancel_proposal(key)
        except Permanent as error:
            _log.warning("bank drops no proposal", extra={"bank": bank.code, "code": error.code})
            return await bank.find_proposal(key)

    async def _reach(self, proposal: Proposal, attempt: Attempt, now: datetime) -> Done | Again:
        """Bring an attempt to its bank that is not known to have it."""
        key = attempt_key(proposal, attempt)
        may_be_there = attempt.sending_until is not None
        try:
            bank = await self._open(proposal, attempt)
            found = await bank.find_proposal(key) if may_be_there else None
        except Permanent as error:
            return await self._give_up(proposal, attempt, error, sure=not may_be_there)
        if found is not None:
            return await self._hear(proposal, attempt, found)
        if attempt.is_ended:
            # Looked for because it was in doubt: the bank still does not have it.
            return await self._end(proposal, attempt, lambda mine: replace(mine, unknown_at=now))
        # What may have been sent is looked for once more: a bank may know it later.
        concluded = now if may_be_there else None
        if attempt.cancel_asked_at is not None:
            return await self._end(
                proposal, attempt, lambda mine: replace(mine, cancelled_at=now, concluded_at=concluded)
            )
        if now >= attempt.expires_at:
            return await self._end(
                proposal, attempt, lambda mine: replace(mine, failure="offer_expired", concluded_at=concluded)
            )
        customer = await asyncio.to_thread(self.customers.find, proposal.partner_id, proposal.customer_id)
        if customer is None:
            return await self._end(
                proposal, attempt, lambda mine: replace(mine, failure="customer_gone", concluded_at=concluded)
            )
        claimed = await asyncio.to_thread(self._claim, proposal, attempt, now)
        if claimed is None:
            return Again(1)
        request = self._request(claimed, claimed.attempts[attempt.position], customer)
        try:
            word = await bank.send_proposal(request)
        except Unknown:
            looked_up = await bank.find_proposal(key)
            if looked_up is None:
                raise
            word = looked_up
        except Permanent as error:
            return await self._give_up(claimed, claimed.attempts[attempt.position], error, sure=True)
        return await self._hear(claimed, attempt, word)

    async def _hand_in(self, proposal: Proposal, attempt: Attempt, bank: ProposalBank) -> Done | Again:
        """Hand in what the bank waits for; each document has a key of its own, so that it is handed in once.

        Each is kept as handed in before the next, so that a slow bank has them all in the end.
        """
        owed = owed_documents(proposal, attempt)
        for document in proposal.documents:
            if document.id in owed:
                name = file_name(proposal.partner_id, proposal.id, document)
                content = await asyncio.to_thread(self.cabinet.get, name)
                key = document_key(proposal, attempt, document)
                paper = ProposalDocument(key, document.kind, document.media_type, content)
                word = await bank.add_document(attempt_key(proposal, attempt), paper)
                handed_in = partial(_handed_in, document.id, word)
                kept = await self._end(proposal, attempt, handed_in, principal=f"bank:{attempt.bank}")
                if isinstance(kept, Again):
                    return kept
        return Done()

    async def _open(self, proposal: Proposal, attempt: Attempt) -> ProposalBank:
        store_id = proposal.store_id
        version = await asyncio.to_thread(self.proposals.store.find_version, store_id, attempt.bank)
        return await asyncio.to_thread(self.open_bank, attempt.bank, store_id, version)

    def _claim(self, proposal: Proposal, attempt: Attempt, now: datetime) -> Proposal | None:
        """The proposal with the attempt as being sent by us alone; ``None`` when somebody wrote it meanwhile."""
        claimed = replace(attempt, sending_until=now + SENDING_LASTS)
        return self.proposals.keep_quietly(put_attempt(proposal, claimed))

    async def _give_up(self, proposal: Proposal, attempt: Attempt, error: Permanent, *, sure: bool) -> Done | Again:
        """End an attempt that its bank refused before it did anything; anything else is looked at again later."""
        if error.code == "invalid_bank_credentials":
            self.forget_bank(attempt.bank, proposal.store_id)
        if not sure or error.code not in _REFUSED_BEFORE_EFFECT:
            raise Retryable(error.detail, code=error.code) from error
        return await self._end(proposal, attempt, lambda mine: replace(mine, failure=error.code))

    async def _hear(self, proposal: Proposal, attempt: Attempt, word: Word | None) -> Done | Again:
        """Keep what a bank said; what is owed after that comes by a message of its own."""
        if word is None:
            # It had the proposal and no longer knows it: only the bank can tell why. It is asked ever more seldom.
            _log.error("bank lost a proposal", extra={"proposal_id": proposal.id, "bank": attempt.bank})
            return await self._end(proposal, attempt, lambda mine: mine)
        if word.key != attempt_key(proposal, attempt):
            raise Permanent("the bank answered about another proposal", code="generic_reason")
        return await self._end(proposal, attempt, lambda mine: hear(mine, word), principal=f"bank:{attempt.bank}")

    async def _end(
        self, proposal: Proposal, attempt: Attempt, change: Callable[[Attempt], Attempt], *, principal: str = "lastro"
    ) -> Done | Again:
        kept = await asyncio.to_thread(
            keep_change, self.proposals, proposal.partner_id, proposal.id, attempt.position, change, principal
        )
        return Done() if kept else Again(1)

    def _request(self, proposal: Proposal, attempt: Attempt, customer: CustomerOnRecord) -> ProposalRequest:
        vehicle, terms = proposal.vehicle, attempt.terms
        return ProposalRequest(
            key=attempt_key(proposal, attempt),
            applicant=customer.applicant,
            vehicle=Vehicle.on_record(vehicle),
            offer_token=attempt.offer_token,
            table_code=terms.table_code or "",
            asset_value=terms.asset_value,
            down_payment=terms.down_payment,
            financed_amount=terms.financed_amount,
            installments=len(terms.installments),
            installment_value=terms.installments[0],
            commercial=proposal.commercial,
            registration=customer.registration,
            identification={name: str(vehicle[name]) for name in IDENTIFICATION if vehicle.get(name) is not None},
            callback_url=self._callback_url(proposal, attempt),
        )

    def _callback_url(self, proposal: Proposal, attempt: Attempt) -> str | None:
        if not self.callback_base:
            return None
        place = spell_place(proposal, attempt)
        return f"{self.callback_base.rstrip('/')}/banks/{attempt.bank}/proposal_events/{place}"


def _handed_in(document_id: str, word: Word, attempt: Attempt) -> Attempt:
    """The attempt with a document handed in, and what its bank said to that."""
    return replace(hear(attempt, word), handed_in=tuple(dict.fromkeys((*attempt.handed_in, document_id))))


def spell_place(proposal: Proposal, attempt: Attempt) -> str:
    """Where a bank tells of an attempt: which one, and the secret that nobody else has."""
    return f"{proposal.partner_id}.{proposal.id}.{attempt.position}.{attempt.secret}"


def keep_change(
    proposals: ProposalKeeping,
    partner_id: str,
    proposal_id: int,
    position: int,
    change: Callable[[Attempt], Attempt],
    principal: str,
) -> bool:
    """Change an attempt on the newest version of its proposal; false when others did not stop writing it."""
    for _ in range(_ROUNDS):
        proposal = proposals.store.find(partner_id, proposal_id)
        attempt = proposal.find_attempt(position) if proposal else None
        if proposal is None or attempt is None:
            return True
        now = proposals.clock.now()
        changed = change(attempt)
        paid_at = changed.paid_at or (now if changed.state is State.PAID else None)
        after = put_attempt(proposal, replace(changed, looked_at=now, paid_at=paid_at))
        contradiction = after.attempts[position].contradiction
        contradicts = contradiction is not None and contradiction != attempt.contradiction
        if contradicts:
            _log.error("bank contradicts itself", extra={"proposal_id": proposal_id, "bank": attempt.bank})
        with suppress(Retryable):
            if contradicts or _shown(after) != _shown(proposal):
                if proposals.keep(proposal, after, "bank.contradicted" if contradicts else "bank.told", principal):
                    return True
            elif proposals.keep_quietly(after):
                return True
    return False


def _shown(proposal: Proposal) -> list[tuple[object, ...]]:
    """Everything that banks change of what is read."""
    return [
        (
            *(each.id, each.state, each.terms, each.reason),
            *(each.attempt.number, each.attempt.pending, each.attempt.contract, each.attempt.lien),
        )
        for each in proposal.standings
    ]
