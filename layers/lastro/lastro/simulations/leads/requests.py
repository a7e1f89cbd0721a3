"""What a partner sends to the lead endpoints (wire names: docs/sources.md, simulations hub).

Unknown fields are ignored, as the vendor does. ``retrieve_…`` fields hold identifiers of ``GET /domains``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lastro.kernel.errors import FieldError
from lastro.simulations.errors import DOCUMENT_MISMATCH
from lastro.simulations.leads.fields import Gender, Occupation, Profession
from lastro.wire.amounts import Cents, Flag
from lastro.wire.days import PastDay
from lastro.wire.identifiers import IdempotencyKey
from lastro.wire.objects import Patch, WireObject
from lastro.wire.pages import Page, PerPage
from lastro.wire.persons.accounts import FebrabanCode
from lastro.wire.persons.documents import DocumentText, PathDocument, read_document, read_path_document
from lastro.wire.persons.emails import Email
from lastro.wire.persons.phones import Phone
from lastro.wire.persons.places import State, ZipCode
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty
from lastro.wire.text import HouseNumber, PersonName, Text

DomainType = Literal["genders", "occupations", "professions"]
CHOICES = ("gender", "occupation", "profession")


def _split(value: Any) -> Any:
    """``a,b`` is accepted beside the repeated ``name[]``."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class Address(WireObject):
    """Where the lead lives; every part may be left out, and one that is ``null`` or empty is not known."""

    zip_code: ZipCode | None = None
    street: Annotated[Text | None, Field(description="Street", examples=["Praça da Sé"])] = None
    number: Annotated[HouseNumber | None, Field(description="Number; a JSON number is taken too", examples=["1"])] = (
        None
    )
    complement: Annotated[Text | None, Field(description="Flat, block", examples=["Sala 2"])] = None
    district: Annotated[Text | None, Field(description="District", examples=["Sé"])] = None
    city: Annotated[Text | None, Field(description="City", examples=["São Paulo"])] = None
    state: State | None = None


class ChangedAddress(Patch, Address):
    """Parts of an address: what is left out stays, one that is ``null`` or empty is no longer known."""


class _LeadFields(WireObject):
    name: Annotated[PersonName | None, Field(description="Full name", examples=["Ana Exemplo"])] = None
    birthdate: PastDay | None = None
    email: Email | None = None
    phone_number: Phone | None = None
    monthly_income: Annotated[Cents | None, Field(description="In cents", examples=[650000])] = None
    has_cnh: Annotated[Flag | None, Field(description="Holds a driving licence", examples=[True])] = None
    retrieve_gender: Gender | None = None
    retrieve_occupation: Occupation | None = None
    retrieve_profession: Profession | None = None
    mother_name: Annotated[PersonName | None, Field(description="Mother's full name", examples=["Maria Exemplo"])] = (
        None
    )
    address: Address | None = None

    @model_validator(mode="before")
    @classmethod
    def read_back(cls, sent: Any) -> Any:
        """A lead as it was answered may be sent back: its ``gender`` stands where no ``retrieve_gender`` is."""
        if not isinstance(sent, Mapping):
            return sent
        found = dict(sent)
        for choice in CHOICES:
            shown = found.get(choice)
            if choice in found and f"retrieve_{choice}" not in found and (shown is None or isinstance(shown, Mapping)):
                found[f"retrieve_{choice}"] = shown.get("credere_identifier") if shown else None
        return found


class NewLead(_LeadFields):
    """A lead as created. Only the document is required; ``required_fields`` tells what the banks will want."""

    cpf_cnpj: DocumentText


class ReplacedLead(_LeadFields):
    """A lead's new data. The document names the lead and cannot change; it may be repeated."""

    cpf_cnpj: DocumentText | None = None


class ChangedLead(Patch, _LeadFields):
    """A lead's changes. The document names the lead and cannot change; it may be repeated."""

    cpf_cnpj: Annotated[DocumentText | None, NeverEmpty] = None
    address: ChangedAddress | None = None


class CreateLead(Request):
    """Body of ``POST /api/v1/banks_api/leads``."""

    lead: NewLead
    idempotency_key: IdempotencyKey = None


class FindLead(Request):
    """Path of the calls on one lead."""

    cpf_cnpj: PathDocument


class _ChangeLead(FindLead):
    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """A repeated document must be the one of the path."""
        lead = raw.get("lead")
        repeated = _value_of(read_document, lead.get("cpf_cnpj")) if isinstance(lead, dict) else None
        named = _value_of(read_path_document, raw.get("cpf_cnpj"))
        if repeated and named and repeated != named:
            return [DOCUMENT_MISMATCH.at("lead.cpf_cnpj")]
        return []


class ReplaceLead(_ChangeLead):
    """Path and body of ``PUT /api/v1/banks_api/leads/{cpf_cnpj}``: what is left out becomes null."""

    lead: ReplacedLead


class UpdateLead(_ChangeLead):
    """Path and body of ``PATCH /api/v1/banks_api/leads/{cpf_cnpj}``: left out stays, null or an empty text clears.

    The same holds within ``address``. A request that changes nothing makes no new version.
    """

    lead: ChangedLead


class ListLeads(Request):
    """Query of ``GET /api/v1/banks_api/leads``."""

    page: Page = 1
    per_page: Annotated[PerPage, Field(description="Leads of a page", examples=[25])] = 25


class FindRequiredFields(FindLead):
    """Path and query of ``GET /api/v1/banks_api/leads/{cpf_cnpj}/required_fields``."""

    bank_codes: Annotated[
        Annotated[list[FebrabanCode], Field(max_length=50)] | None,
        BeforeValidator(_split),
        Field(
            description="These banks, usable or not; absent: all the store can use",
            examples=[["341"]],
        ),
    ] = None


class ListDomains(Request):
    """Query of ``GET /api/v1/banks_api/domains``."""

    types: Annotated[
        Annotated[list[DomainType], Field(max_length=50)] | None,
        BeforeValidator(_split),
        Field(description="Lists wanted, separated by commas; absent: all", examples=["genders"]),
    ] = None


def _value_of(reader: Callable[[Any], str], value: Any) -> str | None:
    try:
        return reader(value)
    except PydanticCustomError:
        return None
