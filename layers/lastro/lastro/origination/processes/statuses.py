"""Statuses of a process and of a credit, each with its one transition table. Pure.

Values are the vendor's: ``SIGNUP_ANALISIS`` with an I and ``PROPOSAL_ANALYSIS`` with a Y, the latter also with an I
for credentials that were made so (:func:`spell_process_status`); :func:`read_process_status` takes either spelling of
both. A pair that a table does not hold is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lastro.kernel.callers.caller import StatusSpelling
from lastro.origination.errors import WRONG_PROCESS_STATE, WRONG_PROPOSAL_STATE


class ProcessStatus(StrEnum):
    """How far a person's process (the pipeline) is."""

    SIGNUP_ANALYSIS = "SIGNUP_ANALISIS"
    SIGNUP_COMPLETED = "SIGNUP_COMPLETED"
    SIGNUP_DENIED = "SIGNUP_DENIED"
    PROPOSAL_ANALYSIS = "PROPOSAL_ANALYSIS"
    PROPOSAL_CREATED = "PROPOSAL_CREATED"
    PROPOSAL_DENIED = "PROPOSAL_DENIED"


class ProcessEvent(StrEnum):
    """What moves a process on."""

    SIGNUP_COMPLETED = "signup_completed"
    SIGNUP_DENIED = "signup_denied"
    PROPOSED = "proposed"
    PROPOSAL_APPROVED = "proposal_approved"
    PROPOSAL_DENIED = "proposal_denied"
    PROPOSALS_EXPIRED = "proposals_expired"


class CreditStatus(StrEnum):
    """How far one credit (a proposal with its customer service number) is."""

    PRE_PROCESSING = "PRE_PROCESSAMENTO"
    PRE_APPROVED = "PRE_APROVADO"
    AWAITING_DOCUMENTS = "AGUARDANDO_DOCUMENTOS"
    DOCUMENT_ANALYSIS = "EM_ANALISE_DOCUMENTAL"
    MANUAL_ANALYSIS = "EM_ANALISE_MANUAL"
    OPERATIONAL_ANALYSIS = "EM_ANALISE_OPERACIONAL"
    CONTRACTED = "CONTRATADO"
    DISBURSED = "LIBERADO"
    PENDING = "PENDENTE"
    RETURNED = "ESTORNO"
    DENIED = "REPROVADO"
    EXPIRED = "EXPIRADO"


class CreditEvent(StrEnum):
    """What moves a credit on."""

    PRE_APPROVED = "pre_approved"
    DOCUMENTS_REQUESTED = "documents_requested"
    DOCUMENTS_COMPLETED = "documents_completed"
    FLAGGED = "flagged"
    APPROVED = "approved"
    CONTRACT_RENEWED = "contract_renewed"
    SIGNED = "signed"
    DISBURSED = "disbursed"
    PAYOUT_REFUSED = "payout_refused"
    PAYOUT_RETRIED = "payout_retried"
    PAYOUT_RESUMED = "payout_resumed"
    PAYOUT_RETURNED = "payout_returned"
    DENIED = "denied"
    EXPIRED = "expired"


BEFORE_CONTRACT = frozenset(
    {
        CreditStatus.PRE_PROCESSING,
        CreditStatus.PRE_APPROVED,
        CreditStatus.AWAITING_DOCUMENTS,
        CreditStatus.DOCUMENT_ANALYSIS,
        CreditStatus.MANUAL_ANALYSIS,
        CreditStatus.OPERATIONAL_ANALYSIS,
    }
)
"""A credit that may still be denied or expire: nobody signed for it yet."""

PROCESS_TRANSITIONS: Mapping[tuple[ProcessStatus, ProcessEvent], ProcessStatus] = {
    (ProcessStatus.SIGNUP_ANALYSIS, ProcessEvent.SIGNUP_COMPLETED): ProcessStatus.SIGNUP_COMPLETED,
    (ProcessStatus.SIGNUP_ANALYSIS, ProcessEvent.SIGNUP_DENIED): ProcessStatus.SIGNUP_DENIED,
    (ProcessStatus.SIGNUP_COMPLETED, ProcessEvent.PROPOSED): ProcessStatus.PROPOSAL_ANALYSIS,
    (ProcessStatus.PROPOSAL_CREATED, ProcessEvent.PROPOSED): ProcessStatus.PROPOSAL_ANALYSIS,
    (ProcessStatus.PROPOSAL_DENIED, ProcessEvent.PROPOSED): ProcessStatus.PROPOSAL_ANALYSIS,
    (ProcessStatus.PROPOSAL_ANALYSIS, ProcessEvent.PROPOSAL_APPROVED): ProcessStatus.PROPOSAL_CREATED,
    (ProcessStatus.PROPOSAL_ANALYSIS, ProcessEvent.PROPOSAL_DENIED): ProcessStatus.PROPOSAL_DENIED,
    (ProcessStatus.PROPOSAL_ANALYSIS, ProcessEvent.PROPOSALS_EXPIRED): ProcessStatus.SIGNUP_COMPLETED,
    (ProcessStatus.PROPOSAL_CREATED, ProcessEvent.PROPOSALS_EXPIRED): ProcessStatus.SIGNUP_COMPLETED,
}

