"""Who proposes: the personal part of a proposal (reference caas.md §3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from lastro.origination.contracts.fields import Drawable
from lastro.origination.enumerations import (
    AccountKind,
    Education,
    EmployedSince,
    Gender,
    HomeSince,
    HomeType,
    IdentityIssuer,
    IdentityType,
    Listed,
    Nationality,
    Occupation,
    RelationshipStatus,
)
from lastro.origination.fields import (
    AccountNumber,
    BankCode,
    Day,
    LongText,
    MayBeEmpty,
    PersonName,
    Phone,
    ShortText,
    State,
    Words,
    ZipCode,
)
from lastro.origination.inputs import AskedReais, AskedWhole
from lastro.origination.requests import CamelRequest

_Printed = Annotated[LongText, Drawable]
_Income = Annotated[AskedReais, Field(ge=0, le=10**12)]


class Identity(CamelRequest):
    """The identity document."""

    type: Annotated[IdentityType, Listed, Field(description="Kind of document", examples=["RG"])]
    number: Annotated[
        str,
        StringConstraints(min_length=1, max_length=30),
        Words,
        Drawable,
        Field(description="Number", examples=["123456"]),
    ]
    issuer: Annotated[IdentityIssuer, Listed, Field(description="Issuing body", examples=["SSP"])]
    state: Annotated[State, Field(description="Issuing state", examples=["GO"])]
    issuing_date: Annotated[Day, Field(description="YYYY-MM-DD", examples=["2010-01-01"])]


class Address(CamelRequest):
    """Where the person lives."""

    zip_code: Annotated[ZipCode, Field(description="Eight digits", examples=["74180040"])]
    address: Annotated[_Printed, Field(description="Street", examples=["Rua 1"])]
    number: Annotated[AskedWhole, Field(ge=0, le=999_999, description="House number, 0 without one", examples=[100])]
    complement: Annotated[_Printed | None, MayBeEmpty, Field(description="Flat, floor", examples=["Apto 101"])] = None
    district: Annotated[_Printed, Field(description="District", examples=["Setor Bueno"])]
    state: Annotated[State, Field(description="State", examples=["GO"])]
    city: Annotated[_Printed, Field(description="City", examples=["Goiânia"])]
    home_type: Annotated[HomeType, Listed, Field(description="How the person lives there", examples=["ALUGADA"])]
    home_since: Annotated[HomeSince, Listed, Field(description="Since when", examples=["MAIOR_2_ANOS"])]


class Vehicle(CamelRequest):
    """The person's vehicle; without one clients send XXX0000."""

    license_plate: Annotated[ShortText, Field(description="Number plate", examples=["XXX0000"])]


class ConsumerUnit(CamelRequest):
    """The person's energy consumer unit; without one clients send zeros."""

    number: Annotated[ShortText, Field(description="Number of the unit", examples=["000000000"])]


class Business(CamelRequest):
    """What the person works as, and where."""

    occupation: Annotated[Occupation, Listed, Field(description="Occupation", examples=["ASSALARIADO"])]
    profession: Annotated[LongText, Field(description="Profession", examples=["Analista"])]
    company_name: Annotated[LongText | None, MayBeEmpty, Field(description="Employer", examples=["Exemplo Ltda"])] = (
        None
    )
    phone: Annotated[Phone | None, MayBeEmpty, Field(description="Phone at work", examples=["6232345678"])] = None
    income: Annotated[_Income | None, MayBeEmpty, Field(description="Monthly income, R$", examples=[5000.0])] = None
    payday: Annotated[AskedWhole, Field(ge=0, le=30, description="Day of the month", examples=[1])]
    employment_since: Annotated[
        EmployedSince | None, Listed, MayBeEmpty, Field(description="Since", examples=["BETWEEN_ONE_AND_TWO_YEARS"])
    ] = None
    benefit_number: Annotated[
        ShortText | None, MayBeEmpty, Field(description="Number of a pension", examples=["1234567890"])
    ] = None
    zip_code: Annotated[ZipCode, Field(description="Eight digits", examples=["74180040"])]
    address: Annotated[LongText, Field(description="Street", examples=["Rua 2"])]
    number: Annotated[AskedWhole, Field(ge=0, le=999_999, description="Number, 0 without one", examples=[200])]
    complement: Annotated[LongText | None, MayBeEmpty, Field(description="Floor, room", examples=["Sala 1"])] = None
    district: Annotated[LongText, Field(description="District", examples=["Centro"])]
    state: Annotated[State, Field(description="State", examples=["GO"])]
    city: Annotated[LongText, Field(description="City", examples=["Goiânia"])]


class BankAccount(CamelRequest):
    """Where the money goes."""

    bank: Annotated[BankCode, Field(description="COMPE code", examples=["001"])]
    type: Annotated[
        AccountKind,
        Field(description="Kind of account", examples=["CONTA_CORRENTE_INDIVIDUAL"]),
    ]
    agency: Annotated[AccountNumber, Field(description="Branch", examples=["0001"])]
    account: Annotated[AccountNumber, Field(description="Account with its check digit", examples=["5647891"])]


class Reference(CamelRequest):
    """Somebody who knows the person."""

    name: Annotated[PersonName, Field(description="Name", examples=["Beltrano Souza"])]
    phone: Annotated[Phone, Field(description="Phone", examples=["62987651234"])]


def _read_references(value: Any) -> Any:
    return [value] if isinstance(value, Mapping) else value


class Person(CamelRequest):
    """The personal part of a proposal."""

    mother: Annotated[PersonName, Drawable, Field(description="Mother's name", examples=["Maria d'Tal"])]
    gender: Annotated[Gender, Listed, Field(description="Gender", examples=["FEMININO"])]
    nationality: Annotated[Nationality, Listed, Field(description="Nationality", examples=["BRASILEIRO"])]
    education: Annotated[Education, Listed, Field(description="Education", examples=["POS_GRADUACAO"])]
    relationship_status: Annotated[RelationshipStatus, Listed, Field(description="Marital status", examples=["CASADO"])]
    hometown_state: Annotated[State, Field(description="State of birth", examples=["GO"])]
    hometown: Annotated[LongText, Field(description="City of birth", examples=["Goiânia"])]
    phone_landline: Annotated[Phone, Field(description="Landline", examples=["6232345678"])]
    identity: Identity
    address: Address
    vehicle: Vehicle
    consumer_unit: ConsumerUnit
    business: Business
    bank: BankAccount
    reference: Annotated[
        list[Reference], BeforeValidator(_read_references), Field(max_length=20, description="May be empty")
    ]
