"""A field that was shown, and the record of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lastro.retention.views import Moment

_UUID = "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"


class DisclosureView(BaseModel):
    """Who saw which field of what, and when."""

    id: Annotated[str, Field(description="UUID", examples=[_UUID])]
    at: Moment
    who: Annotated[
        str, Field(description="Id of the person or API key, or number of the client, that asked", examples=[_UUID])
    ]
    kind: Annotated[str, Field(description="What the field belongs to", examples=["lead"])]
    subject_id: Annotated[str, Field(description="As it was sent", examples=["529.982.247-25"])]
    field: Annotated[str, Field(description="Name of the field", examples=["cpf_cnpj"])]


class ShownField(DisclosureView):
    """The record, with what was asked for."""

    values: Annotated[
        list[str], Field(description="The field as it is kept; empty where it is not known", examples=[["52998224725"]])
    ]


class DisclosureAnswer(BaseModel):
    """Envelope of a field that was shown."""

    data: ShownField


class DisclosureList(BaseModel):
    """A page of records, newest first; without what was shown."""

    data: Annotated[list[DisclosureView], Field(description="Records of this page")]
    next_cursor: Annotated[str | None, Field(description="Null: this is the last page", examples=[None])]
