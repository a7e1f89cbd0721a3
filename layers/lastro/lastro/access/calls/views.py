"""What a partner reads of its requests: neither bodies nor paths, which hold documents, nor credentials."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lastro.access.views import Moment


class RequestView(BaseModel):
    """One request."""

    request_id: Annotated[
        str, Field(description="As in `x-request-id`", examples=["7d1c3c0e-6a35-4f7b-9d0f-3f2f5f9a1b2c"])
    ]
    at: Moment
    method: Annotated[str, Field(description="Method", examples=["POST"])]
    resource: Annotated[
        str, Field(description="The path as it is declared", examples=["/api/v1/proposal_simulations/{uuid}"])
    ]
    operation: Annotated[
        str, Field(description="Name of the function that answered", examples=["lastro-get_simulation"])
    ]
    status: Annotated[int, Field(description="Status of the answer", examples=[200])]
    code: Annotated[str | None, Field(description="Code of the error", examples=["invalid_input"])]
    duration_ms: Annotated[int, Field(description="What answering took, in milliseconds", examples=[41])]
    store_id: Annotated[int | None, Field(description="The Store-Id that was sent", examples=[1])]
    credential_id: Annotated[
        str,
        Field(
            description="Id of the API key or number of the client", examples=["2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"]
        ),
    ]
    idempotency_key: Annotated[str | None, Field(description="The Idempotency-Key, masked", examples=["8e03***9324"])]


class RequestList(BaseModel):
    """Requests, newest first. With a filter a page may hold fewer than asked for, even none, and still go on."""

    requests: Annotated[list[RequestView], Field(description="Requests of the page")]
    next_cursor: Annotated[
        str | None, Field(description="Sent as cursor it brings the next page; null: the end", examples=[None])
    ]
