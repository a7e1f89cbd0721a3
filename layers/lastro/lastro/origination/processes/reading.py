"""Reading a process of one's own, and what stands about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.origination.errors import PROCESS_NOT_FOUND, PROPOSAL_NOT_FOUND
from lastro.origination.processes.changes import StoredCredit, StoredProcess
from lastro.origination.processes.limits import CallLimits
from lastro.origination.processes.requests import FindBorrower, GetStatus
from lastro.origination.processes.statuses import ProcessStatus
from lastro.origination.processes.views import BorrowerView, ProcessView, show_process

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore


def own_process(book: OriginationStore, process_id: str, caller: Caller) -> StoredProcess:
    """The caller's process. Raises ``NotFound`` ``unknown_process`` when absent or another partner's."""
    found = book.find_process(process_id)
    if found is None or found.process.partner_id != caller.partner_id:
        raise PROCESS_NOT_FOUND()
    return found


def own_credit(book: OriginationStore, csn: str, caller: Caller) -> StoredCredit:
    """The caller's credit. Raises ``NotFound`` ``unknown_proposal`` when absent or another partner's."""
    found = book.find_credit(csn)
    if found is None or found.credit.partner_id != caller.partner_id:
        raise PROPOSAL_NOT_FOUND()
    return found


@dataclass(frozen=True, slots=True)
class ProcessReading:
    """Reads processes from the book; looking at a status counts towards the limit of calls about a CPF."""

    book: OriginationStore
    limits: CallLimits
    clock: Clock

    def show_status(self, request: GetStatus, caller: Caller) -> ProcessView:
        """The process as far as it got, with its proposals. Raises ``NotFound`` and ``TooManyRequests``."""
        process = own_process(self.book, request.id, caller).process
        self.limits.count_call(caller.partner_id, process.cpf, self.clock.now())
        return show_process(process, self.book.find_credits(process.credits), caller.status_spelling)

    def find_borrower(self, request: FindBorrower, caller: Caller) -> BorrowerView:
        """Whether a person is registered with the caller, and whether calls about them are blocked now.

        A person whose signup was denied may register again, so counts as not registered.
        """
        process_id = self.book.find_registration(caller.partner_id, request.cpf)
        stored = self.book.find_process(process_id) if process_id else None
        registered = stored is not None and stored.process.status is not ProcessStatus.SIGNUP_DENIED
        return BorrowerView(
            is_registered=registered,
            is_blocked=self.limits.is_blocked(caller.partner_id, request.cpf, self.clock.now()),
            process_id=process_id if registered else None,
        )
