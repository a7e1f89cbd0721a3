"""What a partner sends of one secret of an integration."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field
from pydantic_core import PydanticCustomError

from lastro.bureaus.errors import WRONG_SECRET
from lastro.bureaus.providers.integration_fields import MAX_SECRET, WrongValue, check_secret
from lastro.bureaus.setup.fields import IntegrationId
from lastro.wire.objects import WireObject
from lastro.wire.requests import Request
from lastro.wire.rule import Read, Shape

FieldName = Annotated[
    str,
    Shape("field_name", "[a-z_]{1,40}", "Envie o nome de um campo secreto do birô, como client_secret."),
    Field(description="Name of one of the provider's secret fields", examples=["client_secret"]),
]


def _read_secret(value: Any) -> str:
    try:
        return check_secret(value)
    except WrongValue as error:
        raise PydanticCustomError(WRONG_SECRET.rule, WRONG_SECRET.text) from error


Secret = Annotated[
    str,
    Read(
        _read_secret,
        {"type": "string", "minLength": 1, "maxLength": MAX_SECRET, "pattern": "^[!-~]([ -~]*[!-~])?$"},
    ),
]


class NewSecret(WireObject):
    """One secret in the place of the one before."""

    value: Annotated[
        Secret, Field(repr=False, description="A text of 1 to 512 printable characters", examples=["exemplo"])
    ]


class ReplaceSecret(Request):
    """Path and body of ``PUT /api/v1/bureau_integrations/{integration_id}/secrets/{field}``."""

    integration_id: IntegrationId
    field: FieldName
    secret: NewSecret


class TestedSecret(WireObject):
    """A candidate, or nothing to test the stored one."""

    value: Annotated[
        Secret | None,
        Field(repr=False, description="Tested without being stored; absent: the stored one", examples=["exemplo"]),
    ] = None


class TestSecret(Request):
    """Path and body of ``PUT /api/v1/bureau_integrations/{integration_id}/secrets/{field}/test``."""

    __test__ = False
    body_optional: ClassVar[bool] = True

    integration_id: IntegrationId
    field: FieldName
    secret: TestedSecret = TestedSecret()
