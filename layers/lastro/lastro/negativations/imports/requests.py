"""What a partner sends about imports."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.negativations.fields import BranchId
from lastro.negativations.imports.model import FileFormat
from lastro.wire.identifiers import IdempotencyKey, Uuid
from lastro.wire.objects import WireObject
from lastro.wire.requests import Request

ImportId = Annotated[Uuid, Field(description="UUID of an import", examples=["0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"])]


class NewImport(WireObject):
    """A file of debtors and boletos that is to be sent."""

    format: Annotated[FileFormat, Field(description="csv or ndjson", examples=["csv"])]
    branch_id: Annotated[BranchId | None, Field(description="The branch of lines that name none", examples=[1])] = None


class CreateImport(Request):
    """Body of ``POST /api/v1/imports``."""

    import_: Annotated[NewImport, Field(alias="import")]
    idempotency_key: IdempotencyKey = None


class FindImport(Request):
    """Path of the calls on one import."""

    import_id: ImportId
