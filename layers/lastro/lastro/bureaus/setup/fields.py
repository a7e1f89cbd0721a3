"""Types of request fields that several operations take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.wire.identifiers import Number, OwnId, PathOwnId, Uuid
from lastro.wire.persons.documents import DocumentText as AnyDocument
from lastro.wire.text import Text

DocumentText = Annotated[
    AnyDocument, Field(description="CPF or CNPJ, letters too, bare or masked", examples=["529.982.247-25"])
]
Name = Text
BranchId = Annotated[Number, Field(description="Number of a branch", examples=[1])]
IntegrationId = Annotated[Number, Field(description="Number of an integration", examples=[1])]
InquiryId = Annotated[Uuid, Field(description="UUID of an inquiry", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]
SubjectId = Annotated[OwnId, Field(description="The partner's own id of the subject", examples=["lead-1042"])]
SubjectIdInPath = Annotated[PathOwnId, Field(description="The partner's own id of the subject", examples=["lead-1042"])]
