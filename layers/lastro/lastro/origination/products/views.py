"""Products as partners read them. Amounts in R$, rates in percent."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lastro.kernel.calendar import format_moment
from lastro.origination.pricing.numbers import Percent, Reais
from lastro.origination.products.model import Product
from lastro.origination.products.words import PersonType

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class ReaisRange(BaseModel):
    """Both ends belong to it."""

    min: Annotated[Reais, Field(description="R$", examples=[100])]
    max: Annotated[Reais, Field(description="R$", examples=[1000000])]


class FeeRange(BaseModel):
    """The registration fee."""

    min: Annotated[Reais, Field(description="R$", examples=[0])]
    max: Annotated[Reais, Field(description="R$", examples=[500])]
    default: Annotated[Reais, Field(description="R$, when a request names none", examples=[0])]


class PercentRange(BaseModel):
    """Both ends belong to it."""

    min: Annotated[Percent, Field(description="Percent a month", examples=[0.1])]
    max: Annotated[Percent, Field(description="Percent a month", examples=[10])]


class WholeRange(BaseModel):
    """Both ends belong to it."""

    min: Annotated[int, Field(description="Fewest", examples=[1])]
    max: Annotated[int, Field(description="Most", examples=[120])]


class EligibilityView(BaseModel):
    """Who may borrow."""

    minimum_age: Annotated[int, Field(description="Full years", examples=[18])]
    maximum_age: Annotated[int, Field(description="Full years", examples=[80])]
    maximum_income_commitment: Annotated[Percent, Field(description="Percent of the income", examples=[30])]
    documents: Annotated[list[str], Field(description="What a proposal owes", examples=[["SELF", "IDENTITY_FRONT"]])]
    external_data: Annotated[bool, Field(description="Whether a credit bureau is asked", examples=[False])]
    bureau_branch_id: Annotated[int | None, Field(description="Branch whose bureau integration is asked", examples=[7])]
    bureau_report: Annotated[str | None, Field(description="Report asked for", examples=["RELATORIO_BASICO_PF_PME"])]


class IssuerView(BaseModel):
    """The institution that lends."""

    name: Annotated[str, Field(description="Legal name", examples=["Exemplo Sociedade de Crédito Direto S.A."])]
    cnpj: Annotated[str, Field(description="With punctuation", examples=["11.222.333/0001-81"])]
    address: Annotated[str, Field(description="Address", examples=["Avenida Exemplo, 100"])]
    city: Annotated[str, Field(description="City of issue", examples=["São Paulo"])]
    state: Annotated[str, Field(description="State of issue", examples=["SP"])]
    ombudsman: Annotated[str, Field(description="How to reach the ombudsman", examples=["0800 000 0000"])]
    email: Annotated[str, Field(description="E-mail for customers, may be empty", examples=["contato@example.com"])]
    site: Annotated[str, Field(description="Site for customers, may be empty", examples=["https://example.com"])]


class LatePaymentView(BaseModel):
    """What a late instalment costs."""

    fine: Annotated[Percent, Field(description="Percent of the instalment, once", examples=[2])]
    interest: Annotated[Percent, Field(description="Percent a month", examples=[1])]


class ProductView(BaseModel):
    """A version of a product."""

    product_id: Annotated[int, Field(description="Number of the product", examples=[1])]
    version: Annotated[int, Field(description="Grows by one with every change", examples=[1])]
    type: Annotated[str, Field(description="Only CAAS is simulated and proposed", examples=["CAAS"])]
    name: Annotated[str, Field(description="As customers read it", examples=["Crédito pessoal"])]
    active: Annotated[bool, Field(description="Whether it takes simulations and proposals", examples=[True])]
    logo: Annotated[str | None, Field(description="Address of its logo", examples=[None])]
    value: ReaisRange
    installments: WholeRange
    monthly_tax: PercentRange
    cad_value: FeeRange
    first_due_days: WholeRange
    insurance: Annotated[Percent, Field(description="Percent of the amount released", examples=[0])]
    grace: Annotated[str, Field(description="simple or compound", examples=["simple"])]
    day_count: Annotated[str, Field(description="monthly or calendar_days", examples=["monthly"])]
    amortization: Annotated[str, Field(description="price or sac", examples=["price"])]
    due_day_rule: Annotated[str, Field(description="same_day or next_business_day", examples=["same_day"])]
    person_types: Annotated[list[str], Field(description="Who may borrow", examples=[["PF"]])]
    eligibility: EligibilityView
    issuer: IssuerView
    contract_template: Annotated[str, Field(description="Which contract is drawn", examples=["ccb"])]
    late_payment: LatePaymentView
    offer_days: Annotated[int, Field(description="Days that an offer stands", examples=[2])]
    created_at: Moment
    updated_at: Moment


class ProductAnswer(BaseModel):
    """Envelope of one product."""

    data: ProductView


class ProductList(BaseModel):
    """A page of products in order of number."""

    data: Annotated[list[ProductView], Field(description="The products of this page")]
    next_after: Annotated[int | None, Field(description="Send it as after for the next page", examples=[None])]


def show_product(product: Product) -> ProductView:
    """A product in wire units."""
    bounds, rules, issuer, late = product.bounds, product.eligibility, product.issuer, product.late_payment
    return ProductView(
        product_id=product.id,
        version=product.version,
        type=product.type.value,
        name=product.name,
        active=product.active,
        logo=product.logo,
        value=ReaisRange(min=bounds.value.minimum, max=bounds.value.maximum),
        installments=WholeRange(min=bounds.installments.minimum, max=bounds.installments.maximum),
        monthly_tax=PercentRange(min=str(bounds.monthly_tax.minimum), max=str(bounds.monthly_tax.maximum)),
        cad_value=FeeRange(min=bounds.cad_value.minimum, max=bounds.cad_value.maximum, default=product.cad_value),
        first_due_days=WholeRange(min=bounds.first_due_days.minimum, max=bounds.first_due_days.maximum),
        insurance=str(product.insurance),
        grace=product.grace.value,
        day_count=product.day_count.value,
        amortization=product.amortization.value,
        due_day_rule=product.due_day_rule.value,
        person_types=[PersonType.of(borrower).value for borrower in product.borrowers],
        eligibility=EligibilityView(
            minimum_age=rules.minimum_age,
            maximum_age=rules.maximum_age,
            maximum_income_commitment=str(rules.maximum_income_commitment),
            documents=list(rules.documents),
            external_data=rules.external_data,
            bureau_branch_id=rules.bureau_branch_id,
            bureau_report=rules.bureau_report,
        ),
        issuer=IssuerView(
            name=issuer.name,
            cnpj=issuer.cnpj.formatted,
            address=issuer.address,
            city=issuer.city,
            state=issuer.state,
            ombudsman=issuer.ombudsman,
            email=issuer.email,
            site=issuer.site,
        ),
        contract_template=product.contract_template,
        late_payment=LatePaymentView(fine=str(late.fine), interest=str(late.interest)),
        offer_days=product.offer_days,
        created_at=format_moment(product.created_at),
        updated_at=format_moment(product.updated_at),
    )
