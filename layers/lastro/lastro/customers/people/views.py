"""What a partner reads of a customer (wire names: docs/sources.md, customers)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from lastro.customers.people.domains import find_choice
from lastro.customers.people.exposure import exposed_until, is_exposed
from lastro.customers.people.model import Customer
from lastro.customers.people.part_views import (
    AccountantView,
    AssociateView,
    AttachmentView,
    BankReferenceView,
    CustomerAddressView,
    EmailView,
    JobReferenceView,
    Kind,
    Moment,
    PepView,
    PersonalReferenceView,
    PhoneView,
    View,
)
from lastro.kernel.calendar import format_moment
from lastro.kernel.documents import Cnpj, Cpf
from lastro.kernel.people.domains import Domain

_EXPANDED: Mapping[str, str] = {
    "rg_state": "states",
    "genre": "genders",
    "marital_status": "marital_statuses",
    "education": "educations",
    "state_of_birth": "states",
    "cnh_type": "cnh_types",
}
"""Choices that are shown beside their ids, each with its list."""


class ChoiceView(View):
    """A choice that was made of a closed list."""

    id: Annotated[int, Field(description="Its id", examples=[35])]
    name: Annotated[str, Field(description="Text for screens", examples=["São Paulo"])]


class CustomerDomainView(View):
    """One choice of a closed list."""

    id: Annotated[int, Field(description="Stable number, unique within its list", examples=[35])]
    name: Annotated[str, Field(description="Text for screens", examples=["São Paulo"])]
    identifier: Annotated[str, Field(description="Stable word, unique within its list", examples=["SP"])]


class CustomerView(View):
    """A customer: days YYYY-MM-DD, documents with punctuation, choices by their ids and some by their names too."""

    object_type: Annotated[Literal["Customer"], Kind] = "Customer"
    id: Annotated[int, Field(description="Number of the customer", examples=[1])]
    state: Annotated[Literal["checagem"], Field(description="Always checagem, as the vendor has it")] = "checagem"
    cpf: Annotated[str | None, Field(description="CPF, with punctuation", examples=["529.982.247-25"])] = None
    cnpj: Annotated[str | None, Field(description="CNPJ, with punctuation", examples=["11.222.333/0001-81"])] = None
    name: Annotated[str, Field(description="Full name or company name", examples=["Ana Exemplo"])]
    nickname: Annotated[str | None, Field(description="What they are called", examples=["Ana"])] = None
    born_at: Annotated[str | None, Field(description="Birth, YYYY-MM-DD", examples=["1990-05-17"])] = None
    mother: Annotated[str | None, Field(description="Mother's full name", examples=["Maria Exemplo"])] = None
    father: Annotated[str | None, Field(description="Father's full name", examples=["João Exemplo"])] = None
    note: Annotated[str | None, Field(description="A note of the store's", examples=["Prefere contato à tarde"])] = None
    document_type: Annotated[str | None, Field(description="Which document was shown", examples=["RG"])] = None
    rg: Annotated[str | None, Field(description="Number of the RG", examples=["1234567"])] = None
    rg_date: Annotated[str | None, Field(description="Issue of the RG, YYYY-MM-DD", examples=["2010-01-31"])] = None
    rg_state_id: Annotated[int | None, Field(description="id of states: who issued the RG", examples=[35])] = None
    rg_state: Annotated[ChoiceView | None, Field(description="Who issued the RG")] = None
    rg_issuing: Annotated[str | None, Field(description="Issuer of the RG", examples=["SSP"])] = None
    has_cnh: Annotated[bool | None, Field(description="Holds a driving licence", examples=[True])] = None
    cnh: Annotated[str | None, Field(description="Number of the licence", examples=["01234567890"])] = None
    cnh_type_id: Annotated[int | None, Field(description="id of cnh_types", examples=[2])] = None
    cnh_type: Annotated[ChoiceView | None, Field(description="Kind of the licence")] = None
    marital_status_id: Annotated[int | None, Field(description="id of marital_statuses", examples=[1])] = None
    marital_status: Annotated[ChoiceView | None, Field(description="Marital status")] = None
    spouse_name: Annotated[str | None, Field(description="Spouse's full name", examples=["Davi Exemplo"])] = None
    spouse_born_at: Annotated[str | None, Field(description="Spouse's birth, YYYY-MM-DD", examples=["1989-02-28"])] = (
        None
    )
    spouse_cpf: Annotated[
        str | None, Field(description="Spouse's CPF, with punctuation", examples=["111.444.777-35"])
    ] = None
    nationality: Annotated[str | None, Field(description="Nationality", examples=["Brasileira"])] = None
    place_of_birth: Annotated[str | None, Field(description="City of birth", examples=["Natal"])] = None
    state_of_birth_id: Annotated[int | None, Field(description="id of states", examples=[24])] = None
    state_of_birth: Annotated[ChoiceView | None, Field(description="State of birth")] = None
    genre_id: Annotated[int | None, Field(description="id of genders", examples=[1])] = None
    genre: Annotated[ChoiceView | None, Field(description="Gender")] = None
    education_id: Annotated[int | None, Field(description="id of educations", examples=[7])] = None
    education: Annotated[ChoiceView | None, Field(description="Education")] = None
    property: Annotated[int | None, Field(description="id of properties: whose home it is", examples=[1])] = None
    public_person: Annotated[
        bool | None, Field(description="Politically exposed, as the customer declares", examples=[False])
    ] = None
    pep: PepView | None = None
    politically_exposed: Annotated[
        bool, Field(description="Exposed today, by declaration or by an office within its term", examples=[False])
    ]
    associates: Annotated[list[AssociateView], Field(description="Who buys or answers with the customer")] = Field(
        default_factory=list
    )
    have_bank_account: Annotated[bool | None, Field(description="Has a bank account", examples=[True])] = None
    has_made_funding: Annotated[bool | None, Field(description="Has financed before", examples=[False])] = None
    previous_funding_bank_id: Annotated[
        int | None, Field(description="id of a bank of GET /api/v1/banks", examples=[1])
    ] = None
    accept_boleto: Annotated[bool | None, Field(description="Takes boletos", examples=[True])] = None
    have_credit_card: Annotated[bool | None, Field(description="Has a credit card", examples=[True])] = None
    credit_cards: Annotated[str | None, Field(description="Which ones", examples=["Visa, Master"])] = None
    address: CustomerAddressView | None = None
    accountant: AccountantView | None = None
    job_reference: JobReferenceView | None = None
    emails: Annotated[list[EmailView], Field(description="E-mail addresses")] = Field(default_factory=list)
    phones: Annotated[list[PhoneView], Field(description="Phones")] = Field(default_factory=list)
    addresses: Annotated[list[CustomerAddressView], Field(description="Addresses beside the first")] = Field(
        default_factory=list
    )
    bank_references: Annotated[list[BankReferenceView], Field(description="Accounts")] = Field(default_factory=list)
    personal_references: Annotated[list[PersonalReferenceView], Field(description="People who know the customer")] = (
        Field(default_factory=list)
    )
    attachments: Annotated[list[AttachmentView], Field(description="Documents kept elsewhere")] = Field(
        default_factory=list
    )
    guarantors: Annotated[
        list[dict[str, Any]], Field(description="Always empty; kept for the vendor's clients", examples=[[]])
    ] = Field(default_factory=list)
    partners: Annotated[
        list[dict[str, Any]], Field(description="Always empty; kept for the vendor's clients", examples=[[]])
    ] = Field(default_factory=list)
    monthly_billings: Annotated[
        list[dict[str, Any]], Field(description="Always empty; kept for the vendor's clients", examples=[[]])
    ] = Field(default_factory=list)
    customer_class_id: Annotated[
        int | None, Field(description="Class that the customer was last evaluated into; null: none", examples=[1])
    ] = None
    created_at: Moment
    updated_at: Moment


class BankValidationsView(View):
    """Banks against whose required fields the customer was checked; nothing of what they ask is missing."""

    bank_codes: Annotated[list[str], Field(description="Codes of the banks", examples=[["341"]])]
    store_id: Annotated[int | None, Field(description="The store that asks them", examples=[1])] = None


class CustomerAnswer(View):
    """Envelope of one customer."""

    customer: CustomerView
    bank_validations: Annotated[
        BankValidationsView | None, Field(description="What this call was checked against; null: nothing")
    ] = None


class CustomerList(View):
    """A page of the partner's customers."""

    customers: Annotated[list[CustomerView], Field(description="Customers of this page")]
    next_cursor: Annotated[
        str | None, Field(description="cursor of the next page; null on the last", examples=["MjAyNi0xMS0wMw"])
    ]


