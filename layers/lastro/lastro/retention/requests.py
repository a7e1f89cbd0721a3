"""What a partner sends about the data of a person."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lastro.wire.identifiers import IdempotencyKey, Uuid
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.persons.documents import DocumentText
from lastro.wire.requests import Request
from lastro.wire.text import Text

PersonDocument = Annotated[
    DocumentText, Field(description="CPF or CNPJ, letters too, bare or masked", examples=["529.982.247-25"])
]
Who = Annotated[Text, Field(description="Who answers the data subject", examples=["encarregado"])]


class WantedOfSubject(WireObject):
    """Whose data, and what for."""

    document: PersonDocument
    action: Annotated[
        Literal["export", "erasure"],
        Field(description="A copy of all that is kept, or its end", examples=["export"]),
    ]
    requested_by: Who


class CreateSubjectRequest(Request):
    """Body of ``POST /api/v1/data_subject_requests``."""

    data_subject_request: WantedOfSubject
    idempotency_key: IdempotencyKey = None


class FindSubjectRequest(Request):
    """Path of ``GET /api/v1/data_subject_requests/{request_id}``."""

    request_id: Annotated[
        Uuid, Field(description="UUID of a request", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])
    ]


class WantedHold(WireObject):
    """Whose data are to be held, and why."""

    document: PersonDocument
    reason: Annotated[Text, Field(description="Why", examples=["Processo 0000000-00.2026.8.26.0100"])]
    requested_by: Annotated[Text, Field(description="Who wants it", examples=["jurídico"])]


class CreateLegalHold(Request):
    """Body of ``POST /api/v1/legal_holds``."""

    legal_hold: WantedHold
    idempotency_key: IdempotencyKey = None


class LiftedHold(WireObject):
    """Why a hold ends."""

    reason: Annotated[Text, Field(description="Why it ends", examples=["Trânsito em julgado"])]
    requested_by: Annotated[Text, Field(description="Who wants it", examples=["jurídico"])]


class LiftLegalHold(Request):
    """Path and body of ``POST /api/v1/legal_holds/{hold_id}/lift``."""

    hold_id: Annotated[Uuid, Field(description="UUID of a hold", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
    legal_hold: LiftedHold


class ListLegalHolds(Request):
    """Query of ``GET /api/v1/legal_holds``."""

    cursor: Cursor = None
    per_page: PerPage = 25
