"""What processes and their credits keep of people, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, field
from datetime import date
from typing import TYPE_CHECKING, Any

from lastro.kernel.calendar import local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import ERASING, Exported, Kind, Record, Standing
from lastro.origination.contracts.rows import FILED
from lastro.origination.contracts.rows import folder_name as contracts_below
from lastro.origination.documents.content import folder_name as documents_below
from lastro.origination.endings.store import has_remains
from lastro.origination.processes.changes import StoredCredit, StoredProcess
from lastro.origination.processes.model import Credit
from lastro.origination.processes.rows.items import PROCESS_RECORD
from lastro.origination.processes.statuses import BEFORE_CONTRACT, CreditStatus, ProcessStatus

if TYPE_CHECKING:
    from lastro.aws.files import Files
    from lastro.kernel.calendar import Clock
    from lastro.origination.endings.store import EndingStore
    from lastro.origination.products.store import ProductStore

APPLICATION = Kind(
    "application",
    "Cadastro, proposta, documentos e análise que não chegaram a contrato",
    least=0,
    most=60,
    basis="LGPD arts. 15, I e 16; até cinco anos para o exercício de direitos (LGPD art. 7, VI; CDC art. 27)",
)
CONTRACT = Kind(
    "contract",
    "Contrato, quem o assinou, documentos e pagamento",
    least=120,
    most=120,
    basis="Circular BCB 3.978/2020, art. 67: dez anos, do primeiro dia do ano seguinte ao fim do relacionamento"
    " (Lei 9.613/1998, art. 10, III e § 2º: cinco anos, no mínimo)",
)
_NEVER_SIGNED = BEFORE_CONTRACT | {CreditStatus.DENIED, CreditStatus.EXPIRED}
_WHO = "retention"


@dataclass(frozen=True)
class ProcessData:
    """Processes of a person with all that belongs to them (``PersonalData``).

    ``cabinet`` holds the documents, ``archive`` the contracts.
    """

    store: EndingStore
    products: ProductStore
    cabinet: Files
    archive: Files
    clock: Clock
    records: Sequence[str] = (PROCESS_RECORD,)
    kinds: Sequence[Kind] = field(default=(APPLICATION, CONTRACT))

    def look(self, record: Record) -> Standing | None:
        """With a signed credit it is a contract, counted from the year after its last instalment falls due.

        It is in use while work is owed to it and while a proposal may still be signed.
        """
        found = self._find(record)
        if found is None:
            return None
        application, contract = self.kinds
        credits = self._credits(found)
        signed = [each.credit for each in credits if each.credit.status not in _NEVER_SIGNED]
        kind = contract if signed else application
        if not found.process.cpf:
            # An erasure that broke off goes on.
            return Standing(kind, date.min) if has_remains(found, credits) else None
        owed = bool(found.steps) or any(each.steps for each in credits)
        waiting = found.process.status is ProcessStatus.SIGNUP_ANALYSIS
        if owed or waiting or any(each.credit.status in BEFORE_CONTRACT for each in credits):
            return Standing(kind, None)
        if signed:
            return Standing(kind, max(_year_after(credit) for credit in signed))
        return Standing(kind, local_date(found.process.updated_at))

    def export(self, record: Record) -> Exported | None:
        """The process and its credits as they are kept, with all documents, also replaced ones; contracts by name."""
        found = self._find(record)
        if found is None:
            return None
        credits = self._credits(found)
        if not found.process.cpf:
            return ERASING if has_remains(found, credits) else None
        data = {
            "process": asdict(found.process),
            "history": [_event(entry) for entry in found.history],
            "credits": [
                {
                    **asdict(each.credit),
                    "history": [_event(entry) for entry in each.history],
                    "rows": {name: dict(fields) for name, fields in each.rows.items()},
                }
                for each in credits
            ],
        }
        return Exported(data, tuple(self.cabinet.list_names(_documents_of(found))))

    def trim(self, record: Record) -> None:
        """A contract stays whole: who signed it and with which documents is what has to be kept."""

    def end(self, record: Record) -> bool:
        """Make the process and its credits nobody's: nothing of them where somebody is writing one. Then erase what
        lies under them, files first.

        Raises ``Retryable`` while others keep writing credits of a process that is nobody's already.
        """
        found = self._find(record)
        if found is None:
            return True
        credits = self._credits(found)
        if found.steps or any(each.steps for each in credits):
            return False
        named = [(each.credit, self._creditor_of(each.credit)) for each in credits if each.credit.cpf]
        if not self.store.make_nobodys(found.process, named, self.clock.now(), _WHO):
            return False
        # What came between reading and writing goes as well.
        found = self._find(record) or found
        credits = self._credits(found)
        # Whole folders: no row names a document that was replaced, nor a file whose writer died before it noted it.
        self.cabinet.mark_erasable(_documents_of(found))
        for each in credits:
            for kind in FILED:
                self.archive.mark_erasable(contracts_below(each.credit, kind))
        # The rows behind the files: what a crash leaves is found again by them.
        self.store.forget_rows(found, credits)
        return True

    def _find(self, record: Record) -> StoredProcess | None:
        """The person's process, also one whose erasure began: it names nobody any more."""
        found = self.store.find_process(record.id)
        return found if found and found.process.cpf in ("", record.document) else None

    def _credits(self, found: StoredProcess) -> list[StoredCredit]:
        return [credit for csn in found.process.credits if (credit := self.store.find_credit(csn))]

    def _creditor_of(self, credit: Credit) -> str | None:
        product = self.products.find_version(credit.partner_id, credit.product_id, credit.product_version)
        return product.creditor if product else None


def _year_after(credit: Credit) -> date:
    """The first day of the year after the last instalment."""
    return date(credit.terms.due_days[-1].year + 1, 1, 1)


def _documents_of(found: StoredProcess) -> str:
    return documents_below(found.process.partner_id, found.process.id)


def _event(entry: Any) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("version", "at", "event", "why", "from_status", "to_status")}
