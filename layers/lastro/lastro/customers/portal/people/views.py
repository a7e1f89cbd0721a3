"""What is read of who may enter the portal."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.customers.portal.changes.model import MASK, mask
from lastro.customers.portal.fields import Kind, Moment, NoMoment, View
from lastro.customers.portal.people.model import Person, Unit
from lastro.customers.portal.registration.model import RegistrationField
from lastro.kernel.calendar import format_moment


class UnitView(View):
    """A unit of a development."""

    development: Annotated[str, Field(description="The development", examples=["Residencial Exemplo"])]
    unit: Annotated[str, Field(description="The unit, as the partner names it", examples=["Torre A, 101"])]


class PersonView(View):
    """A person of the portal. Brokers and agencies read its data masked."""

    id: Annotated[str, Field(description="UUID", examples=["5b1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21"])]
    kind: Kind
    name: Annotated[str, Field(description="Name", examples=["Ana Exemplo"])]
    rg: Annotated[str | None, Field(description="Identity document", examples=["12.345.678-9"])]
    family_income_cents: Annotated[
        int | None, Field(description="Of the family a month; null too where it is masked", examples=[650000])
    ]
    mobile: Annotated[str | None, Field(description="Mobile", examples=["+5511987654321"])]
    email: Annotated[str | None, Field(description="E-mail", examples=["ana@example.com"])]
    zip_code: Annotated[str | None, Field(description="CEP", examples=["01001000"])]
    address: Annotated[str | None, Field(description="Address", examples=["Rua Um, 100, Centro, São Paulo, SP"])]
    login_email: Annotated[str | None, Field(description="Codes are sent here", examples=["ana@example.com"])]
    login_mobile: Annotated[str | None, Field(description="Codes are sent here", examples=["+5511987654321"])]
    developments: Annotated[
        list[str],
        Field(description="Developments in whose queue the person has a unit", examples=[["Residencial Exemplo"]]),
    ]
    customer_id: Annotated[
        int | None, Field(description="Number of the customer that the person is; null: none", examples=[42])
    ]
    units: Annotated[list[UnitView], Field(description="The person's units")]
    created_at: Moment
    ended_at: NoMoment
    confirmed_at: NoMoment


class PersonAnswer(View):
    """Envelope of one person."""

    portal_person: PersonView


class PersonList(View):
    """A page of people, newest first."""

    portal_people: Annotated[list[PersonView], Field(description="People of this page")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


def show_person(person: Person, *, plain: bool) -> PersonAnswer:
    return PersonAnswer(portal_person=view_person(person, plain=plain))


def view_person(person: Person, *, plain: bool) -> PersonView:
    """``plain`` for the person itself and the partner's managers."""
    known = person.registration
    income = RegistrationField.FAMILY_INCOME
    told: dict[str, str | None] = {
        name.value: known.value(name) if plain else mask(name, known.value(name))
        for name in RegistrationField
        if name is not income
    }
    email, mobile = person.login_email, person.login_mobile
    return PersonView(
        id=person.id,
        kind=person.kind,
        name=told.pop("name") or MASK,
        family_income_cents=known.family_income_cents if plain else None,
        login_email=email if plain else mask(RegistrationField.EMAIL, email),
        login_mobile=mobile if plain else mask(RegistrationField.MOBILE, mobile),
        developments=list(person.developments),
        customer_id=person.customer_id,
        units=[view_unit(unit) for unit in person.units],
        created_at=format_moment(person.created_at),
        ended_at=format_moment(person.ended_at),
        confirmed_at=format_moment(person.standing.confirmed_at),
        **told,
    )


def view_unit(unit: Unit) -> UnitView:
    return UnitView(development=unit.development, unit=unit.name)
