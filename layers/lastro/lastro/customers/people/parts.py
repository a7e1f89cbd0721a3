"""Parts of a customer as they are sent: phones, addresses, references, the job."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from lastro.customers.people.fields import BankId, ChoiceOf, Months, Years
from lastro.wire.amounts import Cents, Flag, InWhole
from lastro.wire.days import WrittenPastDay
from lastro.wire.objects import Patch, WireObject
from lastro.wire.persons.accounts import AccountNumber, Agency
from lastro.wire.persons.documents import CnpjText, CpfText
from lastro.wire.persons.emails import Email
from lastro.wire.persons.phones import read_phone
from lastro.wire.persons.places import ZipCode
from lastro.wire.rule import NeverEmpty
from lastro.wire.text import HouseNumber, Label, Line, PersonName, ShortText, Text

City = Annotated[Text | None, Field(description="City", examples=["São Paulo"])]
Digit = Annotated[str, Line(2)]
PepRelation = Literal["relative", "close_associate", "representative"]
Relationship = Annotated[str, Label(60)]


class SentPhone(WireObject):
    """A Brazilian phone, its area code apart."""

    code: Annotated[Annotated[int, InWhole(11, 99, written=True)], Field(description="Area code (DDD)", examples=[84])]
    number: Annotated[
        Annotated[int, InWhole(20_000_000, 999_999_999, written=True)],
        Field(description="Number without the area code", examples=[900000000]),
    ]
    phone_type_id: Annotated[
        Annotated[int, ChoiceOf("phone_types")] | None, Field(description="id of phone_types", examples=[1])
    ] = None
    phone_confirmation_id: Annotated[
        Annotated[int, ChoiceOf("phone_confirmations")] | None,
        Field(description="id of phone_confirmations", examples=[1]),
    ] = None

    @model_validator(mode="after")
    def is_in_the_plan(self) -> SentPhone:
        """Raises ``PydanticCustomError`` as ``read_phone`` does."""
        read_phone(f"({self.code}) {self.number}")
        return self


class SentEmail(WireObject):
    """An e-mail address."""

    address: Email


class SentAddress(WireObject):
    """Where the customer lives or works; every part may be left out."""

    address_type_id: Annotated[
        Annotated[int, ChoiceOf("address_types")] | None, Field(description="id of address_types", examples=[1])
    ] = None
    zip_code: ZipCode | None = None
    street: Annotated[Text | None, Field(description="Street", examples=["Praça da Sé"])] = None
    number: Annotated[HouseNumber | None, Field(description="Number; a JSON number is taken too", examples=["1"])] = (
        None
    )
    complement: Annotated[Text | None, Field(description="Flat, block", examples=["Sala 2"])] = None
    neighborhood: Annotated[Text | None, Field(description="District", examples=["Sé"])] = None
    city: City = None
    state_id: Annotated[
        Annotated[int, ChoiceOf("states")] | None,
        Field(description="id of states: the code of the IBGE", examples=[35]),
    ] = None
    build_type_id: Annotated[
        Annotated[int, ChoiceOf("build_types")] | None, Field(description="id of build_types", examples=[2])
    ] = None
    rent_value_cents: Annotated[Cents | None, Field(description="Rent, in cents", examples=[150000])] = None
    set_time_year: Annotated[Years | None, Field(description="Whole years lived there", examples=[3])] = None
    set_time_month: Annotated[Months | None, Field(description="Months beside them", examples=[6])] = None


class SentAccountant(WireObject):
    """Who keeps the customer's books."""

    name: Annotated[PersonName | None, Field(description="Full name", examples=["Caio Exemplo"])] = None
    city: City = None
    phone: SentPhone | None = None


class ChangedAccountant(Patch, SentAccountant):
    """What changes of it: what is left out stays, one that is ``null`` or empty is no longer known."""


class SentPersonalReference(WireObject):
    """Somebody who knows the customer."""

    name: Annotated[PersonName, Field(description="Full name", examples=["Bia Exemplo"])]
    city: City = None
    relationship: Annotated[
        Relationship | None,
        Field(description="What they are to each other; relationships proposes texts", examples=["Amigo(a)"]),
    ] = None
    phone: SentPhone | None = None


