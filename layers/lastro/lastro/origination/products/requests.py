"""What a partner sends about products. Unknown fields are ignored."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from lastro.finance.repayment import Amortization, DayCount
from lastro.kernel.business_days import DueDayRule
from lastro.origination.errors import DEFAULT_OUT_OF_RANGE, MIN_ABOVE_MAX, UNKNOWN_TEMPLATE, WRONG_SITE
from lastro.origination.pricing.costs import Grace
from lastro.origination.pricing.inputs import AskedFee, AskedPercent, AskedReais
from lastro.origination.products.model import (
    MAX_INSTALLMENTS,
    MAX_LATE_FINE,
    MAX_LATE_INTEREST,
    MIN_OFFER_DAYS,
    ProductType,
)
from lastro.origination.products.reading_requests import ProductId
from lastro.origination.products.words import DocumentType, PersonType
from lastro.origination.proposals.enumerations import Listed
from lastro.wire.addresses import HttpsUrl
from lastro.wire.amounts import Flag, InPercent, InWhole
from lastro.wire.documents import CnpjText
from lastro.wire.emails import Email
from lastro.wire.identifiers import Code, Number
from lastro.wire.objects import Patch, WireObject
from lastro.wire.places import State
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty, Read
from lastro.wire.text import Line
from lastro.wire.text import Text as Name

CONTRACT_TEMPLATES = ("ccb",)
_NATURAL_ONLY = [PersonType.PF]
_NO_DOCUMENTS: list[DocumentType] = []
_SITE = "(https?://)?([A-Za-z0-9-]{1,63}[.])+[A-Za-z]{2,63}(/[!-~]*)?"
_LONGEST_SITE = 200


def _trim(value: Any) -> Any:
    """Some clients send enum values with a space behind them."""
    return value.strip() if isinstance(value, str) else value


def _read_site(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > _LONGEST_SITE or not re.fullmatch(_SITE, text):
        raise PydanticCustomError(WRONG_SITE.rule, WRONG_SITE.text)
    return text


def _check_template(value: str) -> str:
    if value not in CONTRACT_TEMPLATES:
        raise PydanticCustomError(UNKNOWN_TEMPLATE.rule, UNKNOWN_TEMPLATE.text)
    return value


def _ordered(low: Decimal | int, high: Decimal | int) -> None:
    if low > high:
        raise PydanticCustomError(MIN_ABOVE_MAX.rule, MIN_ABOVE_MAX.text)


class AtMost(InPercent):
    """A percentage that the law bounds, by a number of one figure."""

    def describe(self) -> dict[str, Any]:
        number = {"type": "number", "minimum": 0, "maximum": self.most}
        text = {
            "type": "string",
            "pattern": rf"^([0-{self.most - 1}]([.][0-9]{{1,6}})?|{self.most}([.]0{{1,6}})?)$",
        }
        return {"anyOf": [number, text]}


Count = Annotated[int, InWhole(1, MAX_INSTALLMENTS, written=True)]
Days = Annotated[int, InWhole(1, 366, written=True)]
Age = Annotated[int, InWhole(16, 120, written=True)]
Text = Annotated[str, Line(200)] | None
Site = Annotated[
    str,
    Read(
        _read_site, {"type": "string", "maxLength": _LONGEST_SITE, "pattern": f"^{_SITE}$", "examples": ["example.com"]}
    ),
]
"""Address of a site, with or without its scheme."""


class ValueRange(WireObject):
    """Amounts the borrower may receive, both ends included."""

    min: Annotated[AskedReais, Field(description="R$", examples=[100])]
    max: Annotated[AskedReais, Field(description="R$", examples=[1000000])]

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(self.min, self.max)
        return self


class InstallmentsRange(WireObject):
    """Numbers of instalments, both ends included."""

    min: Annotated[Count, Field(description="Fewest", examples=[1])]
    max: Annotated[Count, Field(description="Most", examples=[120])]

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(self.min, self.max)
        return self


class MonthlyTaxRange(WireObject):
    """Interest rates, both ends included."""

    min: Annotated[AskedPercent, Field(description="Percent a month", examples=[0.1])]
    max: Annotated[AskedPercent, Field(description="Percent a month", examples=[10])]

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(self.min, self.max)
        return self


class CadValueRange(WireObject):
    """The registration fee: its bounds, and what it is when a request names none."""

    min: Annotated[AskedFee, Field(description="R$", examples=[0])] = 0
    max: Annotated[AskedFee, Field(description="R$", examples=[500])] = 0
    default: Annotated[AskedFee | None, Field(description="R$; left out: the minimum", examples=[0])] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(self.min, self.max)
        if self.default is not None and not self.min <= self.default <= self.max:
            raise PydanticCustomError(DEFAULT_OUT_OF_RANGE.rule, DEFAULT_OUT_OF_RANGE.text)
        return self


class FirstDueRange(WireObject):
    """Calendar days from the release to the first instalment, both ends included."""

    min: Annotated[Days, Field(description="Fewest days", examples=[1])] = 1
    max: Annotated[Days, Field(description="Most days", examples=[366])] = 60

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(self.min, self.max)
        return self


class EligibilityRules(WireObject):
    """Who may borrow."""

    minimum_age: Annotated[Age, Field(description="Full years", examples=[18])] = 18
    maximum_age: Annotated[Age, Field(description="Full years", examples=[80])] = 120
    maximum_income_commitment: Annotated[
        AskedPercent, Field(description="Percent of the income that an instalment may take", examples=[30])
    ] = Decimal(30)
    documents: Annotated[
        list[Annotated[DocumentType, Listed]],
        Field(max_length=5, description="What a proposal owes", examples=[["SELF", "IDENTITY_FRONT"]]),
    ] = _NO_DOCUMENTS
    external_data: Annotated[Flag, Field(description="Whether a credit bureau is asked about the borrower")] = False
    bureau_branch_id: Annotated[
        Number | None, Field(description="Branch whose bureau integration is asked; null: the only one", examples=[7])
    ] = None
    bureau_report: Annotated[
        Code | None,
        Field(
            description="Report asked for, of those contracted; null: the integration's first. SPC Brasil needs one",
            examples=["RELATORIO_BASICO_PF_PME"],
        ),
    ] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(self.minimum_age, self.maximum_age)
        return self


class IssuerData(WireObject):
    """The institution that lends, as the contract names it.

    An active product of type CAAS makes contracts: it needs ``address``, ``ombudsman`` and ``email`` or ``site``.
    """

    name: Annotated[Name, Field(description="Legal name", examples=["Exemplo Sociedade de Crédito Direto S.A."])]
    cnpj: CnpjText
    address: Annotated[Text, Field(description="Address", examples=["Avenida Exemplo, 100"])] = None
    city: Annotated[Name, Field(description="City of issue", examples=["São Paulo"])] = "São Paulo"
    state: Annotated[State, Field(description="State of issue")] = "SP"
    ombudsman: Annotated[Text, Field(description="How to reach the ombudsman", examples=["0800 000 0000"])] = None
    email: Annotated[Email | None, Field(description="E-mail for customers", examples=["contato@example.com"])] = None
    site: Annotated[Site | None, Field(description="Site for customers", examples=["https://example.com"])] = None


class LatePaymentRules(WireObject):
    """What a late instalment costs."""

    fine: Annotated[
        Decimal, AtMost(int(MAX_LATE_FINE)), Field(description="Percent of the instalment, once", examples=[2])
    ] = MAX_LATE_FINE
    interest: Annotated[Decimal, AtMost(int(MAX_LATE_INTEREST)), Field(description="Percent a month", examples=[1])] = (
        MAX_LATE_INTEREST
    )


class CreateProduct(Request):
    """Body of ``POST /api/external/v2.1/products``."""

    type: Annotated[
        ProductType, Listed, Field(description="Only CAAS is simulated and proposed", examples=["CAAS"])
    ] = ProductType.CAAS
    name: Annotated[Name, Field(description="As customers read it", examples=["Crédito pessoal"])]
    active: Annotated[Flag, Field(description="Whether it takes simulations and proposals")] = True
    logo: Annotated[
        HttpsUrl | None,
        Field(description="Address of its logo, https", examples=["https://example.com/logo.png"]),
    ] = None
    value: ValueRange
    installments: InstallmentsRange
    monthly_tax: MonthlyTaxRange
    cad_value: CadValueRange = CadValueRange()
    first_due_days: FirstDueRange = FirstDueRange()
    insurance: Annotated[
        AskedPercent, Field(description="Insurance premium, percent of the amount released; financed", examples=[0])
    ] = Decimal(0)
    grace: Annotated[
        Grace,
        BeforeValidator(_trim),
        Field(
            description="How interest of a first period's days beyond a month is added to the debt, or of those short "
            "of it taken off; by equal months only",
            examples=["simple"],
        ),
    ] = Grace.SIMPLE
    day_count: Annotated[
        DayCount,
        BeforeValidator(_trim),
        Field(description="Interest by equal months or by the days of each period over 365", examples=["monthly"]),
    ] = DayCount.MONTHLY
    amortization: Annotated[
        Amortization,
        BeforeValidator(_trim),
        Field(description="price: equal instalments; sac: equal parts of the debt", examples=["price"]),
    ] = Amortization.PRICE
    due_day_rule: Annotated[
        DueDayRule,
        BeforeValidator(_trim),
        Field(
            description="Whether a due date on which banks do not work stays or moves to the next business day",
            examples=["same_day"],
        ),
    ] = DueDayRule.SAME_DAY
    person_types: Annotated[
        list[Annotated[PersonType, Listed]],
        Field(min_length=1, max_length=4, description="Who may borrow", examples=[["PF"]]),
    ] = _NATURAL_ONLY
    eligibility: EligibilityRules = EligibilityRules()
    issuer: IssuerData
    contract_template: Annotated[
        str,
        BeforeValidator(_trim),
        AfterValidator(_check_template),
        WithJsonSchema({"type": "string", "enum": list(CONTRACT_TEMPLATES)}),
        Field(description="Which contract is drawn", examples=["ccb"]),
    ] = CONTRACT_TEMPLATES[0]
    late_payment: LatePaymentRules = LatePaymentRules()
    offer_days: Annotated[
        int, InWhole(MIN_OFFER_DAYS, 90, written=True), Field(description="Days that an offer stands", examples=[2])
    ] = MIN_OFFER_DAYS
    idempotency_key: str | None = None


Group = dict[str, Any]
_PART = "As in POST; what is left out of it stays"


class PatchProduct(Patch, Request):
    """Path and body of ``PATCH /api/external/v2.1/products/{product_id}``: what is left out stays as it is.

    ``null`` or an empty text brings a field back to what POST takes without it, and is refused where POST needs one.
    """

    product_id: ProductId
    version: Annotated[Number | None, Field(description="Refuse unless this is the version now", examples=[1])] = None
    type: Annotated[str | None, Field(description="As in POST", examples=["CAAS"])] = None
    name: Annotated[str | None, NeverEmpty, Field(description="As in POST", examples=["Crédito pessoal"])] = None
    active: Annotated[bool | None, Field(description="As in POST", examples=[False])] = None
    logo: Annotated[str | None, Field(description="As in POST; null takes it away")] = None
    value: Annotated[Group | None, NeverEmpty, Field(description=_PART, examples=[{"max": 50000}])] = None
    installments: Annotated[Group | None, NeverEmpty, Field(description=_PART, examples=[{"max": 48}])] = None
    monthly_tax: Annotated[Group | None, NeverEmpty, Field(description=_PART, examples=[{"min": 1.5}])] = None
    cad_value: Annotated[Group | None, Field(description=_PART, examples=[{"default": 50}])] = None
    first_due_days: Annotated[Group | None, Field(description=_PART, examples=[{"max": 45}])] = None
    insurance: Annotated[Any, Field(description="As in POST", examples=[1.5])] = None
    grace: Annotated[str | None, Field(description="As in POST", examples=["compound"])] = None
    day_count: Annotated[str | None, Field(description="As in POST", examples=["calendar_days"])] = None
    amortization: Annotated[str | None, Field(description="As in POST", examples=["sac"])] = None
    due_day_rule: Annotated[str | None, Field(description="As in POST", examples=["next_business_day"])] = None
    person_types: Annotated[list[str] | None, Field(description="As in POST", examples=[["PF", "MEI"]])] = None
    eligibility: Annotated[Group | None, Field(description=_PART, examples=[{"minimum_age": 21}])] = None
    issuer: Annotated[Group | None, NeverEmpty, Field(description=_PART, examples=[{"ombudsman": "0800 000 0000"}])] = (
        None
    )
    contract_template: Annotated[str | None, Field(description="As in POST", examples=["ccb"])] = None
    late_payment: Annotated[Group | None, Field(description=_PART, examples=[{"fine": 1}])] = None
    offer_days: Annotated[Any, Field(description="As in POST", examples=[5])] = None
