"""One document of a person."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, StringConstraints

from lastro.origination.documents.content import MAX_FILE_BYTES, read_media_type
from lastro.origination.processes.requests import CamelRequest, Csn, ProcessId
from lastro.origination.proposals.enumerations import DocumentType, Listed, MediaType
from lastro.wire.text import Line

_MAX_BASE64 = (MAX_FILE_BYTES + 2) // 3 * 4 + 200_000


class PutDocument(CamelRequest):
    """Path and body of ``PUT /v2/process/document/{id}``. One document a call."""

    max_body_bytes: ClassVar[int] = _MAX_BASE64 + 8 * 1024

    id: ProcessId
    type: Annotated[DocumentType, Listed, Field(description="What it shows", examples=["IDENTITY_FRONT"])]
    mime_type: Annotated[
        MediaType,
        BeforeValidator(read_media_type),
        Field(
            description="What it is, which its bytes must confirm; application/octet-stream leaves it to them",
            examples=["image/png"],
        ),
    ]
    name: Annotated[
        str,
        Line(200),
        Field(description="File name", examples=["identidade-frente.png"]),
    ]
    base64: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=_MAX_BASE64),
        Field(description="The file in Base64, or as a `data:` address"),
    ]


class GetDocument(CamelRequest):
    """Path of ``GET /v2.1/proposals/{customerServiceNumber}/documents/{type}``."""

    customer_service_number: Csn
    type: Annotated[DocumentType, Listed, Field(description="What it shows", examples=["IDENTITY_FRONT"])]
