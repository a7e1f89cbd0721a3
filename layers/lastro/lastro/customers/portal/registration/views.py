"""What is read of the update of registrations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.customers.portal.fields import NoMoment, View
from lastro.customers.portal.people.model import Person
from lastro.customers.portal.registration.model import (
    Registration,
    RegistrationField,
    Schedule,
    Showing,
    due_on,
    is_asked,
    is_due,
)
from lastro.kernel.calendar import Clock, format_moment

Shown = Annotated[Showing, Field(description="Off the form, on it, or on it and to be filled", examples=["shown"])]


class RegistrationView(View):
    """A person's data."""

    name: Annotated[str, Field(description="Name", examples=["Ana Exemplo"])]
    rg: Annotated[str | None, Field(description="Identity document", examples=["12.345.678-9"])]
    family_income_cents: Annotated[int | None, Field(description="Of the family a month", examples=[650000])]
    mobile: Annotated[str | None, Field(description="Mobile", examples=["+5511987654321"])]
    email: Annotated[str | None, Field(description="E-mail", examples=["ana@example.com"])]
    zip_code: Annotated[str | None, Field(description="CEP", examples=["01001000"])]
    address: Annotated[str | None, Field(description="Address", examples=["Rua Um, 100, Centro, São Paulo, SP"])]


class ShowingsView(View):
    """What the form asks."""

    name: Shown
    rg: Shown
    family_income_cents: Shown
    mobile: Shown
    email: Shown
    zip_code: Shown
    address: Shown


class ScheduleView(View):
    """How often people confirm their registration, and what they are asked."""

    enabled: Annotated[bool, Field(description="Whether anybody is asked", examples=[True])]
    every_days: Annotated[int, Field(description="Calendar days", examples=[180])]
    fields: ShowingsView
    version: Annotated[int, Field(description="From 1; 0: never set", examples=[1])]
    updated_at: NoMoment


class ScheduleAnswer(View):
    """Envelope of a schedule."""

    registration_schedule: ScheduleView


class UpdateView(View):
    """Whether a person has to confirm its registration, and the form."""

    due: Annotated[bool, Field(description="The registration has to be confirmed", examples=[True])]
    asked: Annotated[bool, Field(description="This login has to show the form", examples=[True])]
    due_on: Annotated[
        str | None, Field(description="First day on which it is due; null: at the next login", examples=[None])
    ]
    confirmed_at: NoMoment
    shown: Annotated[list[RegistrationField], Field(description="Fields of the form, in order", examples=[["name"]])]
    required: Annotated[list[RegistrationField], Field(description="Those to be filled", examples=[["name"]])]
    registration: RegistrationView


class UpdateAnswer(View):
    """Envelope of a form."""

    registration_update: UpdateView


def show_registration(registration: Registration) -> RegistrationView:
    return RegistrationView(**{name.value: getattr(registration, name.value) for name in RegistrationField})


def show_schedule(schedule: Schedule) -> ScheduleAnswer:
    fields = {name.value: schedule.showing(name) for name in RegistrationField}
    view = ScheduleView(
        enabled=schedule.enabled,
        every_days=schedule.every_days,
        fields=ShowingsView(**fields),
        version=schedule.version,
        updated_at=format_moment(schedule.updated_at),
    )
    return ScheduleAnswer(registration_schedule=view)


def show_update(schedule: Schedule, person: Person, login: str, clock: Clock) -> UpdateAnswer:
    now, standing = clock.now(), person.standing
    day = due_on(schedule, standing) if schedule.enabled else None
    shown = {name.value: getattr(person.registration, name.value) for name in schedule.shown}
    hidden = dict.fromkeys(name.value for name in RegistrationField if name not in schedule.shown)
    view = UpdateView(
        due=is_due(schedule, standing, now),
        asked=is_asked(schedule, standing, login, now),
        due_on=day.isoformat() if day else None,
        confirmed_at=format_moment(standing.confirmed_at),
        shown=list(schedule.shown),
        required=list(schedule.required),
        registration=RegistrationView(**{**hidden, **shown, "name": person.registration.name}),
    )
    return UpdateAnswer(registration_update=view)
