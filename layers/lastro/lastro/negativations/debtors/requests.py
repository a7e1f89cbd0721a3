"""What a partner sends about debtors."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lastro.negativations.fields import DebtorId
from lastro.wire.amounts import Flag
from lastro.wire.days import PastDay
from lastro.wire.identifiers import IdempotencyKey, OwnId
from lastro.wire.objects import Patch, WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.persons.documents import DocumentText as AnyDocument
from lastro.wire.persons.emails import Email
from lastro.wire.persons.phones import MobilePhone
from lastro.wire.persons.places import State, ZipCode
from lastro.wire.requests import Request
from lastro.wire.rule import NeverEmpty, Shape
from lastro.wire.text import HouseNumber, PersonName, Text

DocumentText = Annotated[
    AnyDocument, Field(description="CPF or CNPJ, letters too, bare or masked", examples=["529.982.247-25"])
]
CityCode = Annotated[str, Shape("city_code", "[1-5][0-9]{6}", "Envie o código do município no IBGE, de 7 dígitos.")]
ExternalId = Annotated[OwnId | None, Field(description="The partner's own id", examples=["cliente-77"])]
Name = Annotated[PersonName, Field(description="Full name or company name", examples=["Ana Exemplo"])]
Sex = Annotated[Literal["F", "M"] | None, Field(description="F or M; of natural persons", examples=["F"])]
BirthDate = PastDay | None
PublicBody = Annotated[Flag, Field(description="A public body is never listed by the routine", examples=[False])]
InCollection = Annotated[Flag, Field(description="false takes the debtor out of the routine", examples=[True])]


class DebtorAddress(WireObject):
    """Where the debtor lives; a listing needs all of it."""

    zip_code: ZipCode | None = None
    street: Annotated[Text | None, Field(description="Street", examples=["Praça da Sé"])] = None
    number: Annotated[HouseNumber | None, Field(description="Number; a JSON number is taken too", examples=["1"])] = (
        None
    )
    complement: Annotated[Text | None, Field(description="Flat, block", examples=["Sala 2"])] = None
    district: Annotated[Text | None, Field(description="District", examples=["Sé"])] = None
    city: Annotated[Text | None, Field(description="City", examples=["São Paulo"])] = None
    state: State | None = None
    city_code: Annotated[
        CityCode | None, Field(description="The city's code at IBGE, seven digits", examples=["3550308"])
    ] = None


class ChangedDebtorAddress(Patch, DebtorAddress):
    """Parts of an address: what is left out stays, one that is ``null`` or empty is no longer known."""


class NewDebtor(WireObject):
    """Who owes; a CPF or CNPJ is one debtor."""

    document: DocumentText
    name: Name
    external_id: ExternalId = None
    sex: Sex = None
    birth_date: BirthDate = None
    mobile_phone: MobilePhone | None = None
    email: Email | None = None
    address: DebtorAddress = Field(default_factory=DebtorAddress)
    public_body: PublicBody = False
    in_collection: InCollection = True


class CreateDebtor(Request):
    """Body of ``POST /api/v1/debtors``."""

    debtor: NewDebtor
    idempotency_key: IdempotencyKey = None


class FindDebtor(Request):
    """Path of the calls on one debtor."""

    debtor_id: DebtorId


class ListDebtors(Request):
    """Query of ``GET /api/v1/debtors``."""

    cursor: Cursor = None
    per_page: PerPage = 25


class ChangedDebtor(Patch):
    """A debtor's new data; what is left out stays, ``null`` or an empty text clears what may be absent.

    The document cannot change: it is the debtor.
    """

    name: Annotated[Name | None, NeverEmpty] = None
    external_id: ExternalId = None
    sex: Sex = None
    birth_date: BirthDate = None
    mobile_phone: MobilePhone | None = None
    email: Email | None = None
    address: ChangedDebtorAddress | None = None
    public_body: PublicBody | None = None
    in_collection: InCollection | None = None
    document: Annotated[DocumentText | None, NeverEmpty, Field(description="Left out, or what it is")] = None


class UpdateDebtor(Request):
    """Path and body of ``PATCH /api/v1/debtors/{debtor_id}``."""

    debtor_id: DebtorId
    debtor: ChangedDebtor
