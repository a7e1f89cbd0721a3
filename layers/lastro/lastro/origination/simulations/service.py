"""Simulating a credit: priced by a product's rules, kept as an offer when asked to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from lastro.attempt import Attempt
from lastro.calendar import Clock, add_months, format_moment
from lastro.caller import Caller
from lastro.errors import Conflict
from lastro.finance.iof import PrincipalSharing
from lastro.money import MonthlyRate
from lastro.origination.model import AskedCredit
from lastro.origination.ports import KeptOffer
from lastro.origination.pricing import Grace, LoanTerms, PricedLoan, price_loan
from lastro.origination.products.model import Product
from lastro.origination.products.service import product_not_found
from lastro.origination.quotation import terms_of
from lastro.origination.simulations.legacy_views import LegacySimulation, show_legacy
from lastro.origination.simulations.ports import Offer, OfferBook, ProductLookup
from lastro.origination.simulations.requests import SimulateCcb, SimulateCredit
from lastro.origination.simulations.views import show_simulation


@dataclass(frozen=True, slots=True)
class CreditSimulations:
    """Simulations over the partner's products, the offers, the clock and random ids."""

    products: ProductLookup
    offers: OfferBook
    clock: Clock
    new_id: Callable[[], UUID]

    def simulate(self, request: SimulateCredit, caller: Caller) -> str:
        """Price a credit; with ``only_simulation: false`` keep it as an offer, once for an ``Idempotency-Key``.

        Raises ``NotFound`` ``product_not_found``, what ``Product.price`` raises, and ``Conflict`` for a key used with
        another request or being worked.
        """
        now = self.clock.now()
        attempt = None
        trace = None
        if not request.only_simulation:
            canonical = request.model_dump_json(exclude={"idempotency_key"})
            attempt = Attempt.of(f"offers#{caller.partner_id}", request.idempotency_key, canonical)
            first, trace = self.offers.find_answer(attempt, now)
            if first is not None:
                return first
        product = self._require(caller, request.product_id)
        asked = AskedCredit(
            net=request.value,
            fee=product.cad_value if request.cad_value is None else request.cad_value,
            installments=request.installments,
            monthly_rate=str(request.monthly_tax),
            release_date=request.release_date,
            first_due_date=request.due_date,
        )
        loan = product.price(asked, request.person_type.borrower)
        offer_id = self.new_id().hex
        valid_until = format_moment(now + timedelta(days=product.offer_days))
        answer = show_simulation(
            loan,
            product_id=product.id,
            offer_id=offer_id,
            valid_until=valid_until,
            only_simulation=request.only_simulation,
        ).model_dump_json()
        if request.only_simulation:
            return answer
        kept = KeptOffer(offer_id, product.id, request.tax_number, valid_until, terms_of(loan, offer_id))
        offer = Offer(kept, caller.partner_id, product.version, format_moment(now))
        if self.offers.put_offer(offer, attempt, answer, trace, now):
            return answer
        return self._repeat(attempt, now)

    def simulate_legacy(self, request: SimulateCcb, caller: Caller) -> LegacySimulation:
        """Price a credit by the legacy engine's conventions: equal shares of principal for the IOF, simple grace.

        With a product its bounds apply. Raises as :meth:`simulate`.
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
        else:
            terms = LoanTerms(
                net=request.value,
                fee=fee,
                insurance=0,
                rate=MonthlyRate.from_percent(Decimal(request.monthly_tax)),
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
            raise product_not_found(product_id)
        return found

    def _repeat(self, attempt: Attempt | None, now: datetime) -> str:
        first, _ = self.offers.find_answer(attempt, now)
        if first is None:
            raise Conflict("A request with the same Idempotency-Key is being handled; repeat it.", code="in_progress")
        return first


def _grace_days(loan: PricedLoan) -> int:
    terms = loan.terms
    return max((terms.first_due_date - add_months(terms.release_date, 1)).days, 0)