CREDIT_TRANSITIONS: Mapping[tuple[CreditStatus, CreditEvent], CreditStatus] = {
    (CreditStatus.PRE_PROCESSING, CreditEvent.PRE_APPROVED): CreditStatus.PRE_APPROVED,
    (CreditStatus.PRE_APPROVED, CreditEvent.DOCUMENTS_REQUESTED): CreditStatus.AWAITING_DOCUMENTS,
    (CreditStatus.PRE_APPROVED, CreditEvent.DOCUMENTS_COMPLETED): CreditStatus.DOCUMENT_ANALYSIS,
    (CreditStatus.AWAITING_DOCUMENTS, CreditEvent.DOCUMENTS_COMPLETED): CreditStatus.DOCUMENT_ANALYSIS,
    (CreditStatus.DOCUMENT_ANALYSIS, CreditEvent.FLAGGED): CreditStatus.MANUAL_ANALYSIS,
    (CreditStatus.DOCUMENT_ANALYSIS, CreditEvent.APPROVED): CreditStatus.OPERATIONAL_ANALYSIS,
    (CreditStatus.MANUAL_ANALYSIS, CreditEvent.APPROVED): CreditStatus.OPERATIONAL_ANALYSIS,
    # Priced again for another day: the contract of the day before cannot be signed any more.
    (CreditStatus.OPERATIONAL_ANALYSIS, CreditEvent.CONTRACT_RENEWED): CreditStatus.OPERATIONAL_ANALYSIS,
    (CreditStatus.OPERATIONAL_ANALYSIS, CreditEvent.SIGNED): CreditStatus.CONTRACTED,
    (CreditStatus.CONTRACTED, CreditEvent.DISBURSED): CreditStatus.DISBURSED,
    (CreditStatus.CONTRACTED, CreditEvent.PAYOUT_REFUSED): CreditStatus.PENDING,
    (CreditStatus.PENDING, CreditEvent.PAYOUT_RETRIED): CreditStatus.CONTRACTED,
    # What a payer refused may go through all the same: it is noticed, never paid a second time.
    (CreditStatus.PENDING, CreditEvent.PAYOUT_RESUMED): CreditStatus.CONTRACTED,
    (CreditStatus.PENDING, CreditEvent.DISBURSED): CreditStatus.DISBURSED,
    (CreditStatus.PENDING, CreditEvent.PAYOUT_RETURNED): CreditStatus.RETURNED,
    (CreditStatus.DISBURSED, CreditEvent.PAYOUT_RETURNED): CreditStatus.RETURNED,
    (CreditStatus.CONTRACTED, CreditEvent.PAYOUT_RETURNED): CreditStatus.RETURNED,
    **{(status, CreditEvent.DENIED): CreditStatus.DENIED for status in BEFORE_CONTRACT},
    **{(status, CreditEvent.EXPIRED): CreditStatus.EXPIRED for status in BEFORE_CONTRACT},
}


def next_process_status(status: ProcessStatus, event: ProcessEvent) -> ProcessStatus:
    """Where ``event`` takes a process. Raises ``Conflict`` ``wrong_state`` when it takes it nowhere."""
    found = PROCESS_TRANSITIONS.get((status, event))
    if found is None:
        raise WRONG_PROCESS_STATE(status=status)
    return found


def next_credit_status(status: CreditStatus, event: CreditEvent) -> CreditStatus:
    """Where ``event`` takes a credit. Raises ``Conflict`` ``wrong_state`` when it takes it nowhere."""
    found = CREDIT_TRANSITIONS.get((status, event))
    if found is None:
        raise WRONG_PROPOSAL_STATE(status=status)
    return found


_OTHER_SPELLINGS = {
    "SIGNUP_ANALYSIS": ProcessStatus.SIGNUP_ANALYSIS,
    "PROPOSAL_ANALISIS": ProcessStatus.PROPOSAL_ANALYSIS,
}


def spell_process_status(status: ProcessStatus, spelling: StatusSpelling) -> str:
    """A process status as a credential reads it."""
    if spelling is StatusSpelling.CLIENTS and status is ProcessStatus.PROPOSAL_ANALYSIS:
        return "PROPOSAL_ANALISIS"
    return status.value


def read_process_status(text: str) -> ProcessStatus:
    """A process status in either spelling, spaces around it allowed. Raises ``ValueError`` for any other text."""
    wanted = text.strip()
    return _OTHER_SPELLINGS.get(wanted) or ProcessStatus(wanted)
