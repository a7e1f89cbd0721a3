"""Accepting contracts: every checksum echoed, evidence kept, the credit contracted, all in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, is_past, start_of_day
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.origination.analysis.commitment import commitment_exceeded, signed_installments
from lastro.origination.contracts.reading import no_contract
from lastro.origination.contracts.renewal import is_outdated
from lastro.origination.contracts.requests import SignContract
from lastro.origination.contracts.rows import StoredSignature, contracts_of, replaced_checksums, signature_of
from lastro.origination.contracts.views import SignatureAnswer
from lastro.origination.errors import (
    CHECKSUM_MISMATCH,
    CHECKSUM_MISSING,
    CONTRACT_OUTDATED,
    CONTRACT_REPLACED,
    INCOME_EXCEEDED,
    PROPOSAL_BUSY,
    PROPOSAL_EXPIRED,
)
from lastro.origination.processes.calls.limits import CallLimits
from lastro.origination.processes.changes import ABSENT, Change, RowPut, StoredCredit
from lastro.origination.processes.model import Credit, Process, Step, StepName, amend_process, move_credit
from lastro.origination.processes.reading import own_credit
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditEvent
from lastro.origination.processes.steps import StepDispatch, owe, owe_notice

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore
    from lastro.origination.products.store import ProductStore


@dataclass(frozen=True)
class ContractSigning:
    """Takes acceptances over the store, the limits, the queues, the clock and the products."""

    store: OriginationStore
    limits: CallLimits
    dispatch: StepDispatch
    clock: Clock
    products: ProductStore

    def sign(self, request: SignContract, caller: Caller) -> SignatureAnswer:
        """Sign a credit's contracts; the same signature again answers the same and changes nothing.

        Raises ``InvalidInput`` for an acceptance to come, ``NotFound`` ``unknown_proposal``, ``TooManyRequests``
        ``client_blocked``, ``BusinessRefusal``
        ``checksum_mismatch``, ``checksum_missing`` or ``income_commitment_exceeded``, and ``Conflict``:
        ``contract_not_generated``, ``contract_replaced``, ``contract_outdated``, ``proposal_expired``,
        ``wrong_state``, ``changed_meanwhile``.
        """
        now = self.clock.now()
        request.log_data.check_happened(now)
        found = own_credit(self.store, request.customer_service_number, caller)
        self.limits.count_call(found.credit.place, found.credit.cpf, now)

        def sign_once() -> SignatureAnswer | None:
            stored = own_credit(self.store, request.customer_service_number, caller)
            signed = self._is_signed(stored, request, caller, now)
            return SignatureAnswer(accepted_check_sum=request.accepted_check_sum) if signed else None

        return until_committed(sign_once, PROPOSAL_BUSY)

    def _is_signed(self, stored: StoredCredit, request: SignContract, caller: Caller, now: datetime) -> bool:
        """Whether the contracts are signed, before or by this; false when somebody changed the credit meanwhile."""
        credit = stored.credit
        contracts = contracts_of(stored)
        if not contracts:
            raise no_contract(credit)
        if set(request.checksums) & replaced_checksums(stored):
            raise CONTRACT_REPLACED()
        _check(request.checksums, [contract.checksum for contract in contracts])
        if signature_of(stored) is not None:
            return True
        if credit.status in BEFORE_CONTRACT:
            self._check_day(stored, now)
        who = caller.principal or caller.partner_id
        signed = move_credit(credit, CreditEvent.SIGNED, now, who)
        found = self.store.find_process(credit.process_id)
        if found is None:
            return False
        self._check_income(credit, found.process)
        evidence = StoredSignature(
            checksums=request.checksums,
            log_data=request.log_data.kept(),
            received_at=now,
            who=who,
        )
        steps = [
            owe_payout(credit, now),
            owe(credit, StepName.SEAL_CONTRACT, now),
            owe_notice(credit, now),
        ]
        change = Change(
            # Two signatures of one person meet in the process: the second sees the first's instalments.
            processes=[amend_process(found.process, "contract_signed", now, who, credit.csn)],
            credits=[signed],
            rows=[RowPut(credit.owner, evidence.row(), ABSENT)],
            steps=steps,
            done=_renewals(stored),
        )
        if not self.store.commit(change):
            return False
        self.dispatch.send(steps[1:] if is_released_later(credit, now) else steps)
        return True

    def _check_day(self, stored: StoredCredit, now: datetime) -> None:
        """Whether today is a day on which this contract may be signed."""
        credit = stored.credit
        if is_past(credit.valid_until, now):
            raise PROPOSAL_EXPIRED()
        if not is_outdated(credit, now):
            return
        if not _renewals(stored):
            # Generated before contracts were made again: the sweep sends it to be, within a minute.
            self.store.commit(Change(steps=[owe(credit, StepName.GENERATE_CONTRACT, now)]))
        raise CONTRACT_OUTDATED()

    def _check_income(self, credit: Credit, process: Process) -> None:
        """The income limit once more: what was signed since the analysis counts too."""
        product = self.products.find_version(credit.partner_id, credit.product_id, credit.product_version)
        others = signed_installments(self.store.find_credits(process.credits), credit)
        if product and commitment_exceeded(credit, others, product.eligibility.maximum_income_commitment):
            raise INCOME_EXCEEDED()


def is_released_later(credit: Credit, now: datetime) -> bool:
    """Whether the money of a credit is not due yet."""
    return now < start_of_day(credit.terms.release_date)


def owe_payout(credit: Credit, now: datetime) -> Step:
    """The step that pays a credit: due on its release date, at once where that is today."""
    step = owe(credit, StepName.DISBURSE, now)
    if not is_released_later(credit, now):
        return step
    return replace(step, due_at=start_of_day(credit.terms.release_date))


def _renewals(stored: StoredCredit) -> list[Step]:
    return [step for step in stored.steps if step.name is StepName.GENERATE_CONTRACT]


def _check(accepted: tuple[str, ...], issued: list[str]) -> None:
    """Every issued checksum is accepted and nothing else."""
    if not set(accepted) <= set(issued):
        raise CHECKSUM_MISMATCH.at("aceptedCheckSum")
    if set(accepted) != set(issued):
        raise CHECKSUM_MISSING.at("aceptedCheckSum", count=len(issued))
