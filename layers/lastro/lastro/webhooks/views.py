"""What a partner reads of its callback and deliveries."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lastro.webhooks.callbacks.model import AuthenticationModel
from lastro.webhooks.deliveries.model import DeliveryStatus

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]
LaterMoment = Annotated[str | None, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:02.000Z"])]


class CallbackView(BaseModel):
    """Where the caller's notices go; nothing secret is answered."""

    url: Annotated[
        str,
        Field(
            description="The address; ?*** stands for its query",
            examples=["https://meusite.com.br/integracao/lastro/webhook"],
        ),
    ]
    authentication: Annotated[AuthenticationModel, Field(description="How our requests authenticate")]
    updated_at: Moment
    active: Annotated[
        bool, Field(description="false: nothing is sent there; putting the callback again switches it on")
    ] = True
    disabled_at: Annotated[str | None, Field(description="Since when nothing is sent", examples=[None])] = None
    disabled_reason: Annotated[
        str | None,
        Field(
            description="gone: the receiver answered 410; failing: it took no notice for five days",
            examples=[None, "gone"],
        ),
    ] = None
    failing_since: Annotated[
        str | None, Field(description="Since when no notice was taken there; null while they are", examples=[None])
    ] = None
    paused_until: Annotated[
        str | None, Field(description="Notices wait until then, after five failures in a row", examples=[None])
    ] = None


class DeliveryView(BaseModel):
    """One notice and how telling it goes."""

    id: Annotated[
        str,
        Field(description="Also the header webhook-id of every try", examples=["msg_6d0f2c6a1b7e4f2f9a3c5d7e9b1f3a5c"]),
    ]
    event: Annotated[str, Field(description="What is told", examples=["process_changed"])]
    subject: Annotated[
        str,
        Field(description="Id of the process or simulation it is about", examples=["7b0e4f2f9a3c4d7e9b1f3a5c6d0f2c6a"]),
    ]
    status: Annotated[DeliveryStatus, Field(description="pending while tries are left")]
    tries: Annotated[int, Field(description="Tries so far", examples=[1])]
    last_code: Annotated[int | None, Field(description="HTTP status of the last try", examples=[200])]
    last_fault: Annotated[str | None, Field(description="Why the last try got no status", examples=[None, "timeout"])]
    last_tried_at: LaterMoment
    next_try_at: Annotated[str | None, Field(description="null when there will be none", examples=[None])]
    delivered_at: LaterMoment
    created_at: Moment


class DeliveryList(BaseModel):
    """A page of deliveries, newest first."""

    deliveries: Annotated[list[DeliveryView], Field(description="Newest first; with a filter a page may hold fewer")]
    next_cursor: Annotated[
        str | None, Field(description="Send it as cursor for the next page; null at the end", examples=[None])
    ]


class SigningSecretView(BaseModel):
    """The secret of Standard Webhooks signatures, shown this once and to repeats with the same Idempotency-Key."""

    secret: Annotated[
        str, Field(description="whsec_ and Base64", examples=["whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="])
    ]
    previous_valid_until: Annotated[
        str | None,
        Field(description="Until then notices carry a signature of the secret it replaces too", examples=[None]),
    ]