class SentBankReference(WireObject):
    """An account that the customer has."""

    bank_id: BankId
    agency: Annotated[Agency | None, Field(description="Branch", examples=["0001"])] = None
    account_number: Annotated[AccountNumber | None, Field(description="Account", examples=["5647891"])] = None
    digit: Annotated[Digit | None, Field(description="Check digit, where it is apart", examples=["0"])] = None
    overdraft: Annotated[Flag | None, Field(description="Has an overdraft limit", examples=[False])] = None
    open_at: Annotated[WrittenPastDay | None, Field(description="Day it was opened, DD/MM/YYYY")] = None


class SentAttachment(WireObject):
    """A document that is kept elsewhere, by its name."""

    name: Annotated[Text, Field(description="Name of the file", examples=["comprovante.pdf"])]


class _Pep(WireObject):
    until: Annotated[WrittenPastDay | None, Field(description="Last day, DD/MM/YYYY; absent: still in office")] = None
    relation: Annotated[
        PepRelation | None,
        Field(description="Relation to who holds the office; absent: it is their own", examples=["relative"]),
    ] = None


class SentPep(_Pep):
    """The office that makes somebody politically exposed (Circular BCB 3.978/2020, art. 27)."""

    office: Annotated[Text, Field(description="The office", examples=["Prefeito"])]
    since: Annotated[WrittenPastDay, Field(description="First day in office, DD/MM/YYYY")]


class ChangedPep(Patch, _Pep):
    """What changes of it: what is left out stays, one that is ``null`` or empty is no longer known."""

    office: Annotated[Text | None, NeverEmpty, Field(description="The office", examples=["Prefeito"])] = None
    since: Annotated[WrittenPastDay | None, NeverEmpty, Field(description="First day in office, DD/MM/YYYY")] = None


class SentAssociate(WireObject):
    """Somebody who buys or answers with the customer."""

    name: Annotated[PersonName, Field(description="Full name", examples=["Eva Exemplo"])]
    cpf: Annotated[CpfText | None, Field(description="CPF of the associate")] = None
    public_person: Annotated[
        Flag | None, Field(description="Politically exposed, as the associate declares", examples=[False])
    ] = None
    pep: SentPep | None = None


class SentJobReference(WireObject):
    """Where the customer works and what they earn."""

    name: Annotated[PersonName | None, Field(description="Name of the company", examples=["Empresa Exemplo"])] = None
    cnpj: Annotated[CnpjText | None, Field(description="CNPJ of the company")] = None
    department: Annotated[ShortText | None, Field(description="Department", examples=["Vendas"])] = None
    detail: Annotated[Text | None, Field(description="What else is known", examples=["Meio período"])] = None
    joined_at: Annotated[WrittenPastDay | None, Field(description="First day there, DD/MM/YYYY")] = None
    first_job: Annotated[Flag | None, Field(description="Whether it is the first job", examples=[False])] = None
    income_cents: Annotated[Cents | None, Field(description="Income a month, in cents", examples=[650000])] = None
    another_income_cents: Annotated[
        Cents | None, Field(description="Other income a month, in cents", examples=[50000])
    ] = None
    another_income_type_id: Annotated[
        Annotated[int, ChoiceOf("another_income_types")] | None,
        Field(description="id of another_income_types", examples=[2]),
    ] = None
    professional_ocupation_id: Annotated[
        Annotated[int, ChoiceOf("professional_occupations")] | None,
        Field(description="id of professional_occupations", examples=[11]),
    ] = None
    profession_id: Annotated[
        Annotated[int, ChoiceOf("professions")] | None, Field(description="id of professions", examples=[1001])
    ] = None
    company_activity_id: Annotated[
        Annotated[int, ChoiceOf("company_activities")] | None,
        Field(description="id of company_activities", examples=[2]),
    ] = None
    address: SentAddress | None = None
    phone: SentPhone | None = None
    previous_work: Annotated[Text | None, Field(description="The job before", examples=["Loja Exemplo"])] = None
    previous_work_start_at: Annotated[WrittenPastDay | None, Field(description="Its first day, DD/MM/YYYY")] = None
    previous_work_end_at: Annotated[WrittenPastDay | None, Field(description="Its last day, DD/MM/YYYY")] = None
    previous_job_phone: SentPhone | None = None


class ChangedJobReference(Patch, SentJobReference):
    """What changes of the job: what is left out stays, one that is ``null`` or empty is no longer known."""
