"""What a partner sends about customers (wire names: docs/sources.md, customers). Unknown fields are ignored."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from lastro.customers.errors import (
    DOCUMENT_MISMATCH,
    NATURAL_REQUIRED,
    ONE_CLASS_FILTER,
    ONE_DOCUMENT,
    ONE_DOCUMENT_SOUGHT,
)
from lastro.customers.people.fields import BankId, ChoiceOf, DocumentType, Note
from lastro.customers.people.parts import (
    ChangedAccountant,
    ChangedJobReference,
    ChangedPep,
    SentAccountant,
    SentAddress,
    SentAssociate,
    SentAttachment,
    SentBankReference,
    SentEmail,
    SentJobReference,
    SentPep,
    SentPersonalReference,
    SentPhone,
)
from lastro.kernel.documents import Cpf, Document
from lastro.kernel.errors import FieldError
from lastro.wire.amounts import Flag
from lastro.wire.days import WrittenPastDay
from lastro.wire.identifiers import IdempotencyKey, Number
from lastro.wire.objects import Patch, WireObject
from lastro.wire.pages import Cursor, Page, PerPage
from lastro.wire.persons.accounts import FebrabanCode
from lastro.wire.persons.documents import CnpjText, CpfText, DocumentText
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty, is_empty
from lastro.wire.text import Label, PersonName, ShortText, Text

MOST_PARTS = 20
DomainType = Literal[
    "address_types",
    "another_income_types",
    "build_types",
    "cnh_types",
    "company_activities",
    "document_types",
    "educations",
    "genders",
    "marital_statuses",
    "phone_confirmations",
    "phone_types",
    "professional_occupations",
    "professions",
    "properties",
    "relationships",
    "states",
]
NumberText = Annotated[str, Label(20)]


class Sort(StrEnum):
    """Orders of the list."""

    CREATED_AT_DESC = "created_at_desc"
    CREATED_AT_ASC = "created_at_asc"
    NAME_ASC = "name_asc"
    NAME_DESC = "name_desc"


def _split(value: Any) -> Any:
    """``a,b`` is accepted beside the repeated ``name[]``."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _with_zeros(value: Any) -> Any:
    """A document that was a number to its sender lost its zeros: its digits are read as that number."""
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 14 and len(text) != 11 else value


class BankValidations(WireObject):
    """Banks against whose required fields the customer is checked."""

    bank_codes: Annotated[
        list[FebrabanCode], Field(max_length=50, description="Codes of the banks", examples=[["341"]])
    ] = Field(default_factory=list)
    store_id: Annotated[Number | None, Field(description="The store that asks them", examples=[1])] = None


