"""A credit product: what a partner may lend, to whom, at what price, and what its contract says. Pure.

Amounts are cents, rates and commitments percent as ``Decimal``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Generic, TypeVar

from lastro.finance.iof import BorrowerClass
from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import BusinessRefusal, FieldError
from lastro.kernel.money import EXACT, MonthlyRate, round_cents
from lastro.origination.errors import (
    ABOVE_MAXIMUM,
    ADDRESS_MISSING,
    BELOW_MINIMUM,
    BORROWER_NOT_SERVED,
    EMAIL_MISSING,
    FINE_ABOVE_LIMIT,
    INTEREST_ABOVE_LIMIT,
    NOT_A_CAAS_PRODUCT,
    OMBUDSMAN_MISSING,
    OUT_OF_BOUNDS,
    PRODUCT_INACTIVE,
    PRODUCT_INCOMPLETE,
)
from lastro.origination.pricing.costs import LoanTerms, PricedLoan, price_loan
from lastro.origination.pricing.inversion import Wanted, find_net
from lastro.origination.pricing.quotation import terms_of
from lastro.origination.processes.model import AskedCredit, Terms
from lastro.origination.products.words import DocumentType, ProductType

Amount = TypeVar("Amount", int, Decimal)

MIN_OFFER_DAYS = 2
"""Days an offer stands at least (CDC art. 54-B, II)."""

MAX_INSTALLMENTS = 480
"""Monthly instalments of the longest credit: forty years."""

MAX_LATE_FINE = Decimal(2)
"""Percent of a late instalment (CDC art. 52 §1)."""

MAX_LATE_INTEREST = Decimal(1)
"""Percent a month of default interest (Súmula 379 STJ)."""


@dataclass(frozen=True)
class Range(Generic[Amount]):
    """Both ends belong to it."""

    minimum: Amount
    maximum: Amount


@dataclass(frozen=True)
class Bounds:
    """Within which a credit may be asked for. ``monthly_tax`` in percent; ``first_due_days`` calendar days from the
    release to the first instalment.
    """

    value: Range[int]
    installments: Range[int]
    monthly_tax: Range[Decimal]
    cad_value: Range[int]
    first_due_days: Range[int]


@dataclass(frozen=True)
class Eligibility:
    """Who may borrow. ``maximum_income_commitment``: percent of the income an instalment may take.

    ``external_data``: whether a bureau is asked, with the integration of the branch
    ``bureau_branch_id`` (``None``: the partner's only one) for ``bureau_report`` (``None``: the integration's first).
    """

    minimum_age: int
    maximum_age: int
    maximum_income_commitment: Decimal
    documents: tuple[DocumentType, ...]
    external_data: bool
    bureau_branch_id: int | None = None
    bureau_report: str | None = None


@dataclass(frozen=True)
class Issuer:
    """The institution that lends: the creditor of the CCB. ``city`` and ``state`` are where it is issued.

    ``email`` or ``site`` is how a customer reaches it electronically (CDC art. 54-B, IV). Empty texts: not given.
    """

    name: str
    cnpj: Cnpj
    address: str
    city: str
    state: str
    ombudsman: str
    email: str = ""
    site: str = ""


@dataclass(frozen=True)
class LatePayment:
    """What a late instalment costs: percent of it once, and percent a month."""

    fine: Decimal
    interest: Decimal


@dataclass(frozen=True)
class Product:
    """One version of a product. ``insurance`` is percent of the amount released; ``cad_value`` the fee when none is
    asked for.
    """

    id: int
    partner_id: str
    version: int
    type: ProductType
    name: str
    active: bool
    logo: str | None
    bounds: Bounds
    cad_value: int
    insurance: Decimal
    grace: Grace
    borrowers: tuple[BorrowerClass, ...]
    eligibility: Eligibility
    issuer: Issuer
    contract_template: str
    late_payment: LatePayment
    offer_days: int
    created_at: datetime
    updated_at: datetime
    day_count: DayCount = DayCount.MONTHLY
    amortization: Amortization = Amortization.PRICE
    due_day_rule: DueDayRule = DueDayRule.SAME_DAY

    @property
    def creditor(self) -> str:
        """Root of the issuer's CNPJ, which all its establishments share."""
        return self.issuer.cnpj.value[:8]

    def faults(self) -> list[FieldError]:
        """What keeps a product from making contracts: what an offer must say, and what the law does not allow.

        Empty for one that makes none, because of its type or because it is switched off.
        """
        return list(self._faults()) if self.active and self.type is ProductType.CAAS else []

    def _faults(self) -> Iterator[FieldError]:
        issuer, late = self.issuer, self.late_payment
        if not issuer.address:
            yield ADDRESS_MISSING.at("issuer.address")
        if not (issuer.email or issuer.site):
            yield EMAIL_MISSING.at("issuer.email")
        if not issuer.ombudsman:
            yield OMBUDSMAN_MISSING.at("issuer.ombudsman")
        if late.fine > MAX_LATE_FINE:
            yield FINE_ABOVE_LIMIT.at("late_payment.fine", most=MAX_LATE_FINE)
        if late.interest > MAX_LATE_INTEREST:
            yield INTEREST_ABOVE_LIMIT.at("late_payment.interest", most=MAX_LATE_INTEREST)

    @property
    def required_documents(self) -> tuple[DocumentType, ...]:
        """The documents a proposal owes."""
        return self.eligibility.documents

    def price(self, asked: AskedCredit, borrower: BorrowerClass) -> PricedLoan:
        """Price a credit of this product.

        Raises ``BusinessRefusal``: ``not_a_caas_product``, ``product_inactive``, ``product_incomplete`` (see
        :meth:`faults`), ``borrower_not_served``, ``out_of_bounds`` (every bound that is not kept, in ``errors``) and
        what :func:`price_loan` raises.
        """
        self.check(asked, borrower)
        return price_loan(self.terms_for(asked, borrower))

    def invert(self, asked: AskedCredit, wanted: Wanted, borrower: BorrowerClass) -> AskedCredit:
        """The credit with the largest amount released whose instalment or gross amount does not exceed ``wanted``.

        Raises what :meth:`price` raises of a credit whatever its amount, and what :func:`find_net` raises.
        """
        self.check(replace(asked, net=self.bounds.value.minimum), borrower)
        return replace(asked, net=find_net(wanted, lambda net: self.terms_for(replace(asked, net=net), borrower)))

    def quote(self, asked: AskedCredit) -> Terms:
        """Terms for a natural person. Raises what :meth:`price` raises."""
        return terms_of(self.price(asked, BorrowerClass.NATURAL_PERSON))

    def check(self, asked: AskedCredit, borrower: BorrowerClass) -> None:
        """Raises ``BusinessRefusal`` as :meth:`price` says."""
        if self.type is not ProductType.CAAS:
            raise NOT_A_CAAS_PRODUCT.at("product_id", product=self.id, type=self.type)
        if not self.active:
            raise PRODUCT_INACTIVE.at("product_id", product=self.id)
        faults = self.faults()
        if faults:
            text = " ".join(fault.message for fault in faults)
            raise PRODUCT_INCOMPLETE.at("product_id", product=self.id, faults=text)
        if borrower not in self.borrowers:
            raise BORROWER_NOT_SERVED()
        broken = list(self._broken_bounds(asked))
        if broken:
            text = OUT_OF_BOUNDS.say(faults=" ".join(error.message for error in broken))
            raise BusinessRefusal(text, code=OUT_OF_BOUNDS.code, errors=broken)

    def _broken_bounds(self, asked: AskedCredit) -> Iterator[FieldError]:
        bounds = self.bounds
        days = (asked.first_due_date - asked.release_date).days
        yield from _outside("value", asked.net, bounds.value, _spell_reais)
        yield from _outside("installments", asked.installments, bounds.installments, str)
        yield from _outside("monthly_tax", Decimal(asked.monthly_rate), bounds.monthly_tax, _spell_percent)
        if not asked.fee_waived:
            yield from _outside("cad_value", asked.fee, bounds.cad_value, _spell_reais)
        # A first instalment on or before the release is another fault, which the pricing names.
        if days > 0:
            yield from _outside("due_date", days, bounds.first_due_days, _spell_days)

    def terms_for(self, asked: AskedCredit, borrower: BorrowerClass) -> LoanTerms:
        """What is asked for with what the product adds; checks nothing."""
        with localcontext(EXACT):
            insurance = round_cents(asked.net * self.insurance / 100)
        return LoanTerms(
            net=asked.net,
            fee=asked.fee,
            insurance=insurance,
            rate=MonthlyRate.from_percent(asked.monthly_rate),
            installments=asked.installments,
            release_date=asked.release_date,
            first_due_date=asked.first_due_date,
            borrower=borrower,
            grace=self.grace,
            day_count=self.day_count,
            amortization=self.amortization,
            due_day_rule=self.due_day_rule,
        )


def _outside(field: str, asked: Amount, allowed: Range[Amount], spell: Callable[[Amount], str]) -> Iterator[FieldError]:
    if asked < allowed.minimum:
        yield BELOW_MINIMUM.at(field, name=field, bound=spell(allowed.minimum))
    elif asked > allowed.maximum:
        yield ABOVE_MAXIMUM.at(field, name=field, bound=spell(allowed.maximum))


_MARKS = str.maketrans(",.", ".,")


def _spell_reais(cents: int) -> str:
    return "R$ " + f"{Decimal(cents).scaleb(-2):,}".translate(_MARKS)


def _spell_percent(percent: Decimal) -> str:
    return f"{percent} % ao mês".replace(".", ",")


def _spell_days(days: int) -> str:
    return f"{days} dias depois de release_date"
