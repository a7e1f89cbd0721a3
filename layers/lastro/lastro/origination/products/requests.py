"""What a partner sends about products. Unknown fields are ignored."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from lastro.finance.repayment import Amortization, DayCount, Grace
from lastro.kernel.business_days import DueDayRule
from lastro.origination.errors import UNKNOWN_TEMPLATE
from lastro.origination.pricing.inputs import AskedPercent
from lastro.origination.products.model import MIN_OFFER_DAYS
from lastro.origination.products.parts import (
    CadValueRange,
    EligibilityRules,
    FirstDueRange,
    InstallmentsRange,
    IssuerData,
    LatePaymentRules,
    MonthlyTaxRange,
    ValueRange,
)
from lastro.origination.products.words import PersonType, ProductType
from lastro.origination.proposals.enumerations import Listed
from lastro.wire.amounts import Flag, InWhole
from lastro.wire.requests import Request
from lastro.wire.text import Text as Name
from lastro.wire.things.addresses import HttpsUrl

CONTRACT_TEMPLATES = ("ccb",)
_NATURAL_ONLY = [PersonType.PF]


def _trim(value: Any) -> Any:
    """Some clients send enum values with a space behind them."""
    return value.strip() if isinstance(value, str) else value


def _check_template(value: str) -> str:
    if value not in CONTRACT_TEMPLATES:
        raise PydanticCustomError(UNKNOWN_TEMPLATE.rule, UNKNOWN_TEMPLATE.text)
    return value


class CreateProduct(Request):
    """Body of ``POST /api/external/v2.1/products``. In a range ``min`` is at most ``max``.

    An active product of type CAAS makes contracts: its issuer has ``address``, ``ombudsman`` and ``email`` or ``site``.
    """

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