class CustomerDomainLists(View):
    """Closed lists by their names."""

    domains: Annotated[
        dict[str, list[CustomerDomainView]],
        Field(
            description="List name to its choices",
            examples=[{"states": [{"id": 35, "name": "São Paulo", "identifier": "SP"}]}],
        ),
    ]


def view_customer(customer: Customer, today: date) -> CustomerView:
    """A customer as partners read it on a day."""
    shown = _with_exposure(customer.data, today)
    shown["associates"] = [_view_associate(each, today) for each in customer.data.get("associates", ())]
    for name, types in _EXPANDED.items():
        choice = find_choice(types, shown.get(f"{name}_id"))
        shown[name] = {"id": choice.id, "name": choice.label} if choice else None
    if shown.get("spouse_cpf"):
        shown["spouse_cpf"] = Cpf(shown["spouse_cpf"]).formatted
    job = shown.get("job_reference")
    if job and job.get("cnpj"):
        shown["job_reference"] = {**job, "cnpj": Cnpj(job["cnpj"]).formatted}
    shown["cpf" if isinstance(customer.document, Cpf) else "cnpj"] = customer.document.formatted
    own: dict[str, Any] = {"id": customer.id, "name": customer.name}
    own |= {name: format_moment(getattr(customer, name)) for name in ("created_at", "updated_at")}
    own["customer_class_id"] = customer.standing.found.class_id if customer.standing.found else None
    return CustomerView.model_validate({**shown, **own})


def _view_associate(data: Mapping[str, Any], today: date) -> dict[str, Any]:
    shown = _with_exposure(data, today)
    return {**shown, "cpf": Cpf(data["cpf"]).formatted if data.get("cpf") else None}


def _with_exposure(data: Mapping[str, Any], today: date) -> dict[str, Any]:
    shown = {**data, "politically_exposed": is_exposed(data, today)}
    if pep := data.get("pep"):
        last = exposed_until(pep)
        shown["pep"] = {**pep, "exposed_until": last.isoformat() if last else None}
    return shown


def view_choice(choice: Domain) -> CustomerDomainView:
    """A choice as partners read it."""
    return CustomerDomainView(id=choice.id, name=choice.label, identifier=choice.credere_identifier)
