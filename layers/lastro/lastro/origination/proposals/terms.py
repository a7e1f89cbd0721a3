"""From what a proposal asks to the terms of its credits: of a product, or of a kept offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic.alias_generators import to_camel

from lastro.finance.iof import BorrowerClass
from lastro.kernel.calendar import is_past, local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import BusinessRefusal, Conflict, FieldError, InvalidInput, NotFound
from lastro.origination.errors import (
    AMBIGUOUS_PRODUCT,
    DIFFERS_FROM_OFFER,
    FEE_CHARGED,
    NO_SUCH_PRODUCT,
    OFFER_DIFFERS,
    OFFER_EXPIRED,
    OFFER_OF_COMPANY,
    OFFERED_TO_COMPANY,
    RELEASE_DATE_PASSED,
    TERMS_MISSING,
    UNKNOWN_OFFER,
)
from lastro.origination.processes.model import AskedCredit, Terms
from lastro.origination.proposals.fees import RegistrationFees
from lastro.origination.proposals.relationships import charge_fee
from lastro.origination.proposals.requests import ProposedProduct
from lastro.origination.quotes.model import KeptOffer

if TYPE_CHECKING:
    from lastro.origination.products.catalogue import Catalogue
    from lastro.origination.products.model import Product


@dataclass(frozen=True)
class Quoted:
    """A product with the terms it grants."""

    product: Product
    terms: Terms


@dataclass(frozen=True)
class Quotation:
    """Finds the terms of proposed products in a catalogue."""

    catalogue: Catalogue

    def quote(
        self, caller: Caller, products: Sequence[ProposedProduct], fees: RegistrationFees, now: datetime
    ) -> list[Quoted]:
        """Each product and its terms: those of the day for a product, those it made for an offer, which binds until
        it lapses whatever became of the product since (CDC art. 30). ``fees`` tells whose registration fee is due.

        Raises ``NotFound`` (``product_not_found``, ``unknown_offer``), ``Conflict`` ``offer_expired``,
        ``InvalidInput`` where no product is named and several could be meant, and ``BusinessRefusal``
        (``offer_mismatch``, ``release_date_passed``, ``registration_fee_charged``, and what the product itself
        refuses), whose ``errors`` say which of the products it is about.
        """
        found = []
        for position, asked in enumerate(products):
            place = f"products.{position}"
            try:
                quoted = self._quote(caller, asked, fees, place, now)
            except BusinessRefusal as error:
                raise _placed(error, place) from error
            except (NotFound, Conflict) as error:
                # These families name no fields: the text says which of the products it is about.
                raise type(error)(f"{place}: {error.detail}", code=error.code) from error
            fees.note(quoted.product.creditor, quoted.terms.fee)
            found.append(quoted)
        return found

    def _quote(
        self, caller: Caller, asked: ProposedProduct, fees: RegistrationFees, place: str, now: datetime
    ) -> Quoted:
        if asked.offer_id is None:
            product = self._find_product(caller.partner_id, asked.product_id, place)
            terms = product.quote(_asked_credit(asked, product, is_fee_open=fees.is_open(product.creditor)))
            quoted_on = now
        else:
            offer = self._find_offer(caller, fees.cpf, asked, now)
            product = self._find_offered(caller.partner_id, offer)
            if offer.terms.fee and not fees.is_open(product.creditor):
                raise FEE_CHARGED.at("offer_id")
            terms, quoted_on = replace(offer.terms, offer_id=offer.id), offer.created_at
        if terms.release_date < local_date(quoted_on):
            raise RELEASE_DATE_PASSED.at("release_date" if asked.offer_id is None else "offer_id")
        return Quoted(product, terms)

    def _find_product(self, partner_id: str, product_id: int | None, place: str) -> Product:
        """The product named; where none is, the only one that could be meant."""
        found = [self.catalogue.find(partner_id, product_id)] if product_id else self.catalogue.find_only(partner_id)
        if len(found) > 1:
            raise InvalidInput([AMBIGUOUS_PRODUCT.at(f"{place}.productId")])
        product = found[0] if found else None
        if product is None:
            raise NO_SUCH_PRODUCT()
        return product

    def _find_offered(self, partner_id: str, offer: KeptOffer) -> Product:
        product = self.catalogue.find_version(partner_id, offer.product_id, offer.product_version)
        if product is None:
            raise NO_SUCH_PRODUCT()
        return product

    def _find_offer(self, caller: Caller, cpf: str, asked: ProposedProduct, now: datetime) -> KeptOffer:
        offer = self.catalogue.find_offer(caller.partner_id, asked.offer_id or "")
        if offer is None or offer.tax_number != cpf or not caller.sees(offer.store_id):
            raise UNKNOWN_OFFER()
        if is_past(offer.valid_until, now):
            raise OFFER_EXPIRED()
        if offer.terms.borrower_class is not BorrowerClass.NATURAL_PERSON:
            errors = [OFFERED_TO_COMPANY.at("offerId")]
            raise BusinessRefusal(OFFER_OF_COMPANY.say(), code=OFFER_OF_COMPANY.code, errors=errors)
        different = _differences(offer, asked)
        if different:
            raise BusinessRefusal(OFFER_DIFFERS.say(), code=OFFER_DIFFERS.code, errors=different)
        return offer


def _placed(error: BusinessRefusal, place: str) -> BusinessRefusal:
    """The refusal with its fields as the proposal spells them; the whole product where it is about none of them."""
    fields = [FieldError(f"{place}.{to_camel(each.field)}", each.rule, each.message) for each in error.errors]
    return BusinessRefusal(
        error.detail, code=error.code, errors=fields or [FieldError(place, error.code, error.detail)]
    )


def _asked_credit(asked: ProposedProduct, product: Product, *, is_fee_open: bool) -> AskedCredit:
    if (
        asked.value is None
        or asked.installments is None
        or asked.monthly_tax is None
        or asked.release_date is None
        or asked.due_date is None
    ):
        raise InvalidInput([TERMS_MISSING.at("products")])
    return AskedCredit(
        net=asked.value,
        fee=charge_fee(asked.cad_value, product.cad_value, is_open=is_fee_open),
        installments=asked.installments,
        monthly_rate=f"{asked.monthly_tax:f}",
        release_date=asked.release_date,
        first_due_date=asked.due_date,
        fee_waived=not is_fee_open,
    )


def _differences(offer: KeptOffer, asked: ProposedProduct) -> list[FieldError]:
    terms = offer.terms
    pairs = {
        "productId": (asked.product_id, offer.product_id),
        "value": (asked.value, terms.net),
        "installments": (asked.installments, terms.installments),
        "monthlyTax": (asked.monthly_tax, Decimal(terms.monthly_rate)),
        "cadValue": (asked.cad_value, terms.fee),
        "releaseDate": (asked.release_date, terms.release_date),
        "dueDate": (asked.due_date, terms.first_due_date),
    }
    return [
        DIFFERS_FROM_OFFER.at(name, name=name)
        for name, (sent, kept) in pairs.items()
        if sent is not None and sent != kept
    ]
