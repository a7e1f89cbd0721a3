"""Simulating a credit: priced by a product's rules, kept as an offer when asked to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from lastro.kernel.calendar import Clock, end_of_day, format_moment, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import IN_PROGRESS, InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.origination.errors import DIFFERS_FROM_DOCUMENT, PRODUCT_NOT_FOUND
from lastro.origination.pricing.quotation import terms_of
from lastro.origination.processes.model import AskedCredit
from lastro.origination.products.model import Product
from lastro.origination.products.words import PersonType
from lastro.origination.proposals.relationships import charge_fee, is_fee_open
from lastro.origination.quotes.model import KeptOffer, Offer
from lastro.origination.quotes.requests import SimulateCredit
from lastro.origination.quotes.views import show_simulation

if TYPE_CHECKING:
    from lastro.origination.processes.store import OriginationStore
    from lastro.origination.products.store import ProductStore
    from lastro.origination.quotes.store import OfferStore

CPF_DIGITS = 11


@dataclass(frozen=True)
class CreditSimulations:
    """The CaaS simulation over the partner's products, the offers, the clock, random ids and people's credits."""

    products: ProductStore
    offers: OfferStore
    clock: Clock
    new_id: Callable[[], UUID]
    relationships: OriginationStore

    def simulate(self, request: SimulateCredit, caller: Caller) -> str:
        """Price a credit; with ``only_simulation: false`` keep it as an offer, once for an ``Idempotency-Key``.

        Where not the amount released but the instalment or the gross amount is asked for, the amount is found first.
        Raises ``NotFound`` ``product_not_found``, ``InvalidInput`` for a person that the document is not of, what
        ``Product.price`` raises, ``BusinessRefusal`` ``registration_fee_charged`` and ``Conflict`` for a key used with
        another request or being worked.
        """
        keyed = None
        if not request.only_simulation:
            canonical = request.model_dump_json(exclude={"idempotency_key"})
            keyed = KeyedRequest.of(f"offers#{caller.holder}", request.idempotency_key, canonical)
        return until_committed(lambda: self._simulate_once(request, keyed, caller), IN_PROGRESS)

    def _simulate_once(self, request: SimulateCredit, keyed: KeyedRequest | None, caller: Caller) -> str | None:
        wanted = request.wanted
        now = self.clock.now()
        first = self.offers.find_answer(keyed, now)
        if first is not None:
            return first
        product = self.products.find(caller.partner_id, request.product_id)
        if product is None:
            raise PRODUCT_NOT_FOUND(product=request.product_id)
        _check_person(request.person_type, request.tax_number)
        is_fee_open = self._is_fee_open(product, request.tax_number)
        asked = AskedCredit(
            net=request.value or 0,
            fee=charge_fee(request.cad_value, product.cad_value, is_open=is_fee_open),
            installments=request.installments,
            monthly_rate=str(request.monthly_tax),
            release_date=request.release_date,
            first_due_date=request.due_date,
            fee_waived=not is_fee_open,
        )
        borrower = request.person_type.borrower
        if wanted:
            asked = product.invert(asked, wanted, borrower)
        loan = product.price(asked, borrower)
        offer_id = None if request.only_simulation else self.new_id().hex
        valid_until = end_of_day(local_date(now) + timedelta(days=product.offer_days))
        answer = show_simulation(
            loan,
            product_id=product.id,
            offer_id=offer_id,
            valid_until=format_moment(valid_until),
            only_simulation=request.only_simulation,
        ).model_dump_json()
        if offer_id is None:
            return answer
        kept = KeptOffer(
            id=offer_id,
            product_id=product.id,
            product_version=product.version,
            tax_number=request.tax_number,
            created_at=now,
            valid_until=valid_until,
            terms=terms_of(loan, offer_id),
            store_id=caller.optional_store,
        )
        kept_too = Answered.to(keyed, answer, now)
        return answer if self.offers.put_offer(Offer(kept, caller.partner_id), kept_too) else None

    def _is_fee_open(self, product: Product, tax_number: str) -> bool:
        if product.bounds.cad_value.maximum == 0:
            return True
        known = self.relationships.find_relationship(product.partner_id, product.creditor, tax_number)
        return is_fee_open(self.relationships.find_credits(known.csns))


def _check_person(person: PersonType, tax_number: str) -> None:
    """A CPF is a natural person's, a CNPJ any company's: what decides the tax must be true of who is named."""
    if (person is PersonType.PF) is not (len(tax_number) == CPF_DIGITS):
        raise InvalidInput([DIFFERS_FROM_DOCUMENT.at("person_type")])