class _CustomerFields(WireObject):
    nickname: Annotated[PersonName | None, Field(description="What they are called", examples=["Ana"])] = None
    born_at: Annotated[WrittenPastDay | None, Field(description="Birth, DD/MM/YYYY")] = None
    mother: Annotated[PersonName | None, Field(description="Mother's full name", examples=["Maria Exemplo"])] = None
    father: Annotated[PersonName | None, Field(description="Father's full name", examples=["João Exemplo"])] = None
    note: Annotated[Note | None, Field(description="A note of the store's", examples=["Prefere contato à tarde"])] = (
        None
    )
    document_type: DocumentType | None = None
    rg: Annotated[NumberText | None, Field(description="Number of the RG", examples=["1234567"])] = None
    rg_date: Annotated[WrittenPastDay | None, Field(description="Issue of the RG, DD/MM/YYYY")] = None
    rg_state_id: Annotated[
        Annotated[int, ChoiceOf("states")] | None, Field(description="id of states: who issued the RG", examples=[35])
    ] = None
    rg_issuing: Annotated[ShortText | None, Field(description="Issuer of the RG", examples=["SSP"])] = None
    has_cnh: Annotated[Flag | None, Field(description="Holds a driving licence", examples=[True])] = None
    cnh: Annotated[NumberText | None, Field(description="Number of the licence", examples=["01234567890"])] = None
    cnh_type_id: Annotated[
        Annotated[int, ChoiceOf("cnh_types")] | None, Field(description="id of cnh_types", examples=[2])
    ] = None
    marital_status_id: Annotated[
        Annotated[int, ChoiceOf("marital_statuses")] | None, Field(description="id of marital_statuses", examples=[1])
    ] = None
    spouse_name: Annotated[PersonName | None, Field(description="Spouse's full name", examples=["Davi Exemplo"])] = None
    spouse_born_at: Annotated[WrittenPastDay | None, Field(description="Spouse's birth, DD/MM/YYYY")] = None
    spouse_cpf: Annotated[CpfText | None, Field(description="Spouse's CPF")] = None
    nationality: Annotated[ShortText | None, Field(description="Nationality", examples=["Brasileira"])] = None
    place_of_birth: Annotated[Text | None, Field(description="City of birth", examples=["Natal"])] = None
    state_of_birth_id: Annotated[
        Annotated[int, ChoiceOf("states")] | None, Field(description="id of states", examples=[24])
    ] = None
    genre_id: Annotated[
        Annotated[int, ChoiceOf("genders")] | None, Field(description="id of genders", examples=[1])
    ] = None
    education_id: Annotated[
        Annotated[int, ChoiceOf("educations")] | None, Field(description="id of educations", examples=[7])
    ] = None
    property: Annotated[
        Annotated[int, ChoiceOf("properties")] | None,
        Field(description="id of properties: whose home it is", examples=[1]),
    ] = None
    public_person: Annotated[
        Flag | None, Field(description="Politically exposed, as the customer declares", examples=[False])
    ] = None
    have_bank_account: Annotated[Flag | None, Field(description="Has a bank account", examples=[True])] = None
    has_made_funding: Annotated[Flag | None, Field(description="Has financed before", examples=[False])] = None
    previous_funding_bank_id: BankId | None = None
    accept_boleto: Annotated[Flag | None, Field(description="Takes boletos", examples=[True])] = None
    have_credit_card: Annotated[Flag | None, Field(description="Has a credit card", examples=[True])] = None
    credit_cards: Annotated[Text | None, Field(description="Which ones", examples=["Visa, Master"])] = None
    emails: Annotated[list[SentEmail] | None, Field(max_length=MOST_PARTS, description="E-mail addresses")] = None
    phones: Annotated[list[SentPhone] | None, Field(max_length=MOST_PARTS, description="Phones")] = None
    addresses: Annotated[
        list[SentAddress] | None, Field(max_length=MOST_PARTS, description="Addresses beside the first")
    ] = None
    bank_references: Annotated[list[SentBankReference] | None, Field(max_length=MOST_PARTS, description="Accounts")] = (
        None
    )
    personal_references: Annotated[
        list[SentPersonalReference] | None, Field(max_length=MOST_PARTS, description="People who know the customer")
    ] = None
    attachments: Annotated[
        list[SentAttachment] | None, Field(max_length=MOST_PARTS, description="Documents kept elsewhere")
    ] = None
    associates: Annotated[
        list[SentAssociate] | None, Field(max_length=MOST_PARTS, description="Who buys or answers with the customer")
    ] = None
    accountant: SentAccountant | None = None
    job_reference: SentJobReference | None = None


class NewCustomer(_CustomerFields):
    """A customer as registered: a CPF with birth and mother, or a CNPJ; a name and an address."""

    cpf: Annotated[CpfText | None, Field(description="CPF of a natural person")] = None
    cnpj: Annotated[CnpjText | None, Field(description="CNPJ of a company")] = None
    name: Annotated[PersonName, Field(description="Full name or company name", examples=["Ana Exemplo"])]
    address: SentAddress
    pep: SentPep | None = None


class ChangedCustomer(Patch, _CustomerFields):
    """What changes: left out stays, null or empty clears. Lists, phones and addresses are put whole, other objects are
    laid over what is known.

    The document cannot change; it may be repeated.
    """

    cpf: Annotated[CpfText | None, Field(description="CPF, as it is")] = None
    cnpj: Annotated[CnpjText | None, Field(description="CNPJ, as it is")] = None
    name: Annotated[
        PersonName | None, NeverEmpty, Field(description="Full name or company name", examples=["Ana Exemplo"])
    ] = None
    address: Annotated[SentAddress | None, NeverEmpty] = None
    accountant: ChangedAccountant | None = None
    job_reference: ChangedJobReference | None = None
    pep: ChangedPep | None = None


