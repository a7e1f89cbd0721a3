"""Types of request and answer fields that several of the portal's operations take."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lastro.customers.portal.people.model import PersonKind
from lastro.kernel.callers.caller import Caller, Panel
from lastro.wire.amounts import Cents
from lastro.wire.identifiers import Uuid
from lastro.wire.persons.phones import MobilePhone
from lastro.wire.persons.places import ZipCode
from lastro.wire.text import Label, LongText

PersonId = Annotated[
    Uuid, Field(description="UUID of a person of the portal", examples=["5b1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21"])
]
Kind = Annotated[PersonKind, Field(description="What the person is to the partner", examples=["customer"])]
Rg = Annotated[str, Label(30), Field(description="Identity document", examples=["12.345.678-9"])]
Income = Annotated[Cents, Field(description="Income of the family a month, in cents", examples=[650000])]
Mobile = Annotated[MobilePhone, Field(examples=["+5511987654321"])]
Zip = Annotated[ZipCode, Field(examples=["01001000"])]
AddressLine = Annotated[
    LongText, Field(description="Street, number, district, city", examples=["Rua Um, 100, Centro, São Paulo, SP"])
]
Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
NoMoment = Annotated[str | None, Field(description="UTC, ISO 8601; null: never", examples=[None])]


class View(BaseModel):
    """What is read. Built at the first answer: a cold start does not pay for models it never fills."""

    model_config = ConfigDict(defer_build=True)


def manages(caller: Caller) -> bool:
    """Whether a member of staff reads people's data as it is: brokers and agencies read it masked."""
    return caller.panel in (None, Panel.MANAGER)
