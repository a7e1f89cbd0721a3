"""What the manager sends about who may enter the portal."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.customers.portal.fields import Kind, Mobile, PersonId
from lastro.customers.portal.people.model import MOST_DEVELOPMENTS, MOST_UNITS
from lastro.customers.portal.registration.requests import SentRegistration
from lastro.wire.identifiers import IdempotencyKey, Number, OwnId
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.persons.emails import Email
from lastro.wire.requests import Request
from lastro.wire.text import Text


class SentUnit(WireObject):
    """A unit of a development."""

    development: Annotated[Text, Field(description="The development", examples=["Residencial Exemplo"])]
    unit: Annotated[OwnId, Field(description="The unit, as the partner names it", examples=["Torre A, 101"])]


class SentPerson(SentRegistration):
    """Somebody who may enter the portal, and where codes are sent to."""

    kind: Kind
    login_email: Annotated[Email | None, Field(description="Codes are sent here", examples=["ana@example.com"])] = None
    login_mobile: Annotated[Mobile | None, Field(description="Codes are sent here")] = None
    developments: Annotated[
        list[Text],
        Field(
            max_length=MOST_DEVELOPMENTS,
            description="Developments in whose queue the person has a unit",
            examples=[["Residencial Exemplo"]],
        ),
    ] = Field(default_factory=list)
    customer_id: Annotated[
        Number | None, Field(description="Number of the customer that the person is; absent: none", examples=[42])
    ] = None
    units: Annotated[list[SentUnit], Field(max_length=MOST_UNITS, description="The person's units")] = Field(
        default_factory=list
    )


class CreatePerson(Request):
    """Body of ``POST /api/v1/portal_people``."""

    portal_person: SentPerson
    idempotency_key: IdempotencyKey = None


class ListPeople(Request):
    """Query of ``GET /api/v1/portal_people``."""

    cursor: Cursor = None
    per_page: PerPage = 25


class NamePerson(Request):
    """Path of ``DELETE /api/v1/portal_people/{person_id}``."""

    person_id: PersonId
