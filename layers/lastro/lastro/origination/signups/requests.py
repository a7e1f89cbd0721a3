"""What a partner registers a person with."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, Field

from lastro.origination.processes.calls.evidence import LogData
from lastro.origination.processes.requests import CamelRequest, IdempotencyKey
from lastro.wire.amounts import WrittenFlag
from lastro.wire.days import Day
from lastro.wire.persons.documents import CpfText
from lastro.wire.persons.emails import Email
from lastro.wire.persons.phones import MobilePhone
from lastro.wire.persons.places import ZipCode
from lastro.wire.text import PersonName

_Flag = WrittenFlag | None


class SimpleSignup(CamelRequest):
    """Body of ``POST /v2.1/process/simple_signup``."""

    cpf: CpfText
    name: Annotated[PersonName, Field(description="Full name", examples=["Fulana d'Tal"])]
    birthday: Annotated[Day, Field(description="AAAA-MM-DD, até hoje", examples=["1992-07-25"])]
    email: Email
    phone: MobilePhone
    zip_code: ZipCode
    has_credit_card: Annotated[
        _Flag,
        Field(
            validation_alias=AliasChoices("hasCreditCard", "hasCreditCart"),
            description="Holds a credit card; hasCreditCart is read too",
        ),
    ] = None
    has_restriction: Annotated[_Flag, Field(description="Has negative listings")] = None
    has_own_house: Annotated[_Flag, Field(description="Owns a house")] = None
    has_vehicle: Annotated[_Flag, Field(description="Owns a vehicle")] = None
    has_android: Annotated[_Flag, Field(description="Uses Android")] = None
    log_data: Annotated[LogData | None, Field(description="Circumstances of the signup")] = None
    idempotency_key: IdempotencyKey = None

    def kept(self) -> dict[str, Any]:
        """As the process keeps it, without CPF and name; what was left out is left out."""
        found = self.model_dump(mode="json", exclude={"cpf", "name", "log_data"}, exclude_none=True)
        return {**found, "log_data": self.log_data.kept()} if self.log_data else found
