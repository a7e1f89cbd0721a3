"""What bureaus push, and what a partner says about it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints, WithJsonSchema

from lastro.negativations.fields import BranchId
from lastro.wire.identifiers import Code
from lastro.wire.objects import Bounding
from lastro.wire.requests import Request
from lastro.wire.text import Label

MOST_NETWORKS = 20
MOST_BYTES = 64 * 1024
"""Of a message: PEFIN's take less than two thousand, and a row has to hold what nobody could read."""
UNREAD = "unread body"
"""No field of a bureau's: how a body comes that is no JSON object."""
KEEP_NONE = "none"
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 10**18}


Secret = Annotated[
    str,
    StringConstraints(max_length=200),
    Field(description="The secret of the address, as it was given once", examples=["s3cr3t0-do-endereco"]),
]


class ReceiveEvent(Request):
    """Path and body of ``POST /bureaus/{provider}/events/{secret}``: the body is as the bureau publishes it."""

    model_config = ConfigDict(extra="allow")
    max_body_bytes: ClassVar[int] = MOST_BYTES
    unread_body: ClassVar[str] = UNREAD

    provider: Annotated[Code, Field(description="The bureau that tells", examples=["serasa"])]
    secret: Secret
    uuid: Annotated[
        Any,
        WithJsonSchema({"anyOf": [{"type": "string", "maxLength": 200}, _NUMBER]}),
        Field(
            description="The bureau's id of the request; the other fields are the bureau's own, too",
            examples=["5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"],
        ),
    ] = None
    header_fields: ClassVar[dict[str, str]] = {"authorization": "Authorization"}
    authorization: Annotated[
        str | None,
        StringConstraints(max_length=2000),
        Field(exclude=True, description="Basic or Bearer, where the source wants one", examples=["Basic dTpw"]),
    ] = None


class IssueEventToken(Request):
    """Path and body of ``POST /bureaus/{provider}/events/{secret}/token``: JSON or a form. HTTP Basic may carry id and
    secret instead.
    """

    form_body: ClassVar[bool] = True
    body_optional: ClassVar[bool] = True
    header_fields: ClassVar[dict[str, str]] = {"authorization": "Authorization"}

    provider: Annotated[Code, Field(description="The bureau that asks", examples=["serasa"])]
    secret: Secret
    client_id: Annotated[
        Annotated[str, StringConstraints(max_length=120)] | None,
        Field(description="Id of the client, as it was given once", examples=["lastro-1"]),
    ] = None
    client_secret: Annotated[
        Annotated[str, StringConstraints(max_length=200)] | None,
        Field(repr=False, description="Its secret, as it was given once", examples=["s3nh4"]),
    ] = None
    grant_type: Annotated[
        Literal["client_credentials"] | None, Field(description="Of forms", examples=["client_credentials"])
    ] = None
    authorization: Annotated[str | None, StringConstraints(max_length=2000), Field(exclude=True, repr=False)] = None


class WantedSource(Bounding):
    """Where a bureau is to push the ends of listings and removals to."""

    credential: Annotated[
        Literal["basic", "bearer", "oauth", "none"],
        Field(
            description="What is wanted beside the secret address; oauth: a token that the bureau gets for its client",
            examples=["basic"],
        ),
    ] = "basic"
    networks: Annotated[
        list[Annotated[str, Label(60)]],
        Field(
            max_length=MOST_NETWORKS,
            description="Addresses or networks that the bureau calls from; empty: any",
            examples=[["203.0.113.0/24"]],
        ),
    ] = Field(default_factory=list)


class RevokeEventSources(Request):
    """Path and query of ``DELETE /api/v1/negativation_settings/{branch_id}/events``; who ends all of them says so."""

    query_fields: ClassVar[frozenset[str]] = frozenset({"keep"})

    branch_id: BranchId
    keep: Annotated[
        Code, Field(description="id of the one address that stays; none: not one", examples=["3f6b1c0d9a5e4f27"])
    ]


class PutEventSource(Request):
    """Path and body of ``PUT /api/v1/negativation_settings/{branch_id}/events``."""

    branch_id: BranchId
    events: WantedSource
