"""What a partner sends about its callback and deliveries. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lastro.webhooks.deliveries.model import DeliveryStatus
from lastro.webhooks.errors import MASKED
from lastro.wire.objects import WireObject
from lastro.wire.pages import PerPage
from lastro.wire.requests import Request
from lastro.wire.rule import Shape
from lastro.wire.text import Label
from lastro.wire.things.addresses import Url

# What travels in a header: printable ASCII without spaces at the ends.
Secret = Annotated[
    str, Shape("token", "[!-~]([ -~]*[!-~])?", "Envie de 1 a 4096 caracteres ASCII, sem quebra de linha.")
]
User = Annotated[
    str,
    Shape(
        "user",
        r"[^:\x00-\x1f\x7f]+",
        "Envie de 1 a 255 caracteres, sem dois-pontos nem controles.",
        longest=255,
        exact=True,
    ),
]
Password = Annotated[
    str,
    Shape("password", r"[^\x00-\x1f\x7f]+", "Envie de 1 a 1024 caracteres, sem controles.", longest=1024, exact=True),
]


def _refuse_masked(url: str) -> str:
    if url.endswith("?***"):
        raise PydanticCustomError(MASKED.rule, MASKED.text)
    return url


class BearerAuthentication(WireObject):
    """``Authorization: Bearer <token>``."""

    type: Annotated[Literal["BEARER"], Field(description="A token in Authorization")]
    token: Annotated[Secret, Field(repr=False, description="Kept in a vault, never answered", examples=["exemplo"])]

    def secret_fields(self) -> dict[str, str]:
        return {"token": self.token}


class BasicAuthentication(WireObject):
    """``Authorization: Basic <base64(user:password)>``, in UTF-8."""

    type: Annotated[Literal["BASIC"], Field(description="A user and a password in Authorization")]
    user: Annotated[User, Field(repr=False, description="Without a colon", examples=["lastro"])]
    password: Annotated[Password, Field(repr=False, description="Kept in a vault", examples=["exemplo"])]

    def secret_fields(self) -> dict[str, str]:
        return {"user": self.user, "password": self.password}


class HeaderAuthentication(WireObject):
    """``x-auth-token: <token>``."""

    type: Annotated[Literal["X_AUTH_TOKEN"], Field(description="A token in x-auth-token")]
    token: Annotated[Secret, Field(repr=False, description="Kept in a vault, never answered", examples=["exemplo"])]

    def secret_fields(self) -> dict[str, str]:
        return {"token": self.token}


class UrlAuthentication(WireObject):
    """Nothing but the address; its query may hold a token."""

    type: Annotated[Literal["URL"], Field(description="No header; only the address")]

    def secret_fields(self) -> dict[str, str]:
        return {}


Authentication = Annotated[
    BearerAuthentication | BasicAuthentication | HeaderAuthentication | UrlAuthentication, Field(discriminator="type")
]


class PutCallback(Request):
    """Body of ``PUT /v2.1/callback``."""

    url: Annotated[
        Url,
        AfterValidator(_refuse_masked),
        Field(
            repr=False,
            description="HTTPS address of the public Internet. Its query is treated as a secret",
            examples=["https://meusite.com.br/integracao/lastro/webhook"],
        ),
    ]
    authentication: Annotated[
        Authentication, Field(description="How our requests authenticate", examples=[{"type": "URL"}])
    ]


class ListDeliveries(Request):
    """Query of ``GET /v2.1/callbacks/deliveries``."""

    status: Annotated[DeliveryStatus | None, Field(description="Only those in this state")] = None
    subject: Annotated[
        Annotated[str, Label(64)] | None,
        Field(description="Only those about this process or simulation"),
    ] = None
    per_page: Annotated[PerPage, Field(description="Most deliveries of a page")] = 50
    cursor: Annotated[
        Annotated[
            str,
            Shape(
                "cursor",
                "[0-9TZ:.-]{20,30}#msg_[0-9a-f]{32}(#(broker|agency))?",
                "Envie o next_cursor como foi respondido.",
            ),
        ]
        | None,
        Field(description="next_cursor of the page before"),
    ] = None


class ResendDelivery(Request):
    """Path of ``POST /v2.1/callbacks/deliveries/{id}/resend``; no body."""

    body_optional: ClassVar[bool] = True

    id: Annotated[
        str,
        Shape(
            "delivery_id", "msg_[0-9a-f]{32}", "Envie o id de uma entrega, como GET /v2.1/callbacks/deliveries mostra."
        ),
        Field(description="Id of a delivery", examples=["msg_6d0f2c6a1b7e4f2f9a3c5d7e9b1f3a5c"]),
    ]


class RotateSigningSecret(Request):
    """``POST /v2.1/callback/signing_secret``; no body."""

    body_optional: ClassVar[bool] = True

    idempotency_key: Annotated[
        str | None, Field(exclude=True, repr=False, description="The Idempotency-Key header")
    ] = None
