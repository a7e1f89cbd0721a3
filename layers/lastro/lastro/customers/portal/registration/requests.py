"""What the manager sends about the update of registrations, and what a person sends about itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.customers.portal.fields import AddressLine, Income, Mobile, Rg, Zip
from lastro.customers.portal.registration.model import MOST_DAYS, Registration, RegistrationField, Showing
from lastro.wire.amounts import Flag, InWhole
from lastro.wire.objects import Bounding, WireObject
from lastro.wire.persons.emails import Email
from lastro.wire.requests import Request
from lastro.wire.text import PersonName

FullName = Annotated[PersonName, Field(description="Name", examples=["Ana Exemplo"])]
Shows = Annotated[Showing, Field(description="Off the form, on it, or on it and to be filled", examples=["required"])]
Every = Annotated[int, InWhole(1, MOST_DAYS), Field(description="Calendar days", examples=[180])]


class SentShowings(Bounding):
    """What the form asks; a field that is left out is shown."""

    name: Shows = Showing.SHOWN
    rg: Shows = Showing.SHOWN
    family_income_cents: Shows = Showing.SHOWN
    mobile: Shows = Showing.SHOWN
    email: Shows = Showing.SHOWN
    zip_code: Shows = Showing.SHOWN
    address: Shows = Showing.SHOWN

    def to_fields(self) -> dict[RegistrationField, Showing]:
        return {name: getattr(self, name.value) for name in RegistrationField}


class SentSchedule(WireObject):
    """How often people confirm their registration, and what they are asked."""

    enabled: Annotated[Flag, Field(description="Whether anybody is asked", examples=[True])]
    every_days: Every
    fields: SentShowings = Field(default_factory=SentShowings)


class PutSchedule(Request):
    """Body of ``PUT /api/v1/registration_schedule``."""

    registration_schedule: SentSchedule


class SentRegistration(WireObject):
    """A person's data; what is left out is not known."""

    name: FullName
    rg: Rg | None = None
    family_income_cents: Income | None = None
    mobile: Mobile | None = None
    email: Email | None = None
    zip_code: Zip | None = None
    address: AddressLine | None = None

    def to_registration(self) -> Registration:
        return Registration(**{name.value: getattr(self, name.value) for name in RegistrationField})


class PutOwnRegistration(Request):
    """Body of ``PUT /api/v1/portal/person``."""

    portal_person: SentRegistration


class FilledForm(WireObject):
    """The form as it was filled: a field of it that is left out is empty, what it does not show stays."""

    name: FullName | None = None
    rg: Rg | None = None
    family_income_cents: Income | None = None
    mobile: Mobile | None = None
    email: Email | None = None
    zip_code: Zip | None = None
    address: AddressLine | None = None


class ConfirmRegistration(Request):
    """Body of ``POST /api/v1/portal/registration_update``."""

    registration_update: FilledForm