class CreateCustomer(Request):
    """Body of ``POST /api/v1/customers``."""

    customer: NewCustomer
    bank_validations: BankValidations = Field(default_factory=BankValidations)
    idempotency_key: IdempotencyKey = None

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """One document; of natural persons birth and mother."""
        sent = raw.get("customer")
        if not isinstance(sent, Mapping):
            return []
        natural, company = (not is_empty(sent.get(name)) for name in ("cpf", "cnpj"))
        if natural == company:
            return [ONE_DOCUMENT.at("customer.cpf")]
        missing = [name for name in ("born_at", "mother") if is_empty(sent.get(name))] if natural else []
        return [NATURAL_REQUIRED.at(f"customer.{name}") for name in missing]


class FindCustomer(Request):
    """Path of the calls on one customer."""

    customer_id: Number


class UpdateCustomer(FindCustomer):
    """Path and body of ``PATCH /api/v1/customers/{customer_id}``."""

    customer: ChangedCustomer
    bank_validations: BankValidations = Field(default_factory=BankValidations)


class SearchCustomer(Request):
    """Query of ``GET /api/v1/customers/find``: one document."""

    cpf_cnpj: Annotated[DocumentText | None, BeforeValidator(_with_zeros), Field(description="CPF or CNPJ")] = None
    cpf: Annotated[CpfText | None, BeforeValidator(_with_zeros), Field(description="CPF")] = None
    cnpj: Annotated[CnpjText | None, Field(description="CNPJ")] = None

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """Exactly one of the three."""
        sent = [name for name in ("cpf_cnpj", "cpf", "cnpj") if not is_empty(raw.get(name))]
        return [] if len(sent) == 1 else [ONE_DOCUMENT_SOUGHT.at("cpf_cnpj")]


class ListCustomers(Request):
    """Query of ``GET /api/v1/customers``."""

    page: Page = 1
    per_page: Annotated[PerPage, Field(description="Customers of a page", examples=[25])] = 25
    cursor: Cursor = None
    cpf_cnpj: Annotated[
        DocumentText | None, BeforeValidator(_with_zeros), Field(description="Only who has this document")
    ] = None
    name: Annotated[
        PersonName | None,
        Field(description="Only whose name begins so; accents and capitals do not count", examples=["Ana"]),
    ] = None
    sort: Annotated[
        Sort | None, Field(description="Order; absent: the newest first, with name by name", examples=["name_asc"])
    ] = None
    customer_class_id: Annotated[
        Number | None, Field(description="Only this class's, in no order, by cursor alone", examples=[1])
    ] = None

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """A class goes with no other filter, and with no page but the first."""
        others = [name for name in ("cpf_cnpj", "name", "sort") if not is_empty(raw.get(name))]
        others += ["page"] if str(raw.get("page") or "1").strip() != "1" else []
        return [] if is_empty(raw.get("customer_class_id")) else [ONE_CLASS_FILTER.at(name) for name in others]


class ListCustomerDomains(Request):
    """Query of ``GET /api/v1/domains``."""

    types: Annotated[
        Annotated[list[DomainType], Field(max_length=50)] | None,
        BeforeValidator(_split),
        Field(description="Lists wanted, separated by commas; absent: all", examples=["genders"]),
    ] = None


def mismatch(sent: ChangedCustomer, document: Document) -> list[FieldError]:
    """A repeated document must be the customer's; the other kind, which it does not have, may be repeated as null."""
    own = {"cpf": None, "cnpj": None, ("cpf" if isinstance(document, Cpf) else "cnpj"): document.value}
    told = {name: getattr(sent, name) for name in own if name in sent.model_fields_set}
    return [DOCUMENT_MISMATCH.at(f"customer.{name}") for name, value in told.items() if value != own[name]]
