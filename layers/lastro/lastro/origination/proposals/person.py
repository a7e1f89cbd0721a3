"""Who proposes: the personal part of a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from lastro.origination.pricing.inputs import AskedFee, HouseNumber
from lastro.origination.processes.requests import CamelRequest
from lastro.origination.proposals.accounts import BankAccount
from lastro.origination.proposals.enumerations import (
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
from lastro.wire.amounts import InWhole
from lastro.wire.days import Day
from lastro.wire.persons.phones import Phone
from lastro.wire.persons.places import State, ZipCode
from lastro.wire.text import Label, LongText, PersonName

_ShortLabel = Annotated[str, Label(60)]
_Payday = Annotated[int, InWhole(0, 30, written=True)]


class Identity(CamelRequest):
    """The identity document."""

    type: Annotated[IdentityType, Listed, Field(description="Kind of document", examples=["RG"])]
    number: Annotated[str, Label(30), Field(description="Number", examples=["123456"])]
    issuer: Annotated[IdentityIssuer, Listed, Field(description="Issuing body", examples=["SSP"])]
    state: Annotated[State, Field(description="Issuing state", examples=["GO"])]
    issuing_date: Annotated[Day, Field(description="AAAA-MM-DD, até hoje", examples=["2010-01-01"])]


class Address(CamelRequest):
    """Where the person lives."""

    zip_code: Annotated[ZipCode, Field(description="Eight digits", examples=["74180040"])]
    address: Annotated[LongText, Field(description="Street", examples=["Rua 1"])]
    number: Annotated[HouseNumber, Field(description="House number, 0 without one", examples=[100])]
    complement: Annotated[LongText | None, Field(description="Flat, floor", examples=["Apto 101"])] = None
    district: Annotated[LongText, Field(description="District", examples=["Setor Bueno"])]
    state: Annotated[State, Field(description="State", examples=["GO"])]
    city: Annotated[LongText, Field(description="City", examples=["Goiânia"])]
    home_type: Annotated[HomeType, Listed, Field(description="How the person lives there", examples=["ALUGADA"])]
    home_since: Annotated[HomeSince, Listed, Field(description="Since when", examples=["MAIOR_2_ANOS"])]


class Vehicle(CamelRequest):
    """The person's vehicle; without one clients send XXX0000."""

    license_plate: Annotated[_ShortLabel, Field(description="Number plate", examples=["XXX0000"])]


class ConsumerUnit(CamelRequest):
    """The person's energy consumer unit; without one clients send zeros."""

    number: Annotated[_ShortLabel, Field(description="Number of the unit", examples=["000000000"])]


class Business(CamelRequest):
    """What the person works as, and where."""

    occupation: Annotated[Occupation, Listed, Field(description="Occupation", examples=["ASSALARIADO"])]
    profession: Annotated[LongText, Field(description="Profession", examples=["Analista"])]
    company_name: Annotated[LongText | None, Field(description="Employer", examples=["Exemplo Ltda"])] = None
    phone: Annotated[Phone | None, Field(description="Phone at work", examples=["6232345678"])] = None
    income: Annotated[AskedFee | None, Field(description="Monthly income, R$", examples=[5000.0])] = None
    payday: Annotated[_Payday, Field(description="Day of the month", examples=[1])]
    employment_since: Annotated[
        EmployedSince | None, Listed, Field(description="Since", examples=["BETWEEN_ONE_AND_TWO_YEARS"])
    ] = None
    benefit_number: Annotated[_ShortLabel | None, Field(description="Number of a pension", examples=["1234567890"])] = (
        None
    )
    zip_code: Annotated[ZipCode, Field(description="Eight digits", examples=["74180040"])]
    address: Annotated[LongText, Field(description="Street", examples=["Rua 2"])]
    number: Annotated[HouseNumber, Field(description="Number, 0 without one", examples=[200])]
    complement: Annotated[LongText | None, Field(description="Floor, room", examples=["Sala 1"])] = None
    district: Annotated[LongText, Field(description="District", examples=["Centro"])]
    state: Annotated[State, Field(description="State", examples=["GO"])]
    city: Annotated[LongText, Field(description="City", examples=["Goiânia"])]


class Reference(CamelRequest):
    """Somebody who knows the person."""

    name: Annotated[PersonName, Field(description="Name", examples=["Beltrano Souza"])]
    phone: Annotated[Phone, Field(description="Phone", examples=["62987651234"])]


def _read_references(value: Any) -> Any:
    return [value] if isinstance(value, Mapping) else value


class Person(CamelRequest):
    """The personal part of a proposal."""

    mother: Annotated[PersonName, Field(description="Mother's name", examples=["Maria d'Tal"])]
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
