"""What a partner reads of a customer's parts; each has an ``object_type``, an id and moments of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
PartId = Annotated[int, Field(description="Number of this part", examples=[1])]
Kind = Field(description="What this object is")
City = Annotated[str | None, Field(description="City", examples=["São Paulo"])]


class View(BaseModel):
    """Built at the first answer: a cold start does not pay for models it never fills."""

    model_config = ConfigDict(defer_build=True)


class _PartView(View):
    id: PartId
    created_at: Moment
    updated_at: Moment


class PhoneView(_PartView):
    """A phone, its area code apart."""

    object_type: Annotated[Literal["Phone"], Kind] = "Phone"
    code: Annotated[int, Field(description="Area code (DDD)", examples=[84])]
    number: Annotated[int, Field(description="Number without the area code", examples=[900000000])]
    phone_type_id: Annotated[int | None, Field(description="id of phone_types", examples=[1])] = None
    phone_confirmation_id: Annotated[int | None, Field(description="id of phone_confirmations", examples=[1])] = None


class EmailView(_PartView):
    """An e-mail address."""

    object_type: Annotated[Literal["Email"], Kind] = "Email"
    address: Annotated[str, Field(description="E-mail address", examples=["ana@example.com"])]


class CustomerAddressView(_PartView):
    """Where the customer lives or works."""

    object_type: Annotated[Literal["Address"], Kind] = "Address"
    address_type_id: Annotated[int | None, Field(description="id of address_types", examples=[1])] = None
    zip_code: Annotated[str | None, Field(description="CEP, 8 digits", examples=["01001000"])] = None
    street: Annotated[str | None, Field(description="Street", examples=["Praça da Sé"])] = None
    number: Annotated[str | None, Field(description="Number", examples=["1"])] = None
    complement: Annotated[str | None, Field(description="Flat, block", examples=["Sala 2"])] = None
    neighborhood: Annotated[str | None, Field(description="District", examples=["Sé"])] = None
    city: City = None
    state_id: Annotated[int | None, Field(description="id of states: the code of the IBGE", examples=[35])] = None
    build_type_id: Annotated[int | None, Field(description="id of build_types", examples=[2])] = None
    rent_value_cents: Annotated[int | None, Field(description="Rent, in cents", examples=[150000])] = None
    set_time_year: Annotated[int | None, Field(description="Whole years lived there", examples=[3])] = None
    set_time_month: Annotated[int | None, Field(description="Months beside them", examples=[6])] = None


class AccountantView(_PartView):
    """Who keeps the customer's books."""

    object_type: Annotated[Literal["Accountant"], Kind] = "Accountant"
    name: Annotated[str | None, Field(description="Full name", examples=["Caio Exemplo"])] = None
    city: City = None
    phone: PhoneView | None = None


class PersonalReferenceView(_PartView):
    """Somebody who knows the customer."""

    object_type: Annotated[Literal["PersonalReference"], Kind] = "PersonalReference"
    name: Annotated[str, Field(description="Full name", examples=["Bia Exemplo"])]
    city: City = None
    relationship: Annotated[
        str | None,
        Field(description="What they are to each other; relationships proposes texts", examples=["Amigo(a)"]),
    ] = None
    phone: PhoneView | None = None


class BankReferenceView(_PartView):
    """An account that the customer has."""

    object_type: Annotated[Literal["BankReference"], Kind] = "BankReference"
    bank_id: Annotated[int, Field(description="id of a bank of GET /api/v1/banks", examples=[1])]
    agency: Annotated[str | None, Field(description="Branch", examples=["0001"])] = None
    account_number: Annotated[str | None, Field(description="Account", examples=["5647891"])] = None
    digit: Annotated[str | None, Field(description="Check digit, where it is apart", examples=["0"])] = None
    overdraft: Annotated[bool | None, Field(description="Has an overdraft limit", examples=[False])] = None
    open_at: Annotated[str | None, Field(description="Day it was opened", examples=["2015-03-01"])] = None


class AttachmentView(_PartView):
    """A document that is kept elsewhere, by its name."""

    object_type: Annotated[Literal["Attachment"], Kind] = "Attachment"
    name: Annotated[str, Field(description="Name of the file", examples=["comprovante.pdf"])]


class PepView(View):
    """The office that makes somebody politically exposed (Circular BCB 3.978/2020, art. 27)."""

    office: Annotated[str, Field(description="The office", examples=["Prefeito"])]
    since: Annotated[str, Field(description="First day in office", examples=["2017-01-01"])]
    until: Annotated[str | None, Field(description="Last day; null: still in office", examples=["2020-12-31"])] = None
    relation: Annotated[
        Literal["relative", "close_associate", "representative"] | None,
        Field(description="Relation to who holds the office; null: it is their own", examples=["relative"]),
    ] = None
    exposed_until: Annotated[
        str | None, Field(description="Five years beyond the last day", examples=["2025-12-31"])
    ] = None


class AssociateView(_PartView):
    """Somebody who buys or answers with the customer."""

    object_type: Annotated[Literal["Associate"], Kind] = "Associate"
    name: Annotated[str, Field(description="Full name", examples=["Eva Exemplo"])]
    cpf: Annotated[str | None, Field(description="CPF, with punctuation", examples=["529.982.247-25"])] = None
    public_person: Annotated[
        bool | None, Field(description="Politically exposed, as the associate declares", examples=[False])
    ] = None
    pep: PepView | None = None
    politically_exposed: Annotated[
        bool, Field(description="Exposed today, by declaration or by an office within its term", examples=[False])
    ]


class JobReferenceView(_PartView):
    """Where the customer works and what they earn."""

    object_type: Annotated[Literal["JobReference"], Kind] = "JobReference"
    name: Annotated[str | None, Field(description="Name of the company", examples=["Empresa Exemplo"])] = None
    cnpj: Annotated[
        str | None, Field(description="CNPJ of the company, with punctuation", examples=["11.222.333/0001-81"])
    ] = None
    department: Annotated[str | None, Field(description="Department", examples=["Vendas"])] = None
    detail: Annotated[str | None, Field(description="What else is known", examples=["Meio período"])] = None
    joined_at: Annotated[str | None, Field(description="First day there", examples=["2015-03-01"])] = None
    first_job: Annotated[bool | None, Field(description="Whether it is the first job", examples=[False])] = None
    income_cents: Annotated[int | None, Field(description="Income a month, in cents", examples=[650000])] = None
    another_income_cents: Annotated[
        int | None, Field(description="Other income a month, in cents", examples=[50000])
    ] = None
    another_income_type_id: Annotated[int | None, Field(description="id of another_income_types", examples=[2])] = None
    professional_ocupation_id: Annotated[
        int | None, Field(description="id of professional_occupations", examples=[11])
    ] = None
    profession_id: Annotated[int | None, Field(description="id of professions", examples=[1001])] = None
    company_activity_id: Annotated[int | None, Field(description="id of company_activities", examples=[2])] = None
    address: CustomerAddressView | None = None
    phone: PhoneView | None = None
    previous_work: Annotated[str | None, Field(description="The job before", examples=["Loja Exemplo"])] = None
    previous_work_start_at: Annotated[str | None, Field(description="Its first day", examples=["2010-03-01"])] = None
    previous_work_end_at: Annotated[str | None, Field(description="Its last day", examples=["2014-12-31"])] = None
    previous_job_phone: PhoneView | None = None
