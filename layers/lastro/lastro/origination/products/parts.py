"""The objects that a product is made of, as a partner sends them: ranges, eligibility, issuer, late payment."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lastro.origination.errors import DEFAULT_OUT_OF_RANGE, MIN_ABOVE_MAX, WRONG_SITE
from lastro.origination.pricing.inputs import AskedFee, AskedPercent, AskedReais
from lastro.origination.products.model import MAX_INSTALLMENTS, MAX_LATE_FINE, MAX_LATE_INTEREST
from lastro.origination.products.words import DocumentType
from lastro.origination.proposals.enumerations import Listed
from lastro.wire.amounts import Flag, InPercent, InWhole
from lastro.wire.identifiers import Code, Number
from lastro.wire.objects import Bounding, WireObject
from lastro.wire.persons.documents import CnpjText
from lastro.wire.persons.emails import Email
from lastro.wire.persons.places import State
from lastro.wire.rule import Read
from lastro.wire.text import Line
from lastro.wire.text import Text as Name

_NO_DOCUMENTS: list[DocumentType] = []
_SITE = "(https?://)?([A-Za-z0-9-]{1,63}[.])+[A-Za-z]{2,63}(/[!-~]*)?"
_LONGEST_SITE = 200


def _read_site(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > _LONGEST_SITE or not re.fullmatch(_SITE, text):
        raise PydanticCustomError(WRONG_SITE.rule, WRONG_SITE.text)
    return text


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


class EligibilityRules(Bounding):
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
