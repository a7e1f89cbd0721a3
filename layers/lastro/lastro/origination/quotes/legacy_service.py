"""Simulating a credit by the legacy engine's conventions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.finance.iof import PrincipalSharing
from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.calendar import add_months
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.money import MonthlyRate
from lastro.origination.errors import NOT_A_LEGACY_PRODUCT, PRODUCT_NOT_FOUND
from lastro.origination.pricing.costs import LoanTerms, PricedLoan, price_loan
from lastro.origination.processes.model import AskedCredit
from lastro.origination.products.model import Product
from lastro.origination.quotes.legacy_requests import SimulateCcb
from lastro.origination.quotes.legacy_views import LegacySimulation, show_legacy

if TYPE_CHECKING:
    from lastro.origination.products.store import ProductStore


@dataclass(frozen=True)
class LegacySimulations:
    """The legacy simulation over the partner's products."""

    products: ProductStore

    def simulate(self, request: SimulateCcb, caller: Caller) -> LegacySimulation:
        """Price a credit by the legacy engine's conventions: equal shares of principal for the IOF, simple grace.

        With a product its bounds apply. Raises ``NotFound`` ``product_not_found``, what ``Product.price`` raises, and
        ``BusinessRefusal`` ``not_a_legacy_product`` for one whose figures that engine cannot give.
        """
        borrower = request.person_type.borrower
        product = None if request.product_id is None else self._require(caller, request.product_id)
        fee = request.cad_value
        if fee is None:
            fee = product.cad_value if product else 0
        if product:
            asked = AskedCredit(
                net=request.value,
                fee=fee,
                installments=request.installments,
                monthly_rate=str(request.monthly_tax),
                release_date=request.release_date,
                first_due_date=request.due_date,
            )
            product.check(asked, borrower)
            terms = product.terms_for(asked, borrower)
            _check_drawable(terms)
        else:
            terms = LoanTerms(
                net=request.value,
                fee=fee,
                insurance=0,
                rate=MonthlyRate.from_percent(request.monthly_tax),
                installments=request.installments,
                release_date=request.release_date,
                first_due_date=request.due_date,
                borrower=borrower,
            )
        loan = price_loan(replace(terms, sharing=PrincipalSharing.EQUAL, grace=Grace.SIMPLE))
        return show_legacy(loan, product_id=product.id if product else None, grace_days=_grace_days(loan))

    def _require(self, caller: Caller, product_id: int) -> Product:
        found = self.products.find(caller.partner_id, product_id)
        if found is None:
            raise PRODUCT_NOT_FOUND(product=product_id)
        return found


def _check_drawable(terms: LoanTerms) -> None:
    rules = terms.day_count, terms.amortization, terms.due_day_rule
    if rules != (DayCount.MONTHLY, Amortization.PRICE, DueDayRule.SAME_DAY):
        raise NOT_A_LEGACY_PRODUCT()


def _grace_days(loan: PricedLoan) -> int:
    terms = loan.terms
    return max((terms.first_due_date - add_months(terms.release_date, 1)).days, 0)
