"""The step ``analyze`` of a credit: its checks, and the status each result leads to.

What needs no documents is checked first, so that nobody who will be denied is asked for any; the bureau is asked last
of these, only about who passed so far. One call of :meth:`ProposalAnalysis.next_change` is one status further.
"""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from typing import TYPE_CHECKING

from lastro.kernel.calendar import Clock, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cpf
from lastro.kernel.errors import BusinessRefusal, Permanent, Retryable
from lastro.origination.analysis.checks import (
    AgeLimits,
    CheckOutcome,
    CheckReason,
    CheckResult,
    check_documents,
    check_external_data,
    check_identity_and_age,
    check_income_commitment,
    check_product_eligibility,
    external_data_skipped,
    external_data_unavailable,
    reasons_of,
)
from lastro.origination.analysis.commitment import prior_installments
from lastro.origination.analysis.following import with_process
from lastro.origination.analysis.outcome import check_fields
from lastro.origination.analysis.ports import DataRequest
from lastro.origination.errors import OUT_OF_BOUNDS
from lastro.origination.processes.changes import Change, Row, RowPut, StoredCredit
from lastro.origination.processes.model import AskedCredit, Credit, Step, StepName, move_credit
from lastro.origination.processes.statuses import CreditEvent, CreditStatus
from lastro.origination.processes.steps import owe, owe_notice
from lastro.origination.products.model import Eligibility, Product

if TYPE_CHECKING:
    from lastro.origination.analysis.bureau_data import BureauData
    from lastro.origination.processes.store import OriginationStore
    from lastro.origination.products.catalogue import Catalogue

WHO = "analyze_proposal"


@dataclass(frozen=True)
class ProposalAnalysis:
    """Analyses credits over the store, the products, external data and the clock."""

    store: OriginationStore
    products: Catalogue
    external: BureauData
    clock: Clock

    async def next_change(self, stored: StoredCredit, step: Step, *, last_attempt: bool) -> Change | None:
        """The next status of a credit with all that goes with it; ``None`` when it is not ours to move.

        The change that leaves nothing more to do completes ``step``. Raises ``Retryable`` when the bureau cannot answer
        now and ``last_attempt`` is false.
        """
        credit, now = stored.credit, self.clock.now()
        match credit.status:
            case CreditStatus.PRE_PROCESSING:
                results = await self._check(stored, now, last_attempt=last_attempt)
                return await asyncio.to_thread(self._pre_approve, credit, results, step, now)
            case CreditStatus.PRE_APPROVED:
                return _ask_for_documents(credit, step, now)
            case CreditStatus.DOCUMENT_ANALYSIS:
                return await asyncio.to_thread(self._conclude, credit, step, now)
        return None

    async def _check(self, stored: StoredCredit, now: datetime, *, last_attempt: bool) -> list[CheckResult]:
        credit = stored.credit
        product, others = await asyncio.gather(
            asyncio.to_thread(self.products.find_product, credit.partner_id, credit.product_id),
            asyncio.to_thread(self._owed_by_others, credit),
        )
        if product is None:
            return [check_product_eligibility([CheckReason.UNKNOWN_PRODUCT])]
        rules = product.eligibility
        results = [
            check_identity_and_age(
                credit.cpf,
                date.fromisoformat(credit.borrower["signup"]["birthday"]),
                local_date(now),
                AgeLimits(rules.minimum_age, rules.maximum_age),
                until=credit.terms.due_days[-1],
            ),
            check_product_eligibility(_refusals(product, credit)),
            check_income_commitment(
                credit.terms.installment_value,
                others,
                credit.borrower["proposal"]["business"].get("income"),
                rules.maximum_income_commitment,
            ),
        ]
        if not rules.external_data:
            return [*results, external_data_skipped()]
        if reasons_of(results, CheckOutcome.FAILED):
            return results
        return [*results, await self._inquire(stored, rules, last_attempt=last_attempt)]

    async def _inquire(self, stored: StoredCredit, rules: Eligibility, *, last_attempt: bool) -> CheckResult:
        credit = stored.credit
        request = DataRequest(
            key=credit.csn,
            partner_id=credit.partner_id,
            cpf=Cpf(credit.cpf),
            process_id=credit.process_id,
            requested_by=stored.history[0].who,
            branch_id=rules.bureau_branch_id,
            report=rules.bureau_report,
        )
        try:
            facts = await self.external.inquire(request)
        except Permanent as error:
            return external_data_unavailable(error.code)
        except Retryable as error:
            if not last_attempt:
                raise
            return external_data_unavailable(error.code)
        return check_external_data(facts)

    def _owed_by_others(self, credit: Credit) -> int:
        """Instalments a month of the person's other credits: those signed, and those proposed before this one."""
        process = self.store.find_process(credit.process_id)
        return prior_installments(self.store.find_credits(process.process.credits), credit) if process else 0

    def _pre_approve(self, credit: Credit, results: list[CheckResult], step: Step, now: datetime) -> Change | None:
        failed = reasons_of(results, CheckOutcome.FAILED)
        flagged = reasons_of(results, CheckOutcome.FLAGGED)
        event = CreditEvent.DENIED if failed else CreditEvent.PRE_APPROVED
        moved, entry = move_credit(credit, event, now, WHO, ", ".join(failed or flagged), reasons=failed or flagged)
        change = Change(
            credits=[(moved, entry)],
            rows=[_row(credit, result, now) for result in results],
            done=[step] if failed else [],
        )
        return with_process(self.store, moved, change, now, WHO)

    def _conclude(self, credit: Credit, step: Step, now: datetime) -> Change | None:
        rows = [_row(credit, check_documents(credit.owed_documents), now)]
        if credit.reasons:
            moved = move_credit(credit, CreditEvent.FLAGGED, now, WHO, ", ".join(credit.reasons))
            return Change(credits=[moved], rows=rows, steps=[owe_notice(credit, now)], done=[step])
        approved = move_credit(credit, CreditEvent.APPROVED, now, WHO)
        steps = [owe(credit, StepName.GENERATE_CONTRACT, now), owe_notice(credit, now)]
        return Change(credits=[approved], rows=rows, steps=steps, done=[step])


def _ask_for_documents(credit: Credit, step: Step, now: datetime) -> Change:
    result = check_documents(credit.owed_documents)
    owing = result.outcome is CheckOutcome.OWED
    event = CreditEvent.DOCUMENTS_REQUESTED if owing else CreditEvent.DOCUMENTS_COMPLETED
    return Change(
        credits=[move_credit(credit, event, now, WHO, ", ".join(result.reasons))],
        rows=[_row(credit, result, now)],
        steps=[owe_notice(credit, now)],
        done=[step] if owing else [],
    )


def _refusals(product: Product, credit: Credit) -> list[str]:
    """What the product refuses of the terms. A kept offer binds whoever made it (CDC art. 30), so nothing of one."""
    terms = credit.terms
    if terms.offer_id:
        return []
    asked = AskedCredit(
        net=terms.net,
        fee=terms.fee,
        installments=terms.installments,
        monthly_rate=terms.monthly_rate,
        release_date=terms.release_date,
        first_due_date=terms.first_due_date,
    )
    try:
        product.check(asked, terms.borrower_class)
    except BusinessRefusal as refusal:
        if refusal.code != OUT_OF_BOUNDS.code:
            return [refusal.code]
        return [f"{error.field}_{error.rule}" for error in refusal.errors]
    return []


def _row(credit: Credit, result: CheckResult, now: datetime) -> RowPut:
    return RowPut(credit.owner, Row(f"CHECK#{result.name}", check_fields(result, now)))
