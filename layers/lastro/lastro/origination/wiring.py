"""Joins origination's use cases to their adapters, once per process; each function opens only what it uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lastro.aws.dynamodb.table import Table
from lastro.aws.queue import Queue
from lastro.aws.settings import read_setting
from lastro.kernel.calendar import CLOCK
from lastro.origination.processes.calls.limits import CallLimits
from lastro.origination.processes.model import StepName
from lastro.origination.processes.steps import StepDispatch
from lastro.origination.processes.store import OriginationStore

if TYPE_CHECKING:
    from lastro.kernel.retention import PersonalData
    from lastro.origination.documents.reading import DocumentReading
    from lastro.origination.documents.usecases import Documents
    from lastro.origination.processes.lapses.expiry import ProposalExpiry
    from lastro.origination.processes.lapses.sweep import LapseSweep
    from lastro.origination.processes.reading import ProcessReading
    from lastro.origination.processes.sweep import StepSweep
    from lastro.origination.proposals.usecases import Proposals
    from lastro.origination.signups.usecases import Signups
    from lastro.origination.workstation.usecases import Workstation

QUEUE_VARIABLES = {
    StepName.ANALYZE: "LASTRO_ANALYSIS_QUEUE_URL",
    StepName.GENERATE_CONTRACT: "LASTRO_CONTRACTS_QUEUE_URL",
    StepName.SEAL_CONTRACT: "LASTRO_SEALS_QUEUE_URL",
    StepName.DISBURSE: "LASTRO_DISBURSEMENTS_QUEUE_URL",
    StepName.NOTIFY: "LASTRO_NOTICES_QUEUE_URL",
}


@cache
def open_store() -> OriginationStore:
    """The store of processes and credits; it counts calls as well."""
    return OriginationStore(Table())


@cache
def open_limits() -> CallLimits:
    """The published limits of calls about one CPF."""
    return CallLimits(open_store())


@cache
def _queue(name: StepName) -> Queue:
    return Queue(read_setting(QUEUE_VARIABLES[name]))


@cache
def open_personal_data() -> PersonalData:
    """What processes and their credits keep of people."""
    from lastro.aws.files import Files
    from lastro.origination.endings.retention import ProcessData
    from lastro.origination.endings.store import EndingStore
    from lastro.origination.products.store import ProductStore

    cabinet, archive = (Files(read_setting(f"LASTRO_{name}_BUCKET")) for name in ("DOCUMENTS", "CONTRACTS"))
    return ProcessData(EndingStore(Table()), ProductStore(Table()), cabinet, archive, CLOCK)


@cache
def open_dispatch() -> StepDispatch:
    """Sends steps to their queues; a function needs the variables of the steps it sends only."""
    return StepDispatch(_queue)


@cache
def open_signups() -> Signups:
    """Registering people."""
    from uuid import uuid4

    from lastro.origination.signups.usecases import Signups

    return Signups(open_store(), open_limits(), open_dispatch(), CLOCK, lambda: uuid4().hex)


@cache
def open_proposals() -> Proposals:
    """Proposing."""
    from lastro.origination.products.wiring import open_catalogue
    from lastro.origination.proposals.terms import Quotation
    from lastro.origination.proposals.usecases import Proposals

    return Proposals(open_store(), Quotation(open_catalogue()), open_dispatch(), CLOCK)


@cache
def open_documents() -> Documents:
    """Receiving documents."""
    from lastro.aws.files import Files
    from lastro.origination.documents.usecases import Documents

    return Documents(open_store(), Files(read_setting("LASTRO_DOCUMENTS_BUCKET")), open_dispatch(), CLOCK)


@cache
def open_document_reading() -> DocumentReading:
    """Reading documents that were received."""
    from lastro.aws.files import Files
    from lastro.origination.documents.reading import DocumentReading

    return DocumentReading(open_store(), Files(read_setting("LASTRO_DOCUMENTS_BUCKET")))


@cache
def open_reading() -> ProcessReading:
    """Reading processes."""
    from lastro.origination.processes.reading import ProcessReading

    return ProcessReading(open_store(), open_limits(), CLOCK)


@cache
def open_expiry() -> ProposalExpiry:
    """Expiring proposals."""
    from lastro.origination.processes.lapses.expiry import ProposalExpiry

    return ProposalExpiry(open_store(), open_limits(), open_dispatch(), CLOCK)


@cache
def open_workstation() -> Workstation:
    """The Workstation's reads."""
    from lastro.origination.workstation.usecases import Workstation

    return Workstation(open_store())


@cache
def open_step_sweep() -> StepSweep:
    """The sweep of steps nobody finished, but for payouts."""
    from lastro.origination.processes.sweep import OTHERS, StepSweep

    return StepSweep(open_store(), open_dispatch(), CLOCK, OTHERS)


@cache
def open_payout_sweep() -> StepSweep:
    """The sweep of payouts nobody finished."""
    from lastro.origination.processes.sweep import PAYOUTS, StepSweep

    return StepSweep(open_store(), open_dispatch(), CLOCK, PAYOUTS)


@cache
def open_lapse_sweep() -> LapseSweep:
    """The sweep of proposals whose validity has passed."""
    from lastro.origination.processes.lapses.sweep import LapseSweep

    return LapseSweep(open_store(), open_expiry(), CLOCK)
