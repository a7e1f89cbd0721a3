"""Simulating a credit: priced by a product's rules, kept as an offer when asked to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lastro.attempt import Attempt
from lastro.calendar import Clock, format_moment
from lastro.caller import Caller
from lastro.errors import Conflict
from lastro.origination.model import AskedCredit
from lastro.origination.ports import KeptOffer
from lastro.origination.products.model import product_not_found
from lastro.origination.quotation import terms_of
from lastro.origination.simulations.ports import Offer, OfferBook, ProductLookup
from lastro.origination.simulations.requests import SimulateCredit
from lastro.origination.simulations.views import show_simulation


@dataclass(frozen=True, slots=True)
class CreditSimulations:
    """The CaaS simulation over the partner's products, the offers, the clock and random ids."""

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
        product = self.products.find(caller.partner_id, request.product_id)
        if product is None:
            raise product_not_found(request.product_id)
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
        kept = KeptOffer(
            id=offer_id,
            product_id=product.id,
            product_version=product.version,
            tax_number=request.tax_number,
            created_at=format_moment(now),
            valid_until=valid_until,
            terms=terms_of(loan, offer_id),
        )
        if self.offers.put_offer(Offer(kept, caller.partner_id), attempt, answer, trace, now):
            return answer
        return self._repeat(attempt, now)

    def _repeat(self, attempt: Attempt | None, now: datetime) -> str:
        first, _ = self.offers.find_answer(attempt, now)
        if first is None:
            raise Conflict("A request with the same Idempotency-Key is being handled; repeat it.", code="in_progress")
        return first
