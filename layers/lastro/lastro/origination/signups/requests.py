"""What a partner registers a person with (reference caas.md §3.4)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasChoices, Field

from lastro.origination.contracts.fields import Drawable
from lastro.origination.evidence import LogData
from lastro.origination.fields import CpfText, Day, Email, MayBeEmpty, MobilePhone, PersonName, ZipCode
from lastro.origination.requests import CamelRequest, IdempotencyKey

_Flag = Annotated[bool | None, MayBeEmpty]


class SimpleSignup(CamelRequest):
    """Body of ``POST /v2.1/process/simple_signup``."""

    cpf: Annotated[
        CpfText, Field(description="Bare or masked; as a number, zeros are put back", examples=["52998224725"])
    ]
    name: Annotated[PersonName, Drawable, Field(description="Full name", examples=["Fulana d'Tal"])]
    birthday: Annotated[Day, Field(description="YYYY-MM-DD", examples=["1992-07-25"])]
    email: Annotated[Email, Field(description="E-mail address", examples=["fulana@example.com"])]
    phone: Annotated[MobilePhone, Field(description="Area code, 9 and eight digits", examples=["62987654321"])]
    zip_code: Annotated[ZipCode, Field(description="Eight digits", examples=["74180040"])]
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
