"""Making nobody's what has to stay of a process, and erasing the rest: each step may be repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from lastro.aws.dynamodb.keys import Key
from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import Delete
from lastro.origination.processes.changes import Change, StoredCredit, StoredProcess
from lastro.origination.processes.model import HistoryEntry, amend_credit, amend_process
from lastro.origination.processes.rows.facets import CPF_FACET
from lastro.origination.processes.rows.items import history_item
from lastro.origination.processes.store import OriginationStore

ANONYMISED = "anonymised"
_NOBODY: dict[str, Any] = {"cpf": "", "name": ""}
_ENDORSEMENT = "ENDORSEMENT#"


class EndingStore(OriginationStore):
    """The store of processes and credits for whom it ends."""

    def anonymise_credit(self, stored: StoredCredit, now: datetime, who: str) -> bool:
        """Erase what names the person of a credit: rows first, the credit itself last. False when it changed meanwhile.

        Its terms, its statuses and its chain of endorsements stay; whose they were cannot be told any more.
        """
        credit, at = stored.credit, keys.credit(stored.credit.csn)
        if not credit.cpf:
            return True
        self._forget_rows(at, [name for name in stored.rows if not name.startswith(_ENDORSEMENT)], stored.history)
        self._table.delete_many([keys.facet(credit.csn, CPF_FACET)])
        return self.commit(Change(credits=[amend_credit(credit, ANONYMISED, now, who, **_NOBODY, borrower={})]))

    def anonymise_process(self, stored: StoredProcess, now: datetime, who: str) -> bool:
        """Erase what names the person of a process, and its registration. False when it changed meanwhile."""
        process = stored.process
        self._forget_rows(keys.process(process.id), list(stored.rows), stored.history)
        registered = keys.registration(process.place, process.cpf)
        if self.find_registration(process.place, process.cpf) == process.id:
            self._table.commit([Delete(registered, {"process_id": process.id})])
        return self.commit(Change(processes=[amend_process(process, ANONYMISED, now, who, **_NOBODY, signup={})]))

    def forget_relationship(self, partner_id: str, creditor: str, cpf: str) -> None:
        """Remove which credits a person had with a creditor."""
        self._table.delete_many([keys.relationship(partner_id, creditor, cpf)])

    def _forget_rows(self, at: Key, names: Sequence[str], history: Sequence[HistoryEntry]) -> None:
        """Remove rows, and why things happened: a person wrote that."""
        self._table.delete_many(keys.row(at, name) for name in names)
        self._table.put_many(
            [(keys.history(at, each.version), history_item(replace(each, why=""))) for each in history if each.why]
        )
