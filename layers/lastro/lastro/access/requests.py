"""What a partner sends to the access endpoints. Unknown fields are ignored, as the vendor does."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Len
from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from lastro.access.errors import FIELD_OF_NO_CREDENTIAL
from lastro.kernel.callers.caller import Panel, Role
from lastro.kernel.callers.scopes import Scope
from lastro.kernel.errors import FieldError
from lastro.wire.amounts import InWhole
from lastro.wire.identifiers import Uuid
from lastro.wire.persons.accounts import FebrabanCode as BankCode
from lastro.wire.requests import Request


def _split_codes(value: Any) -> Any:
    """``bank_codes=341,655`` is accepted beside the repeated ``bank_codes[]``."""
    return [code for code in value.split(",") if code.strip()] if isinstance(value, str) else value


BankCodes = Annotated[
    Annotated[list[BankCode], Field(max_length=50)] | None,
    BeforeValidator(_split_codes),
    Field(description="Only these banks; absent: all", examples=[["341", "655"]]),
]
StoreId = Annotated[
    int, InWhole(1, 10**15 - 1, written=True), Field(description="Number of one of the caller's stores", examples=[1])
]


class ListIntegratedBanks(Request):
    """Path and query of ``GET /api/v1/stores/{store_id}/integrated_banks``."""

    store_id: StoreId
    bank_codes: BankCodes = None


class PutBankCredentials(Request):
    """Path and body of ``PUT /api/v1/stores/{store_id}/bank_credentials/{bank_code}``."""

    store_id: StoreId
    bank_code: Annotated[BankCode, Field(description="Opaque code of the bank", examples=["341"])]
    bank_credential: Annotated[
        dict[str, Any],
        Field(
            repr=False,
            description="The fields the bank asks for, named in credential_fields of GET /api/v1/banks; texts of 1 to "
            "4096 characters. Kept in a vault and never answered.",
            examples=[{"client_id": "minha-loja", "client_secret": "exemplo"}],
        ),
    ]


def _read_identity(value: Any) -> Any:
    """A client_id is a whole number, or the same as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15 else value


def _split_scopes(value: Any) -> Any:
    """One scope, several apart by spaces or commas, or a list."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


MAX_SCOPES = 10
Scopes = Annotated[
    Annotated[list[Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]], Len(0, MAX_SCOPES)] | None,
    BeforeValidator(_split_scopes),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string", "enum": list(Scope)}, "maxItems": MAX_SCOPES},
                {"type": "string", "pattern": f"^({'|'.join(Scope)})( ({'|'.join(Scope)}))*$"},
                {"type": "null"},
            ]
        }
    ),
]


class CreateToken(Request):
    """Body of ``POST /api/external/client/auth``: JSON or a form. HTTP Basic may carry id and secret instead."""

    form_body: ClassVar[bool] = True
    header_fields: ClassVar[dict[str, str]] = {"authorization": "Authorization"}

    client_id: Annotated[
        Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None,
        BeforeValidator(_read_identity),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "integer", "minimum": 1, "maximum": 10**12 - 1},
                    {"type": "string", "pattern": "^[0-9]{1,12}$"},
                    {"type": "null"},
                ]
            }
        ),
        Field(description="Number of the client, as number or text", examples=[1]),
    ] = None
    client_secret: Annotated[
        str | None,
        Field(max_length=200, repr=False, description="Shown once when the client was made", examples=["ls_exemplo"]),
    ] = None
    scopes: Annotated[
        Scopes,
        Field(
            description="api-external, api-caas, api-bu-caas: a list, or a text with spaces",
            examples=[["api-external", "api-caas"]],
        ),
    ] = None
    scope: Annotated[Scopes, Field(description="Another name of scopes", examples=[["api-external"]])] = None
    grant_type: Annotated[
        Literal["client_credentials"] | None, Field(description="Of forms", examples=["client_credentials"])
    ] = None
    authorization: Annotated[str | None, Field(max_length=2000, repr=False)] = None


MOST_OVERLAP_HOURS = 7 * 24
OverlapHours = Annotated[
    int,
    InWhole(0, MOST_OVERLAP_HOURS),
    Field(description="Hours that the one before stays valid beside the new one", examples=[24]),
]
KeyId = Annotated[Uuid, Field(description="Id of a key, as GET /api/v1/api_keys shows it")]
ClientId = Annotated[
    int, InWhole(1, 10**12 - 1, written=True), Field(description="Number of a client of /client/auth", examples=[1])
]


CredentialStores = Annotated[
    Annotated[list[Annotated[int, InWhole(1, 10**15 - 1, written=True)]], Len(1, 500)] | None,
    Field(description="The stores it is bound to; absent or null: all", examples=[[1]]),
]


class CreateApiKey(Request):
    """Body of ``POST /api/v1/api_keys``. A field that is not known is refused: without it the key would open more."""

    body_optional: ClassVar[bool] = True

    store_ids: CredentialStores = None
    panel: Annotated[Panel | None, Field(description="The panel it is bound to; absent or null: any")] = None
    role: Annotated[Role, Field(description="reader: it may only read")] = Role.MEMBER

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """No field beside those that are known."""
        return [FIELD_OF_NO_CREDENTIAL.at(name) for name in raw if name not in cls.model_fields]


class CreateClient(CreateApiKey):
    """Body of ``POST /api/v1/clients``. A field that is not known is refused, as for a key."""

    body_optional: ClassVar[bool] = False

    scopes: Annotated[
        list[Scope], Len(1, MAX_SCOPES), Field(description="What its tokens may open", examples=[["api-external"]])
    ]


class RevokeClient(Request):
    """Path of ``DELETE /api/v1/clients/{client_id}``."""

    client_id: ClientId


class ReplaceApiKey(Request):
    """Path and body of ``POST /api/v1/api_keys/{key_id}/replacement``."""

    body_optional: ClassVar[bool] = True

    key_id: KeyId
    overlap_hours: OverlapHours = 24


class RevokeApiKey(Request):
    """Path of ``DELETE /api/v1/api_keys/{key_id}``."""

    key_id: KeyId


class ReplaceClientSecret(Request):
    """Path and body of ``POST /api/v1/clients/{client_id}/secrets``."""

    body_optional: ClassVar[bool] = True

    client_id: ClientId
    overlap_hours: OverlapHours = 24


class EndClientSecret(Request):
    """Path of ``DELETE /api/v1/clients/{client_id}/secrets/{which}``."""

    client_id: ClientId
    which: Annotated[
        Literal["previous", "current"],
        Field(
            description="current: the new one, whose answer was lost; the one before takes its place again",
            examples=["previous"],
        ),
    ]
