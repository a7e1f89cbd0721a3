"""Accepting contracts: every checksum echoed, evidence kept, the credit contracted, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lastro.calendar import Clock, format_moment
from lastro.caller import Caller
from lastro.errors import BusinessRefusal, Conflict
from lastro.origination.book import ABSENT, Change, OriginationBook, RowPut, StoredCredit
from lastro.origination.contracts.reading import no_contract
from lastro.origination.contracts.requests import SignContract
from lastro.origination.contracts.rows import StoredSignature, contracts_of, signature_of
from lastro.origination.contracts.views import SignatureAnswer
from lastro.origination.limits import CallLimits
from lastro.origination.model import StepName, move_credit
from lastro.origination.reading import own_credit
from lastro.origination.statuses import BEFORE_CONTRACT, CreditEvent
from lastro.origination.steps import StepDispatch, owe, owe_notice

_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class ContractSigning:
    """Takes acceptances over the book, the limits, the queues and the clock."""

    book: OriginationBook
    limits: CallLimits
    dispatch: StepDispatch
    clock: Clock

    def sign(self, request: SignContract, caller: Caller) -> SignatureAnswer:
        """Sign a credit's contracts; the same signature again answers the same and changes nothing.

        Raises ``NotFound`` ``unknown_proposal``, ``TooManyRequests`` ``client_blocked``, ``BusinessRefusal``
        ``checksum_mismatch`` or ``checksum_missing``, and ``Conflict``: ``contract_not_generated``,
        ``proposal_expired``, ``wrong_state``, ``changed_meanwhile``.
        """
        now = self.clock.now()
        for round_number in range(_ROUNDS):
            stored = own_credit(self.book, request.customer_service_number, caller)
            if round_number == 0:
                self.limits.count_call(caller.partner_id, stored.credit.cpf, now)
            if self._is_signed(stored, request, caller, now):
                return SignatureAnswer(accepted_check_sum=request.accepted_check_sum)
        raise Conflict("Others keep changing this proposal; try again.", code="changed_meanwhile")

    def _is_signed(self, stored: StoredCredit, request: SignContract, caller: Caller, now: datetime) -> bool:
        """Whether the contracts are signed, before or by this; false when somebody changed the credit meanwhile."""
        credit = stored.credit
        contracts = contracts_of(stored)
        signature = signature_of(stored)
        if not contracts:
            raise no_contract(credit)
        _check(request.checksums, [contract.checksum for contract in contracts])
        if signature is not None:
            return True
        if datetime.fromisoformat(credit.valid_until) <= now and credit.status in BEFORE_CONTRACT:
            raise Conflict("The proposal is no longer valid.", code="proposal_expired")
        who = caller.principal or caller.partner_id
        evidence = StoredSignature(
            checksums=request.checksums,
            log_data=request.log_data.kept(),
            received_at=format_moment(now),
            who=who,
        )
        steps = [
            owe(credit.owner, StepName.DISBURSE, now),
            owe(credit.owner, StepName.SEAL_CONTRACT, now),
            owe_notice(credit.process_id, now),
        ]
        change = Change(
            credits=[move_credit(credit, CreditEvent.SIGNED, now, who)],
            rows=[RowPut(credit.owner, evidence.row(), ABSENT)],
            steps=steps,
        )
        if not self.book.commit(change):
            return False
        self.dispatch.send(steps)
        return True


def _check(accepted: tuple[str, ...], issued: list[str]) -> None:
    """Every issued checksum is accepted and nothing else."""
    if not set(accepted) <= set(issued):
        raise BusinessRefusal("A checksum is not that of a contract of this proposal.", code="checksum_mismatch")
    if set(accepted) != set(issued):
        text = f"Accept the checksums of all {len(issued)} contracts."
        raise BusinessRefusal(text, code="checksum_missing")
