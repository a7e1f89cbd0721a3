"""Reading a process of one's own, and what stands about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.origination.errors import PROCESS_NOT_FOUND, PROPOSAL_NOT_FOUND
from lastro.origination.processes.calls.limits import CallLimits
from lastro.origination.processes.changes import StoredCredit, StoredProcess
from lastro.origination.processes.model import Credit, Process
from lastro.origination.processes.places import place_of
from lastro.origination.processes.requests import FindBorrower, GetStatus
from lastro.origination.processes.statuses import ProcessStatus
from lastro.origination.processes.views import BorrowerView, ProcessView, show_process

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


def own_process(store: OriginationStore, process_id: str, caller: Caller) -> StoredProcess:
    """The caller's process. Raises ``NotFound`` ``unknown_process`` when absent or another partner's or store's."""
    found = store.find_process(process_id)
    if found is None or not _is_own(found.process, caller):
        raise PROCESS_NOT_FOUND()
    return found


def own_credit(store: OriginationStore, csn: str, caller: Caller) -> StoredCredit:
    """The caller's credit. Raises ``NotFound`` ``unknown_proposal`` when absent or another partner's or store's."""
    found = store.find_credit(csn)
    if found is None or not _is_own(found.credit, caller):
        raise PROPOSAL_NOT_FOUND()
    return found


def _is_own(aggregate: Process | Credit, caller: Caller) -> bool:
    return aggregate.partner_id == caller.partner_id and caller.sees(aggregate.store_id)


@dataclass(frozen=True)
class ProcessReading:
    """Reads processes from the store; looking at a status counts towards the limit of calls about a CPF."""

    store: OriginationStore
    limits: CallLimits
    clock: Clock

    def show_status(self, request: GetStatus, caller: Caller) -> ProcessView:
        """The process as far as it got, with its proposals. Raises ``NotFound`` and ``TooManyRequests``."""
        process = own_process(self.store, request.id, caller).process
        self.limits.count_call(process.place, process.cpf, self.clock.now())
        return show_process(process, self.store.find_credits(process.credits), caller.status_spelling)

    def find_borrower(self, request: FindBorrower, caller: Caller) -> BorrowerView:
        """Whether a person is registered with the caller, or its store, and whether calls about them are blocked now.

        A person whose signup was denied may register again, so counts as not registered.
        """
        place = place_of(caller.partner_id, caller.optional_store)
        process_id = self.store.find_registration(place, request.cpf)
        stored = self.store.find_process(process_id) if process_id else None
        registered = stored is not None and stored.process.status is not ProcessStatus.SIGNUP_DENIED
        return BorrowerView(
            is_registered=registered,
            is_blocked=self.limits.is_blocked(place, request.cpf, self.clock.now()),
            process_id=process_id if registered else None,
        )
