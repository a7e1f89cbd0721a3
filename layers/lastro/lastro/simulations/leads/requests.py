"""What a partner sends to the lead endpoints (wire names of reference credere.md §5).

Unknown fields are ignored, as the vendor does. ``retrieve_…`` fields hold identifiers of ``GET /domains``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints

from lastro.documents import InvalidDocument, parse_document
from lastro.errors import FieldError
from lastro.simulations.leads.fields import (
    AddressText,
    Birthdate,
    Cents,
    DocumentText,
    Email,
    Gender,
    HouseNumber,
    Occupation,
    PathDocument,
    PhoneNumber,
    Profession,
    State,
    Text,
    ZipCode,
)
from lastro.wire.requests import Request

MAX_PER_PAGE = 100
MAX_PAGE = 10_000

DomainType = Literal["genders", "occupations", "professions"]


def _split(value: Any) -> Any:
    """``a,b`` is accepted beside the repeated ``name[]``."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


BankCode = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Address(_Wire):
    """Where the lead lives; every part may be left out."""

    zip_code: ZipCode | None = None
    street: Annotated[AddressText, Field(description="Street", examples=["Praça da Sé"])] = None
    number: Annotated[HouseNumber, Field(description="Number; a JSON number is taken too", examples=["1"])] = None
    complement: Annotated[AddressText, Field(description="Flat, block", examples=["Sala 2"])] = None
    district: Annotated[AddressText, Field(description="District", examples=["Sé"])] = None
    city: Annotated[AddressText, Field(description="City", examples=["São Paulo"])] = None
    state: State | None = None


class _LeadFields(_Wire):
    name: Annotated[Text | None, Field(description="Full name", examples=["Ana Exemplo"])] = None
    birthdate: Birthdate | None = None
    email: Email | None = None
    phone_number: PhoneNumber | None = None
    monthly_income: Annotated[Cents | None, Field(description="In cents", examples=[650000])] = None
    has_cnh: Annotated[StrictBool | None, Field(description="Holds a driving licence", examples=[True])] = None
    retrieve_gender: Gender | None = None
    retrieve_occupation: Occupation | None = None
    retrieve_profession: Profession | None = None
    mother_name: Annotated[Text | None, Field(description="Mother's full name", examples=["Maria Exemplo"])] = None
    address: Address | None = None


class NewLead(_LeadFields):
    """A lead as created. Only the document is required; ``required_fields`` tells what the banks will want."""

    cpf_cnpj: DocumentText


class ChangedLead(_LeadFields):
    """A lead's new data. The document names the lead and cannot change; it may be repeated."""

    cpf_cnpj: DocumentText | None = None


class CreateLead(Request):
    """Body of ``POST /api/v1/banks_api/leads``."""

    lead: NewLead
    idempotency_key: Annotated[str | None, Field(exclude=True, description="The Idempotency-Key header")] = None


class FindLead(Request):
    """Path of the calls on one lead."""

    cpf_cnpj: PathDocument


class _ChangeLead(FindLead):
    lead: ChangedLead

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """A repeated document must be the one of the path."""
        lead = raw.get("lead")
        repeated = _value_of(lead.get("cpf_cnpj")) if isinstance(lead, dict) else None
        named = _value_of(raw.get("cpf_cnpj"))
        if repeated and named and repeated != named:
            return [FieldError("lead.cpf_cnpj", "mismatch", "The document of a lead cannot change.")]
        return []


class ReplaceLead(_ChangeLead):
    """Path and body of ``PUT /api/v1/banks_api/leads/{cpf_cnpj}``: what is left out becomes null."""


class UpdateLead(_ChangeLead):
    """Path and body of ``PATCH /api/v1/banks_api/leads/{cpf_cnpj}``: what is left out stays, null clears.

    The same holds within ``address``.
    """


class ListLeads(Request):
    """Query of ``GET /api/v1/banks_api/leads``."""

    page: Annotated[int, Field(ge=1, le=MAX_PAGE, description="From 1", examples=[1])] = 1
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE, description="Leads of a page", examples=[25])] = 25


class FindRequiredFields(FindLead):
    """Path and query of ``GET /api/v1/banks_api/leads/{cpf_cnpj}/required_fields``."""

    bank_codes: Annotated[
        list[BankCode] | None,
        BeforeValidator(_split),
        Field(
            max_length=50,
            description="These banks, usable or not; absent: all the store can use",
            examples=[["341"]],
        ),
    ] = None


class ListDomains(Request):
    """Query of ``GET /api/v1/banks_api/domains``."""

    types: Annotated[
        list[DomainType] | None,
        BeforeValidator(_split),
        Field(max_length=50, description="Lists wanted, separated by commas; absent: all", examples=["genders"]),
    ] = None


def _value_of(text: Any) -> str | None:
    try:
        return parse_document(text).value
    except InvalidDocument:
        return None
