"""The step ``generate_contract``: an approved credit gets its contract, drawn, filed and recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cpf, Document
from lastro.kernel.errors import Permanent
from lastro.origination.contracts.model import ClauseText, ContractData, ExposureDeclaration
from lastro.origination.contracts.ports import DrawContract
from lastro.origination.contracts.renewal import is_outdated, renew_terms, renewal_due
from lastro.origination.contracts.rows import (
    StoredContract,
    checksum_of,
    contracts_of,
    file_name,
    replaced_rows,
)
from lastro.origination.processes.changes import ABSENT, Change, RowPut, StoredCredit
from lastro.origination.processes.model import Credit, Step, amend_credit, move_credit
from lastro.origination.processes.statuses import CreditEvent, CreditStatus
from lastro.origination.processes.steps import owe_notice
from lastro.origination.products.model import Product

if TYPE_CHECKING:
    from lastro.aws.archive import Archive
    from lastro.origination.clauses.store import ClauseStore
    from lastro.origination.products.store import ProductStore

WHO = "generate_contract"

AssembleContract = Callable[[Credit, Product, datetime, Sequence[ClauseText], ExposureDeclaration], ContractData]
FindDeclaration = Callable[[str, Document, date], ExposureDeclaration]
"""What is declared to a partner by who has a document, as of a day."""


@dataclass(frozen=True)
class ContractGeneration:
    """Draws contracts over the products with their clauses, the archive and the clock.

    Product and clauses are those of the moment the credit was proposed: later changes bind later proposals.
    The file is stored before it is recorded, under a name that holds its checksum: a crash in between leaves a file
    nobody refers to, and the repetition draws the same bytes under the same name, unless the borrower declared
    something else meanwhile.
    """

    products: ProductStore
    clauses: ClauseStore
    archive: Archive
    clock: Clock
    assemble: AssembleContract
    draw: DrawContract
    declared: FindDeclaration

    def carry_out(self, stored: StoredCredit, step: Step) -> Change | None:
        """Generate the contract of a credit that waits for one; a credit that moved on needs none.

        One whose release date has gone by unsigned is priced for today, and its contract replaces the one before.

        Raises ``Permanent`` (``unknown_product``, ``unusable_contract_data``, ``undrawable_text``) and ``Retryable``.
        """
        credit, now = stored.credit, self.clock.now()
        earlier = contracts_of(stored)
        outdated = is_outdated(credit, now)
        if credit.status is not CreditStatus.OPERATIONAL_ANALYSIS or (earlier and not outdated):
            return None
        product = self.products.find_version(credit.partner_id, credit.product_id, credit.product_version)
        if product is None:
            raise Permanent("the credit's product is not known", code="unknown_product")
        own = self.clauses.find_at(credit.partner_id, credit.product_id, credit.created_at)
        terms = renew_terms(credit, product, now) if outdated else credit.terms
        issued_at = now if outdated else _approved_at(stored)
        exposure = self.declared(credit.partner_id, Cpf(credit.cpf), local_date(issued_at))
        data = self.assemble(replace(credit, terms=terms), product, issued_at, own.clauses, exposure)
        pdf = self.draw(data)
        checksum = checksum_of(pdf)
        file = file_name(credit, "contracts", checksum)
        self.archive.put_once(file, pdf)
        contract = StoredContract(
            checksum=checksum,
            size=len(pdf),
            file=file,
            content_hash=data.content_hash,
            generated_at=now,
            template=product.contract_template,
            product_version=product.version,
            clauses_version=own.version,
        )
        if earlier:
            day = terms.release_date.isoformat()
            moved = move_credit(credit, CreditEvent.CONTRACT_RENEWED, now, WHO, day, terms=terms)
        else:
            moved = amend_credit(credit, "contract_generated", now, WHO, has_contracts=True, terms=terms)
        return Change(
            credits=[moved],
            rows=[
                RowPut(credit.owner, contract.row(), {"checksum": earlier[0].checksum} if earlier else ABSENT),
                *(RowPut(credit.owner, each, ABSENT) for each in replaced_rows(stored, earlier)),
            ],
            steps=[owe_notice(credit, now), *renewal_due(credit, terms, now)],
            done=[step],
        )


def _approved_at(stored: StoredCredit) -> datetime:
    approvals = [entry.at for entry in stored.history if entry.event == CreditEvent.APPROVED]
    return approvals[-1] if approvals else stored.credit.updated_at
