"""Making nobody's what has to stay of a process, then erasing the rest: each step may be repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import Delete, Write
from lastro.kernel.commits import TRANSACTION_CONFLICT, until_committed
from lastro.kernel.errors import Retryable
from lastro.origination.processes.changes import Change, StoredCredit, StoredProcess
from lastro.origination.processes.model import Credit, HistoryEntry, Process, amend_credit, amend_process
from lastro.origination.processes.rows.facets import CPF_FACET
from lastro.origination.processes.rows.items import history_item
from lastro.origination.processes.store import OriginationStore, leave_relationship

ANONYMISED = "anonymised"
_NOBODY: dict[str, Any] = {"cpf": "", "name": ""}
_ENDORSEMENT = "ENDORSEMENT#"
MOST_AT_ONCE = 20
"""Credits of one transaction: of each a version, its history, and two rows that lead to it."""


class EndingStore(OriginationStore):
    """The store of processes and credits for whom it ends."""

    def make_nobodys(
        self, process: Process, named: Sequence[tuple[Credit, str | None]], now: datetime, who: str
    ) -> bool:
        """Take a person out of a process, of its credits that still name it (each with its creditor) and of what leads
        from the person to them.

        The process goes with the first ``MOST_AT_ONCE`` credits, or nothing does; what is left of more of them follows,
        so many at a time: whatever dies in between, the process says that its erasure began.

        Terms, statuses and chains of endorsements stay; whose they were cannot be told any more. False when somebody
        was writing one of the first. Raises ``Retryable`` when others keep writing those that are left.
        """
        left = list(named)
        if process.cpf:
            first, left = left[:MOST_AT_ONCE], left[MOST_AT_ONCE:]
            beside: list[Write] = []
            if self.find_registration(process.place, process.cpf) == process.id:
                beside = [Delete(keys.registration(process.place, process.cpf), {"process_id": process.id})]
            nobodys = amend_process(process, ANONYMISED, now, who, **_NOBODY, signup={})
            if not self._take_out(first, now, who, [nobodys], beside):
                return False
        for start in range(0, len(left), MOST_AT_ONCE):
            creditors = {credit.csn: creditor for credit, creditor in left[start : start + MOST_AT_ONCE]}

            def take_out(creditors: Mapping[str, str | None] = creditors) -> bool | None:
                found = [stored.credit for csn in creditors if (stored := self.find_credit(csn))]
                some = [(credit, creditors[credit.csn]) for credit in found if credit.cpf]
                return self._take_out(some, now, who) or None

            until_committed(take_out, _contended)
        return True

    def _take_out(
        self,
        named: Sequence[tuple[Credit, str | None]],
        now: datetime,
        who: str,
        processes: Sequence[tuple[Process, HistoryEntry]] = (),
        beside: Sequence[Write] = (),
    ) -> bool:
        """Take a person out of some credits, and of a process beside them: all of it or nothing."""
        if not named and not processes:
            return True
        credits = [amend_credit(credit, ANONYMISED, now, who, **_NOBODY, borrower={}) for credit, _ in named]
        of_creditors = {(each.partner_id, creditor, each.cpf) for each, creditor in named if creditor}
        leading: list[Write] = [Delete(keys.facet(credit.csn, CPF_FACET)) for credit, _ in named]
        leading += [
            leave_relationship(known, {credit.csn for credit, _ in named})
            for known in (self.find_relationship(*names) for names in of_creditors)
            if known.version
        ]
        return self.commit(Change(credits=credits, processes=processes), [*leading, *beside])

    def forget_rows(self, found: StoredProcess, credits: Sequence[StoredCredit]) -> None:
        """Remove what lies under a process and its credits, and why things happened: a person wrote that."""
        for each in credits:
            self._forget_rows(keys.credit(each.credit.csn), rows_to_forget(each), each.history)
        self._forget_rows(keys.process(found.process.id), list(found.rows), found.history)

    def _forget_rows(self, at: Key, names: Sequence[str], history: Sequence[HistoryEntry]) -> None:
        self._table.delete_many(keys.row(at, name) for name in names)
        self._table.put_many(
            [(keys.history(at, each.version), history_item(replace(each, why=""))) for each in history if each.why]
        )


def _contended() -> Retryable:
    return Retryable("others keep writing a credit whose process is nobody's", code=TRANSACTION_CONFLICT)


def rows_to_forget(stored: StoredCredit) -> list[str]:
    """Names of the rows of a credit that do not stay: all but those of its chain of endorsements."""
    return [name for name in stored.rows if not name.startswith(_ENDORSEMENT)]


def has_remains(found: StoredProcess, credits: Sequence[StoredCredit]) -> bool:
    """Whether an erasure of a process that began has anything left to do."""
    whys = [*found.history, *(entry for each in credits for entry in each.history)]
    rows = [*found.rows, *(name for each in credits for name in rows_to_forget(each))]
    return bool(rows) or any(entry.why for entry in whys) or any(each.credit.cpf for each in credits)
