"""The step ``analyze`` of a process: may this person register?"""

from __future__ import annotations

from datetime import date

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.origination.analysis.checks import AgeLimits, CheckOutcome, check_identity_and_age
from lastro.origination.analysis.outcome import check_fields
from lastro.origination.processes.calls.limits import CallLimits
from lastro.origination.processes.changes import Change, Row, RowPut, StoredProcess
from lastro.origination.processes.model import Step, move_process
from lastro.origination.processes.statuses import ProcessEvent, ProcessStatus
from lastro.origination.processes.steps import owe_notice

WHO = "analyze_signup"


@dataclass(frozen=True)
class SignupAnalysis:
    """Decides on signups."""

    limits: CallLimits
    clock: Clock

    def carry_out(self, stored: StoredProcess, step: Step) -> Change | None:
        """The change that completes the step, ``None`` when the signup was decided before."""
        process = stored.process
        if process.status is not ProcessStatus.SIGNUP_ANALYSIS:
            return None
        now = self.clock.now()
        result = check_identity_and_age(
            process.cpf,
            date.fromisoformat(process.signup["birthday"]),
            local_date(now),
            AgeLimits(),
            blocked=self.limits.is_over_signups(process.place, process.cpf, now),
        )
        denied = result.outcome is CheckOutcome.FAILED
        event = ProcessEvent.SIGNUP_DENIED if denied else ProcessEvent.SIGNUP_COMPLETED
        moved = move_process(process, event, now, WHO, ", ".join(result.reasons), reasons=result.reasons)
        return Change(
            processes=[moved],
            rows=[RowPut(process.owner, Row(f"CHECK#{result.name}", check_fields(result, now)))],
            steps=[owe_notice(process, now)],
            done=[step],
        )
