"""What a partner reads of banks, stores and itself (wire names: docs/sources.md, simulations hub)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

SCHEME = "Bearer"

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
Code = Annotated[str, Field(description="Opaque code of the bank", examples=["341"])]
Status = Annotated[
    str, Field(description="okay once credentials were sent, not_analyzed before", examples=["okay", "not_analyzed"])
]


class BankView(BaseModel):
    """A bank Lastro can ask."""

    id: Annotated[int, Field(description="Lastro's own number of the bank", examples=[1])]
    code: Code
    febraban_code: Annotated[str, Field(description="The same as code", examples=["341"])]
    name: Annotated[str, Field(description="Usual name", examples=["Itaú"])]
    nickname: Annotated[str, Field(description="Short name for screens", examples=["Itaú"])]
    tradename: Annotated[str, Field(description="Company name", examples=["Itaú Unibanco S.A."])]
    credential_fields: Annotated[
        list[str],
        Field(description="What PUT bank_credentials must carry", examples=[["client_id", "client_secret"]]),
    ]
    required_fields: Annotated[
        list[str],
        Field(
            description="What a customer with a CPF must have before a proposal reaches this bank, beside document and "
            "name; bank_validations checks it",
            examples=[["born_at", "address.zip_code"]],
        ),
    ]
    company_required_fields: Annotated[
        list[str], Field(description="The same of a customer with a CNPJ", examples=[["address.zip_code"]])
    ]


class BankList(BaseModel):
    """Every known bank, in order of id."""

    banks: Annotated[list[BankView], Field(description="Every known bank")]


class BankCredential(BaseModel):
    """The state of credentials just stored; the credentials themselves are never answered."""

    code: Code
    active: Annotated[bool, Field(description="The store wants this bank", examples=[True])]
    status: Status
    updated_at: Moment


class BankCredentialAnswer(BaseModel):
    """Envelope of one credential."""

    bank_credential: BankCredential


class RoleView(BaseModel):
    """What the principal may do."""

    id: Annotated[int, Field(description="Number of the role", examples=[1])]
    identifier: Annotated[str, Field(description="Stable name of the role", examples=["partner_api"])]
    name: Annotated[str, Field(description="Name in Portuguese", examples=["Integração de parceiro"])]


class Nothing(BaseModel):
    """An object that the vendor has and that is always empty here."""


class Account(BaseModel):
    """The account that owns the stores."""

    id: Annotated[int, Field(description="Number of the partner", examples=[1])]
    name: Annotated[str, Field(description="Name of the partner", examples=["Rede Exemplo"])]
    active: Annotated[bool, Field(description="Always true: a partner that is gone opens nothing")] = True
    send_sms: Annotated[bool, Field(description="Always false", examples=[False])] = False
    state: Annotated[Literal["active"], Field(description="Always active")] = "active"
    beta_until: Annotated[None, Field(description="Always null", examples=[None])] = None


class User(BaseModel):
    """Who works for a partner: the partner itself, as its keys do, without e-mail, or a person of the panel."""

    id: Annotated[int, Field(description="Number of the user, the seller_id of proposals", examples=[1])]
    uuid: Annotated[
        str,
        Field(description="UUID of the partner, or of the person", examples=["2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"]),
    ]
    name: Annotated[str, Field(description="Name of the partner, or of the person", examples=["Rede Exemplo"])]
    email: Annotated[str | None, Field(description="Of the person; null for an API key", examples=[None])] = None
    cpf: Annotated[str | None, Field(description="Always null", examples=[None])] = None
    account_name: Annotated[str, Field(description="Name of the partner", examples=["Rede Exemplo"])]
    role: RoleView
    account: Account
    avatar: Annotated[Nothing, Field(description="Always empty", examples=[{}])] = Nothing()
    active_alerts: Annotated[Nothing, Field(description="Always empty", examples=[{}])] = Nothing()
    created_at: Moment
    updated_at: Annotated[Moment, Field(description="The same as created_at")]


class UserAnswer(BaseModel):
    """Envelope of the current user."""

    user: User


class UserList(BaseModel):
    """Who sells in a store, in order of id."""

    users: Annotated[list[User], Field(description="Every user whose id a proposal of the store may carry")]


class TokenView(BaseModel):
    """A token of ``/client/auth``."""

    access_token: Annotated[
        str,
        Field(description="JWT, RS256; send it as Authorization: Bearer", examples=["eyJhbGciOiJSUzI1NiJ9.e30.c2ln"]),
    ]
    expire_at: Annotated[
        str, Field(description="When it expires, true UTC; the same as exp", examples=["2026-11-04T12:00:00.000Z"])
    ]
    expires_in: Annotated[int, Field(description="Seconds", examples=[86400])]
    token_type: Annotated[str, Field(description="Always Bearer", examples=[SCHEME])] = SCHEME
    scope: Annotated[str, Field(description="What it opens", examples=["api-external api-caas"])]


class JsonWebKey(BaseModel):
    """An RSA public key (RFC 7517)."""

    kty: Annotated[str, Field(description="Always RSA", examples=["RSA"])] = "RSA"
    use: Annotated[str, Field(description="Always sig", examples=["sig"])] = "sig"
    alg: Annotated[str, Field(description="Always RS256", examples=["RS256"])] = "RS256"
    kid: Annotated[
        str, Field(description="As in the header of a token", examples=["0f6e2a58-6f2e-4b0c-9a39-5a3f1f1d7c11"])
    ]
    n: Annotated[str, Field(description="Modulus, base64url", examples=["sXchDaQebSXKcvL0vwlG"])]
    e: Annotated[str, Field(description="Exponent, base64url", examples=["AQAB"])]


class JsonWebKeySet(BaseModel):
    """The keys that tokens are verified with."""

    keys: Annotated[list[JsonWebKey], Field(description="One key, two while one takes the place of the other")]
